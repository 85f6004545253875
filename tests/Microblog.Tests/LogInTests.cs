using System.Net;

namespace Microblog.Tests;

/// <summary>Logging in, the limit of attempts, and the end of a session.</summary>
public sealed class LogInTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    readonly Site _site = fixture.Site;

    [Fact]
    public async Task After_ten_wrong_passwords_the_client_has_to_wait_and_others_do_not()
    {
        using var guesser = new Visitor(_site.Url);

        var replies = await Task.WhenAll(Enumerable.Range(0, 25).Select(i => guesser.LogIn("ada", $"guess number {i}")));
        var right = await guesser.LogIn("ADA", "demo-password");
        var other = await guesser.LogIn("grace", "demo-password");

        Assert.Equal((10, 15), (replies.Count(reply => reply.Status == 422), replies.Count(reply => reply.Status == 429)));
        Assert.Equal((429, "900", 303), (right.Status, $"{right.Headers.RetryAfter}", other.Status));
    }

    [Theory]
    [InlineData("/settings", "/settings")]
    [InlineData("/user/ada?before=3", "/user/ada?before=3")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task After_the_log_in_the_user_returns_to_the_page_and_never_to_another_site(string next, string location)
    {
        using var visitor = new Visitor(_site.Url);

        var reply = await visitor.Post("/login", ("name", "demo"), ("password", "demo-password"), ("next", next));

        Assert.Equal((303, location), (reply.Status, reply.Location));
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_all_tokens()
    {
        using var here = new Visitor(_site.Url);
        await here.SignUp("paula");
        using var elsewhere = new Visitor(_site.Url);
        await elsewhere.LogIn("paula");
        var token = (await here.Api("POST", "/api/token", new { name = "paula", password = Visitor.Password })).Json.GetProperty("token").GetString();

        var changed = await here.Post("/settings/password", ("old_password", Visitor.Password), ("password", "another long password"));

        Assert.Equal((303, 200, 303), (changed.Status, (await here.Get("/settings")).Status, (await elsewhere.Get("/settings")).Status));
        Assert.Equal(401, (await here.Api("GET", "/api/timeline", token: token)).Status);
        Assert.Equal((422, 303), ((await elsewhere.LogIn("paula")).Status, (await elsewhere.LogIn("paula", "another long password")).Status));
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("eyJ1c2VyIjoxLCJzdGFtcCI6MH0.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    public async Task An_unsigned_session_does_not_log_in(string cookie)
    {
        var cookies = new CookieContainer();
        cookies.Add(_site.Url, new Cookie("microblog", cookie));
        using var visitor = new Visitor(_site.Url, cookies);

        var reply = await visitor.Get("/settings");

        Assert.Equal((303, "/login?next=/settings"), (reply.Status, reply.Location));
    }

    [Fact]
    public async Task Passwords_and_tokens_are_stored_only_as_hashes()
    {
        using var visitor = new Visitor(_site.Url);
        await visitor.SignUp("quentin");
        var token = (await visitor.Api("POST", "/api/token", new { name = "quentin", password = Visitor.Password })).Json.GetProperty("token").GetString()!;

        Assert.Equal(0, _site.Count($"SELECT COUNT(*) FROM users WHERE password LIKE '%{Visitor.Password}%'"));
        Assert.Equal((1, 0), (_site.Count("SELECT COUNT(*) FROM tokens JOIN users ON id = user WHERE name = 'quentin'"), _site.Count($"SELECT COUNT(*) FROM tokens WHERE hash = '{token}'")));
    }
}
