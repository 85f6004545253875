namespace Modular.Tests.Routing;

public sealed class HostileTests
{
    [Theory]
    [InlineData("/<a>-<b>-<c>-<int:d>", '-')]
    [InlineData("/<path:a>-<path:b>-<path:c>-<int:d>", '-')]
    [InlineData("/<int:a><int:b><int:c><int:d>x<e>x", '1')]
    public void Adjacent_variables_are_matched_in_linear_time(string rule, char filler)
    {
        var match = Routes.Of(rule).Match("/" + new string(filler, 8000) + "x");

        Assert.Equal(RouteOutcome.NotFound, match.Outcome);
        Assert.InRange(match.Steps, 1, 3 + (8002 / 64));
    }

    [Fact]
    public void Matching_of_rules_that_branch_at_every_segment_is_stopped()
    {
        var table = Routes.Of();
        for (var i = 0; i < 1 << 12; i++)
            table.Get("/" + string.Join('/', Enumerable.Range(0, 12).Select(bit => (i >> bit & 1) == 0 ? $"<a{bit}>" : $"<string(maxlength=99):a{bit}>")) + "/end");
        var path = string.Concat(Enumerable.Repeat("/x", 12)) + "/other";

        var match = table.Match(path);

        Assert.Equal(RouteOutcome.NotFound, match.Outcome);
        Assert.True(match.StepCapReached);
    }

    [Fact]
    public void A_long_path_that_matches_is_still_found()
    {
        var match = Routes.Of("/<a>-<b>-<c>-<d>").Match("/" + new string('-', 8000));

        Assert.Equal(RouteOutcome.Found, match.Outcome);
        Assert.Equal(7994, match.Values.Span(0).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("a")]
    [InlineData("/\0")]
    [InlineData("/%2e%2e/")]
    [InlineData("/\ud83d")]
    [InlineData("/..;/x")]
    [InlineData("/\\evil.com")]
    public void No_path_is_an_error(string path)
    {
        var table = Routes.Of("/<x>", "/<int:n>/<path:p>/", "/<a>-<b>");

        Assert.True(Enum.IsDefined(table.Match(path).Outcome));
    }
}
