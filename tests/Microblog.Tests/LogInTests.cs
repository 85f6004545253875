using System.Net;
using Microsoft.AspNetCore.Identity;

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
        Assert.Equal((429, 303), (right.Status, other.Status));
        Assert.InRange(right.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 800, 900);
        Assert.Contains("Too many attempts. Please wait 15 minutes.", right.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_guesses_passwords_has_to_wait_too_and_one_that_knows_it_never_has()
    {
        using var user = new Visitor(_site.Url);
        using var script = new Visitor(_site.Url);
        await user.SignUp("nora");
        Task<Reply> Token(string password) => script.Api("POST", "/api/token", new { name = "nora", password });

        var (known, guessed) = (new List<int>(), new List<int>());
        for (var i = 0; i < 12; i++) known.Add((await Token(Visitor.Password)).Status);
        for (var i = 0; i < 11; i++) guessed.Add((await Token($"guess number {i}")).Status);

        Assert.Equal(Enumerable.Repeat(201, 12), known);
        Assert.Equal([.. Enumerable.Repeat(401, 10), 429], guessed);
    }

    [Fact]
    public async Task A_password_of_an_older_version_is_right_and_gets_a_new_hash()
    {
        using var visitor = new Visitor(_site.Url);
        await visitor.SignUp("olga");
        await visitor.Post("/logout");
        _site.Write("UPDATE users SET password = $hash WHERE name = 'olga'", new PasswordHasher<string>().HashPassword("", Visitor.Password));

        var (wrong, right) = (await visitor.LogIn("olga", "another long password"), await visitor.LogIn("olga"));

        Assert.Equal((422, 303), (wrong.Status, right.Status));
        Assert.Equal(1, _site.Count("SELECT COUNT(*) FROM users WHERE name = 'olga' AND password LIKE 'pbkdf2:sha256:%'"));
    }

    [Fact]
    public async Task A_form_from_before_the_log_in_is_not_valid_after_it()
    {
        using var visitor = new Visitor(_site.Url);
        var before = await visitor.Token();
        await visitor.LogIn("demo", "demo-password");

        var old = await visitor.Send(new(HttpMethod.Post, new Uri(_site.Url, "/logout")) { Content = new FormUrlEncodedContent([KeyValuePair.Create("csrf_token", before)]) });

        Assert.Equal((400, 200), (old.Status, (await visitor.Get("/settings")).Status));
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

        Assert.Equal((303, 200, 302), (changed.Status, (await here.Get("/settings")).Status, (await elsewhere.Get("/settings")).Status));
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

        Assert.Equal((302, "/login?next=/settings"), (reply.Status, reply.Location));
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
