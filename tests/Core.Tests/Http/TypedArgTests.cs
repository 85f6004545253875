namespace Modular.Tests.Http;

/// <summary>Values of the query and of forms as the types that a view needs. The same methods mean the same in every dictionary.</summary>
public sealed class TypedArgTests
{
    [Fact]
    public void Values_are_read_as_numbers_dates_and_nullables()
    {
        using var _ = new ModularApp().TestRequestContext(
            "/?page=2&id=0f8fad5b-d9cb-469f-a165-70867728950e&day=2026-01-31&host=10.0.0.1&bad=x");
        var args = Current.Request.Args;

        Assert.Equal((2, 2L, 2.0), (args.Get("page", 1), args.Get<long>("page"), args.Get<double>("page", null)));
        Assert.Equal(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), args.Get<Guid>("id"));
        Assert.Equal(new DateOnly(2026, 1, 31), args.Get<DateOnly>("day"));
        Assert.Equal(System.Net.IPAddress.Parse("10.0.0.1"), args.Get<System.Net.IPAddress>("host"));
        Assert.Equal((null, null, 7), (args.Get<int>("bad", null), args.Get<int>("none", null), args.Get("none", 7)));
    }

    [Theory]
    [InlineData("/?page=two", "\"page\" isn't a valid int.")]
    [InlineData("/", "page")]
    public async Task Get_without_a_fallback_is_a_400_for_a_missing_or_invalid_value(string url, string reason)
    {
        var app = new ModularApp();
        app.Get("/", () => $"{Current.Request.Args.Get<int>("page")}");
        await using var client = app.TestClient();

        var answer = await client.GetAsync(url);

        Assert.Equal(400, answer.Status);
        if (url != "/") Assert.Contains(reason, System.Net.WebUtility.HtmlDecode(answer.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_returns_null_when_the_name_is_missing()
    {
        using var _ = new ModularApp().TestRequestContext("/?a=1");

        Assert.Equal(("1", null), (Current.Request.Args.Find("a"), Current.Request.Args.Find("b")));
    }
}
