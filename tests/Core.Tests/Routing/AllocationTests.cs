namespace Modular.Tests.Routing;

public sealed class AllocationTests
{
    static readonly RouteTable Table = Routes.Of(
        "/about", "/user/<int:id>", "/<a>/<b>/<float:d>", "/files/<path:p>/", "/u/<uuid:u>").Get("/form", "GET").Get("/form", "POST");

    // One array for the three variables that a rule has at most.
    const int Places = 24 + (3 * 16);

    [Theory]
    [InlineData("/about", true, 0)]
    [InlineData("/user/7", true, Places)]
    [InlineData("/x/y/1.5", true, Places)]
    [InlineData("/files/a/b/c/", true, Places)]
    [InlineData("/u/550e8400-e29b-41d4-a716-446655440000", true, Places)]
    [InlineData("/form", true, 0)]
    [InlineData("/nothing/here/at/all", false, Places)]
    public void Matching_allocates_only_the_positions_of_its_variables(string path, bool isFound, int allowed)
    {
        var method = path == "/form" ? "POST" : "GET";
        var match = Table.Match(path, method);

        var bytes = Allocated(() => Table.Match(new RouteQuery(path, method), out _));

        Assert.Equal(isFound, match.Outcome == RouteOutcome.Found);
        Assert.InRange(bytes, 0, allowed);
    }

    [Fact]
    public void Reading_a_number_allocates_nothing()
    {
        var values = Table.Match("/user/7").Values;

        var bytes = Allocated(() => values.TryRead(0, out int _));

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Building_a_url_allocates_its_string_only()
    {
        var binding = new UrlBinding(Routes.Of("/user/<name>/post/<title>"), new UrlPlace("http", "example.org", "/app"));
        (string, object?)[] values = [("name", "Jürgen"), ("title", "a b"), ("page", 2)];
        var url = "";

        var options = new UrlOptions { Anchor = "end" };
        var bytes = Allocated(() => url = binding.Build("/user/<name>/post/<title>", values, options));

        Assert.Equal("/app/user/J%C3%BCrgen/post/a%20b?page=2#end", url);
        Assert.Equal(SizeOf(url.Length), bytes);
    }

    // A string's header, length and terminator, rounded up to eight bytes.
    static long SizeOf(int length) => (22 + (2 * length) + 7) / 8 * 8;

    static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
