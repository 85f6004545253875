namespace Modular.Tests.Routing;

public sealed class RedirectTests
{
    [Fact]
    public void A_spelled_out_default_is_redirected_to_the_shorter_rule()
    {
        var table = Routes.Of();
        table.Add("/all/", "all", new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } }, "short");
        table.Add("/all/page/<int:page>", "all", new(), "long");

        Assert.Equal("http://example.org/all/", table.RedirectOf("/all/page/1"));
        Assert.Equal("long page=2", table.Found("/all/page/2"));
        Assert.Equal("short page=1", table.Found("/all/"));
    }

    [Fact]
    public void A_default_never_redirects_to_the_requested_url()
    {
        var table = Routes.Of();
        var defaults = new Dictionary<string, object?> { ["page"] = 1 };
        table.Add("/list/<uuid:key>", "list", new() { Defaults = defaults }, "by id");
        table.Add("/list/<key>", "list", new() { Defaults = defaults }, "by name");

        Assert.Equal("by name key=all page=1", table.Found("/list/all"));
    }

    [Fact]
    public void An_alias_is_redirected_to_the_rule_of_its_endpoint()
    {
        var table = Routes.Of();
        table.Add("/users/<int:id>.html", "user", new() { Alias = true }, "");
        table.Add("/users/<int:id>", "user", new(), "");

        Assert.Equal("http://example.org/users/7?x=1", table.RedirectOf("/users/7.html", query: "x=1"));
    }

    [Theory]
    [InlineData("new/<id>", "http://example.org/app/new/7")]
    [InlineData("../new/./<id>", "http://example.org/new/7")]
    [InlineData("/new/<id>", "http://example.org/new/7")]
    [InlineData("//other.test/<id>", "http://other.test/7")]
    [InlineData("https://other.test/<id>?x=/..", "https://other.test/7?x=/..")]
    [InlineData("?id=<id>", "http://example.org/app/?id=7")]
    public void A_rule_redirects_to_what_its_template_says(string template, string url)
    {
        var table = Routes.Of();
        table.Add("/old/<int:id>", "old", new() { RedirectTo = template }, "");

        Assert.Equal(url, table.RedirectOf("/old/7", "/app"));
    }

    [Theory]
    [InlineData("/old/https://evil.test/x", "http://example.org/https://evil.test/x")]
    [InlineData("/old/a//evil.test", "http://example.org/a//evil.test")]
    public void A_value_at_the_front_of_a_template_never_leads_to_another_host(string path, string url)
    {
        var table = Routes.Of();
        table.Add("/old/<path:target>", "old", new() { RedirectTo = "<target>" }, "");

        Assert.Equal(url, table.RedirectOf(path));
    }

    [Fact]
    public void A_rule_redirects_to_what_its_function_makes_of_the_values()
    {
        var table = Routes.Of();
        table.Add("/old/<int:id>", "old", new() { RedirectToUrl = values => $"/new/{(int)values["id"]! + 1}" }, "");

        Assert.Equal("http://example.org/new/8", table.RedirectOf("/old/7"));
    }
}
