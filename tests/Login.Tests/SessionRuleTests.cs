using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Modular.Login.Tests;

/// <summary>The rules of OWASP's Session Management Cheat Sheet.</summary>
public sealed class SessionRuleTests
{
    readonly Users _users = new();
    readonly TestClock _clock = new();

    ModularApp Stored(LoginOptions? options = null) => Apps.New(_users, options, new()
    {
        SecretKey = Apps.Key,
        Store = new() { Cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())) },
    }, _clock);

    ModularApp App(LoginOptions? options = null) => Apps.New(_users, options, clock: _clock);

    [Fact]
    public async Task A_login_gives_the_session_a_new_id_so_a_planted_one_is_worth_nothing()
    {
        var app = Stored();
        await using var attacker = app.TestClient();
        await attacker.PostAsync("/cart");
        var planted = attacker.Cookies.Find("session")!.Value;
        await using var victim = app.TestClient();
        victim.Cookies.Set("session", planted);

        await victim.PostAsync("/login/1");

        Assert.NotEqual(planted, victim.Cookies.Find("session")!.Value);
        Assert.Equal(("nobody", ""), ((await attacker.GetAsync("/who")).Text, (await attacker.GetAsync("/cart")).Text));
        Assert.Equal(("Ada", "tea"), ((await victim.GetAsync("/who")).Text, (await victim.GetAsync("/cart")).Text));
    }

    [Fact]
    public async Task An_invented_session_id_is_not_used()
    {
        await using var client = Stored().TestClient();
        client.Cookies.Set("session", "my-own-id");

        await client.PostAsync("/login/1");

        Assert.DoesNotContain("my-own-id", client.Cookies.Find("session")!.Value, StringComparison.Ordinal);
        Assert.Equal("Ada", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_remembered_login_and_a_confirmed_one_give_the_session_a_new_id_too()
    {
        await using var client = Stored().TestClient();
        await client.PostAsync("/login/1?remember=1");
        client.Cookies.Delete("session");
        await client.PostAsync("/cart");
        var before = client.Cookies.Find("session")!.Value;

        await client.GetAsync("/who");
        var remembered = client.Cookies.Find("session")!.Value;
        await client.PostAsync("/confirm");
        var confirmed = client.Cookies.Find("session")!.Value;

        Assert.Equal(3, new[] { before, remembered, confirmed }.Distinct().Count());
    }

    [Theory]
    [InlineData("_csrf_secret")]            // Modular.Csrf
    [InlineData("csrf_token")]              // Flask-WTF
    public async Task The_CSRF_tokens_of_a_visitor_end_at_the_log_in_and_those_of_a_user_at_the_logout(string key)
    {
        var app = App();
        app.UseCsrf(new() { Enabled = false });
        await using var client = app.TestClient();

        foreach (var path in (string[])["/login/1", "/logout"])
        {
            await client.SessionTransactionAsync(() => Current.Session[key] = "known");
            await client.PostAsync(path);
            await client.SessionTransactionAsync(() => Assert.False(Current.Session.ContainsKey(key)));
        }
    }

    [Fact]
    public async Task A_plugin_hears_of_each_log_in_and_logout_by_the_sessions_new_id()
    {
        var (app, listener) = (App(), new RegenerationCounter());
        app.Use(listener);
        await using var client = app.TestClient();

        await client.PostAsync("/login/1");
        await client.GetAsync("/me");
        await client.PostAsync("/logout");

        Assert.Equal(2, listener.Count);
    }

    sealed class RegenerationCounter : IPlugin
    {
        internal int Count { get; private set; }

        public PluginManifest Manifest { get; } = new("Tests.Regenerations", core: "[0.2,1.0)");

        public void Install(PluginBuilder builder) => builder.OnSessionRegenerated(_ => Count++);
    }

    [Fact]
    public async Task A_logout_ends_the_session_on_the_server()
    {
        var app = Stored();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");
        await using var copy = app.TestClient();
        copy.Cookies.Set("session", client.Cookies.Find("session")!.Value);
        Assert.Equal("Ada", (await copy.GetAsync("/who")).Text);

        await client.PostAsync("/logout");

        Assert.Equal("nobody", (await copy.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_request_that_is_still_running_does_not_bring_a_login_back()
    {
        var (isIn, isOut) = (new TaskCompletionSource(), new TaskCompletionSource());
        var app = Stored();
        app.Get("/slow", async () =>
        {
            isIn.SetResult();
            await isOut.Task;
            Current.Session["slow"] = 1;
            return "done";
        }, endpoint: "slow").LoginRequired();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");

        var slow = client.GetAsync("/slow");
        await isIn.Task;
        await client.PostAsync("/logout");
        isOut.SetResult();
        await slow;

        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task Another_user_does_not_get_the_values_of_the_one_before()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/login/1");
        await client.PostAsync("/cart");

        await client.PostAsync("/login/2");

        Assert.Equal(("Bob", ""), ((await client.GetAsync("/who")).Text, (await client.GetAsync("/cart")).Text));
    }

    [Fact]
    public async Task A_visitor_keeps_a_cart_at_the_log_in_and_a_logout_removes_the_login_alone()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/cart");
        await client.PostAsync("/login/1");
        Assert.Equal("tea", (await client.GetAsync("/cart")).Text);

        await client.PostAsync("/logout");

        Assert.Equal("tea", (await client.GetAsync("/cart")).Text);
        await client.SessionTransactionAsync(() => Assert.Equal(["cart"], Current.Session.Keys));
    }

    [Fact]
    public async Task The_session_has_the_keys_of_Flask_Login()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/login/1");

        await client.SessionTransactionAsync(() => Assert.Equal(
            [
                ("_fresh", true),
                ("_id", Convert.ToHexStringLower(SHA512.HashData("b'127.0.0.1'|b'Modular.Testing'"u8))),
                ("_user_id", "1"),
            ],
            Current.Session.Select(pair => (pair.Key, pair.Value!)).OrderBy(pair => pair.Key, StringComparer.Ordinal)));
    }

    // Computed with Python as Flask-Login 0.6 does.
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/84.0.4147.105 Safari/537.36", "eada87a072e4236c302afb2e76de3e40dc481f1dc60f0f081c2a83e8e60f976c69498fa934dce6e8b19650c2d367e64478b2dfccf4c7a025ec295ca6b2460a74")]
    [InlineData("it's", "c995ff0c175f6ee89ac9b0843ceb32ade3b48095ae7d48c15f0afe593431e031dd23764185ee4d7fb9895487c33489ecbc97e3a2ae3b09808c0540d0684895f0")]
    [InlineData("a'b\"c", "719805db17da4634603a8d94654a3b6c1c483c2f6b93d9e92bb56adc3e2ee3546e9cafb7bb0e120375666fd361a55f5d1d0b1f20b3ba1f0d2329e29bde30b40e")]
    public async Task The_browser_is_stored_as_Flask_Login_stores_it(string browser, string id)
    {
        await using var client = App().TestClient(new() { Headers = [("User-Agent", browser)] });
        await client.PostAsync("/login/1");

        await client.SessionTransactionAsync(() => Assert.Equal(id, Current.Session["_id"]));
    }

    [Theory]
    [InlineData("b'127.0.0.1'|b'Modular.Testing'")]
    [InlineData("127.0.0.1|Modular.Testing")]                // newer versions
    public async Task A_session_that_Flask_Login_wrote_is_a_login(string client)
    {
        await using var visitor = App().TestClient();
        var id = Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(client)));
        visitor.Cookies.Set("session", new SessionSerializer(Apps.Key, clock: _clock)
            .Serialize(new Dictionary<string, object?> { ["_user_id"] = "2", ["_fresh"] = true, ["_id"] = id }));

        Assert.Equal(("Bob", "fresh"), ((await visitor.GetAsync("/who")).Text, (await visitor.GetAsync("/secret")).Text));
    }

    [Theory]
    [InlineData(SessionProtection.None, "Ada", "True", "Ada")]
    [InlineData(SessionProtection.Basic, "Ada", "False", "Ada")]
    [InlineData(SessionProtection.Strong, "nobody", "nobody", "nobody")]
    public async Task A_session_from_another_browser_is_less_trusted(SessionProtection protection, string who, string fresh, string back)
    {
        var app = App(new() { SessionProtection = protection });
        await using var client = app.TestClient();
        await client.PostAsync("/login/1?remember=1");

        var moved = await client.GetAsync("/who", new() { Headers = [("User-Agent", "another")] });
        var isFresh = await client.GetAsync("/fresh");

        Assert.Equal((who, fresh, back), (moved.Text, isFresh.Text, (await client.GetAsync("/who")).Text));
    }

    [Fact]
    public async Task A_session_from_another_address_is_less_trusted()
    {
        var app = App();
        await using var home = app.TestClient();
        await home.PostAsync("/login/1");
        await using var away = app.TestClient(new() { RemoteAddress = IPAddress.Parse("203.0.113.9") });
        away.Cookies.Set("session", home.Cookies.Find("session")!.Value);

        Assert.Equal(("Ada", "False"), ((await away.GetAsync("/who")).Text, (await away.GetAsync("/fresh")).Text));
        Assert.Equal("True", (await home.GetAsync("/fresh")).Text);
    }

    [Fact]
    public async Task A_login_ends_when_its_user_makes_no_request_for_the_idle_timeout()
    {
        await using var client = App(new() { IdleTimeout = TimeSpan.FromMinutes(30) }).TestClient();
        await client.PostAsync("/login/1");

        for (var i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(25));
            Assert.Equal("Ada", (await client.GetAsync("/who")).Text);
        }
        _clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task The_idle_timeout_does_not_save_the_session_at_every_request()
    {
        await using var client = App(new() { IdleTimeout = TimeSpan.FromMinutes(30) }).TestClient();
        await client.PostAsync("/login/1");

        Assert.Equal("", (await client.GetAsync("/who")).Cookie("session"));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.NotEqual("", (await client.GetAsync("/who")).Cookie("session"));
        Assert.Equal("", (await client.GetAsync("/who")).Cookie("session"));
    }

    [Fact]
    public async Task A_login_ends_after_the_absolute_timeout()
    {
        await using var client = App(new() { AbsoluteTimeout = TimeSpan.FromHours(8) }).TestClient();
        await client.PostAsync("/login/1");

        _clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal("Ada", (await client.GetAsync("/who")).Text);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_login_from_before_the_timeouts_were_set_gets_them_from_its_next_request_on()
    {
        await using var before = App().TestClient();
        await before.PostAsync("/login/1");
        await using var client = App(new() { AbsoluteTimeout = TimeSpan.FromHours(8), IdleTimeout = TimeSpan.FromHours(7) }).TestClient();
        client.Cookies.Set("session", before.Cookies.Find("session")!.Value);

        Assert.Equal("Ada", (await client.GetAsync("/who")).Text);
        _clock.Advance(TimeSpan.FromHours(9));

        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_tampered_session_is_a_visitor()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/login/1");
        var cookie = client.Cookies.Find("session")!.Value;

        foreach (var wrong in (string[])[$"x{cookie}", cookie[..^5], cookie.Replace('.', '_'), "x"])
        {
            await using var other = App().TestClient();
            other.Cookies.Set("session", wrong);
            Assert.Equal("nobody", (await other.GetAsync("/who")).Text);
        }
    }

    [Fact]
    public async Task The_id_of_the_session_is_never_in_a_URL()
    {
        await using var client = Stored(new() { LoginView = "login" }).TestClient();
        await client.PostAsync("/cart");

        var refused = await client.GetAsync("/me");

        Assert.Equal("/login?next=/me", refused.Location);
        Assert.Equal("nobody", (await client.GetAsync($"/who?session={client.Cookies.Find("session")!.Value}")).Text);
    }
}
