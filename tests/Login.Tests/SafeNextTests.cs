namespace Modular.Login.Tests;

public sealed class SafeNextTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/me")]
    [InlineData("/me/?tab=2&q=a%20b#part")]
    [InlineData("/search?q=https://example.org//x")]
    [InlineData("/wiki/caf%C3%A9")]
    [InlineData("/wiki/café")]
    [InlineData("/wiki/%F0%9F%98%80")]
    [InlineData("/@evil.example")]
    [InlineData("/:80")]
    [InlineData("/a/../b")]
    [InlineData("/a%2Fb")]
    [InlineData("/?//evil.example")]
    [InlineData("/#//evil.example")]
    [InlineData("/100%")]
    public void A_path_on_this_host_is_safe(string url) => Assert.Equal(url, SafeNext(url, "/fallback"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("me")]
    [InlineData("?a=b")]
    [InlineData("#a")]
    [InlineData(" /me")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("////evil.example")]
    [InlineData("//evil.example/%2f..")]
    [InlineData("//user@evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\\/evil.example")]
    [InlineData("/a\\b")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("\t//evil.example")]
    [InlineData("/\0/evil.example")]
    [InlineData("/\u007f/evil.example")]
    [InlineData("/\u0085/evil.example")]
    [InlineData("/\u2028/evil.example")]
    [InlineData("/\u202e/evil.example")]
    [InlineData("/\u200b/evil.example")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%0a/evil.example")]
    [InlineData("/%0d%0aSet-Cookie:%20a=b")]
    [InlineData("/%00/evil.example")]
    [InlineData("/%252fevil.example")]
    [InlineData("/%25252fevil.example")]
    [InlineData("/%2525252525252fevil.example")]
    [InlineData("%2f%2fevil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("/./%2fevil.example")]
    [InlineData("/%2e%2e//evil.example")]
    [InlineData("/a/..//evil.example")]
    [InlineData("/a//evil.example")]
    [InlineData("http://evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("https:/evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("http:///evil.example")]
    [InlineData("HTTPS://EVIL.EXAMPLE")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://evil.example")]
    [InlineData("evil.example")]
    [InlineData("@evil.example")]
    [InlineData("http://localhost/me")]
    public void Anything_else_gives_the_fallback(string? url) => Assert.Equal("/fallback", SafeNext(url, "/fallback"));

    [Fact]
    public void A_very_long_path_gives_the_fallback() => Assert.Equal("/fallback", SafeNext($"/{new string('a', 2048)}", "/fallback"));

    [Fact]
    public async Task The_page_of_a_refused_request_is_a_safe_next_page()
    {
        var app = Apps.New(new Users());
        app.Get("/wiki/<path:name>", (string name) => name, endpoint: "wiki").LoginRequired();
        app.Get("/back", () => Redirect(SafeNext(Current.Request.Args.Find("next"), "/fallback")), endpoint: "back");
        await using var client = app.TestClient();

        foreach (var path in (string[])["/wiki/caf%C3%A9?q=a%26b", "/wiki/a%3Fb", "/wiki/100%25"])
        {
            var refused = (await client.GetAsync(path)).Location!;
            var back = await client.GetAsync(refused.Replace("/login", "/back", StringComparison.Ordinal));
            Assert.Equal(path, back.Location);
        }
    }
}
