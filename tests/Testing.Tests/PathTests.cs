namespace Modular.Testing.Tests;

public sealed class PathTests
{
    [Theory]
    [InlineData("/a/../b", "/a/../b")]
    [InlineData("/a/%2e%2e/b", "/a/../b")]
    [InlineData("/a%2Fb", "/a/b")]
    [InlineData("/a%252Fb", "/a%2Fb")]
    [InlineData("/ä b?x=1#part", "/ä b")]
    [InlineData("/a//b", "/a//b")]
    public async Task Paths_are_sent_as_written(string path, string expected)
    {
        await using var client = Telling().TestClient();

        Assert.Equal($"{expected} 127.0.0.1", (await client.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_path_with_two_leading_slashes_is_not_a_host()
    {
        await using var client = Telling().TestClient();

        Assert.Equal("/evil.test/x 127.0.0.1", (await client.GetAsync("//evil.test/x")).Text);
    }

    [Fact]
    public async Task A_path_is_below_the_base_url_and_fields_are_added_to_its_query()
    {
        var app = new ModularApp();
        app.Route("/page", () => Current.Request.Url);
        await using var client = app.TestClient(new() { BaseUrl = "https://example.org/sub/" });

        var response = await client.GetAsync("/page?a=1", new() { Query = [("b", "x y"), ("c", "ä")] });

        Assert.Equal("https://example.org/sub/page?a=1&b=x%20y&c=ä", response.Text);
    }

    static ModularApp Telling()
    {
        var app = new ModularApp(new() { Routing = new() { MergeSlashes = false } });
        app.Route("/<path:rest>", () => $"{Current.Request.Path} {Current.Request.RemoteAddr}");
        return app;
    }
}
