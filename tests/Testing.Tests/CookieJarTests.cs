namespace Modular.Testing.Tests;

/// <summary>The jar by domain and path, as browsers keep cookies.</summary>
public sealed class CookieJarTests
{
    static ModularApp Setting()
    {
        var app = new ModularApp(new() { ServerName = "example.org" });
        app.Route("/<path:rest>", () =>
        {
            var response = MakeResponse(Current.Request.Headers.Cookie.ToString());
            foreach (var cookie in Current.Request.Args.GetAll("set")) response.Headers.Append("Set-Cookie", cookie);
            return response;
        }, endpoint: "all");
        return app;
    }

    [Theory]
    [InlineData("a=1", "http://example.org/deep/page", "http://example.org/deep/other", true)]
    [InlineData("a=1", "http://example.org/deep/page", "http://example.org/other", false)]
    [InlineData("a=1; Path=/", "http://example.org/deep/page", "http://example.org/other", true)]
    [InlineData("a=1; Path=/deep", "http://example.org/x", "http://example.org/deep", true)]
    [InlineData("a=1; Path=/deep", "http://example.org/x", "http://example.org/deep/er", true)]
    [InlineData("a=1; Path=/deep", "http://example.org/x", "http://example.org/deeper", false)]
    [InlineData("a=1; Path=/", "http://example.org/x", "http://www.example.org/x", false)]
    [InlineData("a=1; Path=/; Domain=example.org", "http://example.org/x", "http://www.example.org/x", true)]
    [InlineData("a=1; Path=/; Domain=.example.org", "http://www.example.org/x", "http://example.org/x", true)]
    [InlineData("a=1; Path=/; Domain=example.org", "http://example.org/x", "http://notexample.org/x", false)]
    [InlineData("a=1; Path=/; Domain=www.example.org", "http://example.org/x", "http://www.example.org/x", false)]
    [InlineData("a=1; Path=/; Domain=other.org", "http://example.org/x", "http://other.org/x", false)]
    [InlineData("a=1; Path=/; Secure", "https://example.org/x", "http://example.org/x", false)]
    [InlineData("a=1; Path=/; Secure", "https://example.org/x", "https://example.org/x", true)]
    [InlineData("a=1; Path=/; Max-Age=0", "http://example.org/x", "http://example.org/x", false)]
    [InlineData("a=1; Path=/; Max-Age=5; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "http://example.org/x", "http://example.org/x", true)]
    [InlineData("a=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "http://example.org/x", "http://example.org/x", false)]
    [InlineData("__Host-a=1; Path=/; Secure", "https://example.org/x", "https://example.org/x", true)]
    [InlineData("__Host-a=1; Path=/", "https://example.org/x", "https://example.org/x", false)]
    [InlineData("__Secure-a=1; Path=/", "https://example.org/x", "https://example.org/x", false)]
    [InlineData("=nameless", "http://example.org/x", "http://example.org/x", false)]
    public async Task A_cookie_is_sent_where_a_browser_sends_it(string cookie, string from, string to, bool isSent)
    {
        await using var client = Setting().TestClient();

        await client.GetAsync(from, new() { Query = [("set", cookie)] });
        var sent = (await client.GetAsync(to)).Text;

        Assert.Equal(isSent ? cookie.Split(';')[0] : "", sent);
    }

    [Fact]
    public async Task Longer_paths_come_first_and_a_cookie_is_known_by_domain_path_and_name()
    {
        await using var client = Setting().TestClient();

        await client.GetAsync("/a/b", new() { Query = [("set", "n=short; Path=/"), ("set", "n=long; Path=/a; HttpOnly; SameSite=Lax"), ("set", "m=1; Path=/")] });
        var sent = (await client.GetAsync("/a/b")).Text;

        Assert.Equal("n=long; n=short; m=1", sent);
        Assert.Equal(("long", "short", null), (client.Cookies.Find("n")?.Value, client.Cookies.Find("n", path: "/")?.Value, client.Cookies.Find("x")));
        Assert.Equal((true, "Lax", "example.org"), (client.Cookies.Find("n")!.HttpOnly, client.Cookies.Find("n")!.SameSite, client.Cookies.Find("n")!.Domain));
    }

    [Fact]
    public async Task Cookies_are_set_and_deleted_by_hand()
    {
        await using var client = Setting().TestClient();

        client.Cookies.Set("a", "1");
        client.Cookies.Set("b", "2", path: "/deep");
        client.Cookies.Set("c", "3", domain: "example.org", withSubdomains: true);
        var all = (await client.GetAsync("/deep/x")).Text;
        var below = (await client.GetAsync("http://www.example.org/deep/x")).Text;
        var (deleted, unknown) = (client.Cookies.Delete("a"), client.Cookies.Delete("b"));
        var left = (await client.GetAsync("/deep/x")).Text;
        client.Cookies.Clear();

        Assert.Equal(("b=2; a=1; c=3", "c=3", "b=2; c=3"), (all, below, left));
        Assert.Equal((true, false, 0), (deleted, unknown, client.Cookies.All.Count));
    }
}
