namespace Modular.Tests.Routing;

public sealed class MatchingTests
{
    [Theory]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/7", "/a/<int:n> n=7")]
    [InlineData("/a/1.5", "/a/<float:f> f=1.5")]
    [InlineData("/a/x.html", "/a/<name>.html name=x")]
    [InlineData("/a/x", "/a/<name> name=x")]
    [InlineData("/a/x/y", "/a/<path:rest> rest=x/y")]
    [InlineData("/z/b", "/<top>/b top=z")]
    public void The_most_exact_rule_wins_whatever_was_added_first(string path, string found)
    {
        var table = Routes.Of("/a/<path:rest>", "/a/<name>", "/a/<name>.html", "/a/<float:f>", "/a/<int:n>", "/<top>/b", "/a/b");

        Assert.Equal(found, table.Found(path));
    }

    [Theory]
    [InlineData("/<a>-<b>", "/x-y-z", "x-y|z")]
    [InlineData("/<path:a>-<path:b>", "/x-y-z", "x|y-z")]
    [InlineData("/<path:a><float:b>", "/ab-y12.0", "ab-y|12.0")]
    [InlineData("/<any(a, ab):a><b>", "/abc", "a|bc")]
    [InlineData("/<any(a, ab):a><int:b>", "/ab12", "ab|12")]
    [InlineData("/<int(signed=True):a><int(signed=True):b>", "/-12-3", "-12|-3")]
    [InlineData("/<string(maxlength=2):a><string(minlength=2):b>", "/abcd", "ab|cd")]
    [InlineData("/<string(length=1):a><path:b>", "/😀x", "😀|x")]
    [InlineData("/<path:a><path:b>", "/😀x", "😀|x")]
    [InlineData("/<uuid:a>.<b>", "/00000000-0000-0000-0000-00000000000a.b", "00000000-0000-0000-0000-00000000000a|b")]
    public void Several_variables_in_a_segment_take_what_a_backtracking_expression_gives_them(string rule, string path, string values)
    {
        var match = Routes.Of(rule).Match(path);

        Assert.Equal(values, $"{match.Values.Text(0)}|{match.Values.Text(1)}");
    }

    [Fact]
    public void Matching_backtracks_when_a_fixed_segment_does_not_lead_to_a_match()
    {
        var table = Routes.Of("/a/b/c", "/<x>/b/d", "/a/<y>/e");

        Assert.Equal("/<x>/b/d x=a", table.Found("/a/b/d"));
        Assert.Equal("/a/<y>/e y=b", table.Found("/a/b/e"));
    }

    [Fact]
    public void Several_variables_of_one_segment_are_as_greedy_as_a_regular_expression()
    {
        var table = Routes.Of("/<a>-<b>", "/v<int:major>.<int:minor>");

        Assert.Equal("/<a>-<b> a=1-2 b=3", table.Found("/1-2-3"));
        Assert.Equal("/v<int:major>.<int:minor> major=1 minor=20", table.Found("/v1.20"));
        Assert.Equal("/<a>-<b> a=x b=y\n", table.Found("/x-y\n"));
    }

    [Fact]
    public void A_variable_that_may_take_slashes_takes_as_little_as_it_can()
    {
        var table = Routes.Of("/<path:name><float:size>ba/<string(minlength=2):unit><float:price>");

        Assert.Equal("/<path:name><float:size>ba/<string(minlength=2):unit><float:price> name=ab-y size=12 unit=+00 price=7.5", table.Found("/ab-y12.0ba/+007.50"));
    }

    [Fact]
    public void More_than_eight_variables_also_work()
    {
        var table = Routes.Of("/<a>/<b>/<c>/<d>/<e>/<f>/<g>/<h>/<i>/<j>");

        Assert.Equal("1 2 3 4 5 6 7 8 9 0", string.Join(' ', table.Match("/1/2/3/4/5/6/7/8/9/0").Values.ToDictionary().Values));
    }

    [Theory]
    [InlineData("/a", "http://example.org/a/")]
    [InlineData("//a", "http://example.org/a/")]
    [InlineData("//evil.com/..", "http://example.org/evil.com/../")]
    [InlineData("/x//y", "http://example.org/x/y/")]
    [InlineData("/ü", "http://example.org/%C3%BC/")]
    public void A_missing_slash_and_doubled_slashes_are_redirected_on_the_same_host(string path, string url) =>
        Assert.Equal(url, Routes.Of("/a/", "/<x>/", "/<x>/<y>/").RedirectOf(path));

    [Fact]
    public void A_redirect_keeps_the_mount_and_the_query_as_it_was_sent() =>
        Assert.Equal("http://example.org/app/a/?q=%41+b&q", Routes.Of("/a/").RedirectOf("/a", "/app", "q=%41+b&q"));

    [Fact]
    public void A_missing_slash_is_redirected_for_the_methods_of_the_rule_only()
    {
        var table = Routes.Of().Get("/a/", "GET");

        Assert.Equal("Redirect", table.Found("/a", "HEAD"));
        Assert.Equal("NotFound", table.Found("/a", "POST"));
        Assert.Equal("MethodNotAllowed", table.Found("/a/", "POST"));
    }

    [Fact]
    public void Rules_that_are_not_strict_match_both_forms()
    {
        var table = Routes.With(new() { StrictSlashes = false }, "/a/", "/b");

        Assert.Equal(["/a/", "/a/", "/b", "/b"], new[] { "/a", "/a/", "/b", "/b/" }.Select(path => table.Found(path)));
    }

    [Fact]
    public void The_allowed_methods_are_those_of_every_rule_for_the_path()
    {
        var table = Routes.Of().Get("/<x>", "GET").Get("/a", "POST").Get("/<int:n>", "DELETE");

        Assert.Equal(["GET", "HEAD", "POST"], table.Match("/a", "PUT").AllowedMethods);
        Assert.Equal(["DELETE", "GET", "HEAD"], table.AllowedMethods("/1"));
        Assert.Empty(table.AllowedMethods("/a/b"));
    }

    [Fact]
    public void Methods_match_in_any_letter_case() => Assert.Equal("/a", Routes.Of().Get("/a", "get").Found("/a", "gEt"));

    [Fact]
    public void Automatic_options_are_a_method_of_the_rule()
    {
        var table = Routes.Of();

        var rule = table.Add("/a", "a", new() { Methods = ["POST"], ProvideAutomaticOptions = true }, "");

        Assert.True(rule.ProvidesAutomaticOptions);
        Assert.Equal(["OPTIONS", "POST"], rule.Methods);
    }

    [Fact]
    public void A_rule_for_WebSockets_matches_only_WebSockets()
    {
        var table = Routes.Of();
        table.Add("/ws", "ws", new() { WebSocket = true }, "ws");

        table.Match(new RouteQuery("/ws", "GET", WebSocket: true), out var handshake);

        Assert.Equal(RouteOutcome.Found, handshake.Outcome);
        Assert.Equal("WebSocketMismatch", table.Found("/ws"));
    }

    [Fact]
    public void A_frozen_table_lists_its_rules()
    {
        var table = Routes.Of("/b/<x>", "/a");

        Assert.Equal(["/b/<x>", "/a"], table.Rules.Select(rule => rule.ToString()));
        Assert.Single(table.RulesOf("/a"));
        Assert.Empty(table.RulesOf("/c"));
    }
}
