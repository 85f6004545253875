using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Modular.Login.Tests;

public sealed class RememberTests
{
    const string Name = "remember_token";

    readonly Users _users = new();
    readonly TestClock _clock = new();
    readonly MemoryDistributedCache _cache;

    public RememberTests() => _cache = new(Options.Create(new MemoryDistributedCacheOptions()));

    ModularApp App(LoginOptions? options = null, SessionsOptions? sessions = null) => Apps.New(_users, options, sessions, _clock);

    ModularApp Stored() => App(new() { LoginView = "login", RememberStore = new() { Cache = _cache } });

    [Fact]
    public async Task A_remembered_user_is_logged_in_after_the_browser_was_closed_but_not_fresh()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/login/1?remember=1");

        client.Cookies.Delete("session");
        var me = await client.GetAsync("/me");

        Assert.Equal("Ada", me.Text);
        Assert.NotEmpty(me.Cookie("session"));
        Assert.Equal(("False", 302), ((await client.GetAsync("/fresh")).Text, (await client.GetAsync("/secret")).Status));
    }

    [Fact]
    public async Task Without_remember_a_login_ends_with_the_session()
    {
        await using var client = App().TestClient();

        var login = await client.PostAsync("/login/1");
        client.Cookies.Delete("session");

        Assert.Equal("", login.Cookie(Name));
        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task The_cookie_lasts_a_year_and_is_hidden_from_scripts_and_other_sites()
    {
        await using var client = App().TestClient();
        await using var secure = App(sessions: new() { SecretKey = Apps.Key, CookieSecure = true, CookieDomain = "example.org", CookiePath = "/app", CookieHttpOnly = false, CookieSameSite = SameSiteMode.None })
            .TestClient(new() { BaseUrl = "https://example.org/app" });

        var plain = (await client.PostAsync("/login/1?remember=1")).Cookie(Name);
        var strict = (await secure.PostAsync("/login/1?remember=1")).Cookie(Name);

        Assert.EndsWith("; Expires=Fri, 01 Jan 2027 00:00:00 GMT; HttpOnly; Path=/; SameSite=Lax", plain, StringComparison.Ordinal);
        Assert.EndsWith("; Domain=example.org; Expires=Fri, 01 Jan 2027 00:00:00 GMT; Secure; HttpOnly; Path=/app; SameSite=Lax", strict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remembered_login_ends_on_its_day_and_use_does_not_extend_it()
    {
        var app = App(new() { RememberFor = TimeSpan.FromDays(10) });
        await using var client = app.TestClient();
        await client.PostAsync("/login/1?remember=1");
        var stolen = client.Cookies.Find(Name)!.Value;

        _clock.Advance(TimeSpan.FromDays(9));
        client.Cookies.Delete("session");
        var renewed = await client.GetAsync("/who");
        Assert.Equal("Ada", renewed.Text);
        Assert.Contains("Expires=Sun, 11 Jan 2026", renewed.Cookie(Name), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromDays(2));
        await using var late = app.TestClient();
        late.Cookies.Set(Name, stolen);
        Assert.Equal("nobody", (await late.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_login_can_be_remembered_for_another_time()
    {
        var app = App();
        app.Post("/hour", () => $"{LoginUser(_users["1"], remember: true, duration: TimeSpan.FromHours(1))}", endpoint: "hour");
        app.Post("/never", () => $"{LoginUser(_users["1"], remember: true, duration: TimeSpan.Zero)}", endpoint: "never");
        await using var client = app.TestClient();

        Assert.Contains("Expires=Thu, 01 Jan 2026 01:00:00 GMT", (await client.PostAsync("/hour")).Cookie(Name), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.PostAsync("/never"));
    }

    [Fact]
    public async Task A_use_signs_the_cookie_again_with_the_newest_key()
    {
        await using var old = App().TestClient();
        await old.PostAsync("/login/1?remember=1");
        const string NewKey = "fedcba9876543210fedcba9876543210";
        await using var rotating = App(sessions: new() { SecretKey = NewKey, SecretKeyFallbacks = [Apps.Key] }).TestClient();
        rotating.Cookies.Set(Name, old.Cookies.Find(Name)!.Value);

        var used = await rotating.GetAsync("/who");
        await using var rotated = App(sessions: new() { SecretKey = NewKey }).TestClient();
        rotated.Cookies.Set(Name, rotating.Cookies.Find(Name)!.Value);

        Assert.Equal(("Ada", "Ada"), (used.Text, (await rotated.GetAsync("/who")).Text));
    }

    [Fact]
    public async Task A_forged_cookie_is_a_visitor_and_is_deleted()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/login/1?remember=1");
        var good = client.Cookies.Find(Name)!.Value;
        var parts = good.Split('.');

        foreach (var forged in (string[])["1", "", good[..^4], good.Replace($".{parts[4]}.", ".2.", StringComparison.Ordinal), $"9{good}", new string('a', 4000)])
        {
            await using var other = App().TestClient();
            other.Cookies.Set(Name, forged);
            var who = await other.GetAsync("/who");
            Assert.Equal("nobody", who.Text);
            Assert.StartsWith($"{Name}=; Expires=Thu, 01 Jan 1970", who.Cookie(Name), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_new_security_stamp_ends_all_sessions_and_remembered_logins_of_a_user()
    {
        var app = App();
        _users["1"] = _users["1"] with { SecurityStamp = "a" };
        await using var phone = app.TestClient();
        await using var laptop = app.TestClient();
        await phone.PostAsync("/login/1?remember=1");
        await laptop.PostAsync("/login/1");
        Assert.Equal(("Ada", "Ada"), ((await phone.GetAsync("/who")).Text, (await laptop.GetAsync("/who")).Text));

        _users["1"] = _users["1"] with { SecurityStamp = "b" };

        var refused = await phone.GetAsync("/who");
        Assert.Equal(("nobody", "nobody"), (refused.Text, (await laptop.GetAsync("/who")).Text));
        Assert.Null(phone.Cookies.Find(Name));
        _users["1"] = _users["1"] with { SecurityStamp = "a" };
        Assert.Equal("nobody", (await phone.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task The_stamp_itself_is_not_in_the_cookies()
    {
        _users["1"] = _users["1"] with { SecurityStamp = "my-secret-stamp" };
        await using var client = App().TestClient();
        await client.PostAsync("/login/1?remember=1");

        Assert.DoesNotContain("my-secret-stamp", client.Cookies.Find(Name)!.Value, StringComparison.Ordinal);
        await client.SessionTransactionAsync(() => Assert.DoesNotContain("my-secret-stamp", string.Join(' ', Current.Session.Values), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_from_before_the_user_had_a_stamp_ends_when_there_is_one()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/login/1?remember=1");

        _users["1"] = _users["1"] with { SecurityStamp = "first" };

        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_logout_deletes_the_cookie()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/login/1?remember=1");

        var logout = await client.PostAsync("/logout");

        Assert.StartsWith($"{Name}=; Expires=Thu, 01 Jan 1970", logout.Cookie(Name), StringComparison.Ordinal);
        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_login_without_remember_deletes_the_cookie_of_the_user_before()
    {
        await using var client = App().TestClient();
        await client.PostAsync("/login/1?remember=1");

        await client.PostAsync("/login/2");
        client.Cookies.Delete("session");

        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task With_a_store_a_use_replaces_the_cookie_and_the_old_one_is_noticed()
    {
        var app = Stored();
        await using var owner = app.TestClient();
        await owner.PostAsync("/login/1?remember=1");
        var stolen = owner.Cookies.Find(Name)!.Value;
        owner.Cookies.Delete("session");

        Assert.Equal("Ada", (await owner.GetAsync("/who")).Text);
        Assert.NotEqual(stolen, owner.Cookies.Find(Name)!.Value);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await using var thief = app.TestClient();
        thief.Cookies.Set(Name, stolen);

        Assert.Equal("nobody", (await thief.GetAsync("/who")).Text);
        owner.Cookies.Delete("session");
        Assert.Equal("nobody", (await owner.GetAsync("/who")).Text);         // the whole series has ended
    }

    [Fact]
    public async Task With_a_store_a_use_during_a_logout_does_not_revive_the_login()
    {
        var cache = new InterruptedCache(_cache);
        var app = App(new() { LoginView = "login", RememberStore = new() { Cache = cache } });
        await using var client = app.TestClient();
        await client.PostAsync("/login/1?remember=1");
        var cookie = client.Cookies.Find(Name)!.Value;
        await using var thief = app.TestClient();
        thief.Cookies.Set(Name, cookie);
        cache.BeforeNextEntry = () => client.PostAsync("/logout");          // between the thief's read and its write

        Assert.Equal("nobody", (await thief.GetAsync("/who")).Text);
        thief.Cookies.Set(Name, cookie);
        Assert.Equal("nobody", (await thief.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task With_a_store_a_second_use_is_an_event()
    {
        var app = Stored();
        await using var owner = app.TestClient();
        await owner.PostAsync("/login/1?remember=1");
        await using var thief = app.TestClient();
        thief.Cookies.Set(Name, owner.Cookies.Find(Name)!.Value);
        owner.Cookies.Delete("session");
        await owner.GetAsync("/who");
        _clock.Advance(TimeSpan.FromMinutes(2));

        var response = await thief.GetAsync("/who");

        Assert.Equal(new LoginEvent(LoginEventKind.RememberCookieReused, "1"), Assert.Single(response.Captured<LoginEvent>()));
    }

    sealed class InterruptedCache(IDistributedCache inner) : IDistributedCache
    {
        internal Func<Task>? BeforeNextEntry { get; set; }

        public byte[]? Get(string key) => inner.Get(key);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => inner.GetAsync(key, token);

        public void Refresh(string key) => inner.Refresh(key);

        public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

        public void Remove(string key) => inner.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

        public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            if (BeforeNextEntry is { } run)
            {
                BeforeNextEntry = null;
                await run();
            }
            await inner.SetAsync(key, value, options, token);
        }
    }

    [Fact]
    public async Task With_a_store_requests_at_the_same_time_can_use_one_cookie()
    {
        var app = Stored();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1?remember=1");
        var cookie = client.Cookies.Find(Name)!.Value;
        await using var other = app.TestClient();
        other.Cookies.Set(Name, cookie);
        client.Cookies.Delete("session");

        var first = await client.GetAsync("/who");
        var second = await other.GetAsync("/who");
        client.Cookies.Delete("session");

        Assert.Equal(("Ada", "Ada", ""), (first.Text, second.Text, second.Cookie(Name)));
        Assert.Equal("Ada", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task With_a_store_a_logout_ends_a_copied_cookie_too()
    {
        var app = Stored();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1?remember=1");
        var copied = client.Cookies.Find(Name)!.Value;

        await client.PostAsync("/logout");
        await using var other = app.TestClient();
        other.Cookies.Set(Name, copied);

        Assert.Equal("nobody", (await other.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task With_a_store_a_second_login_ends_the_first_remembered_one()
    {
        var app = Stored();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1?remember=1");
        var first = client.Cookies.Find(Name)!.Value;

        await client.PostAsync("/login/1?remember=1");
        await using var other = app.TestClient();
        other.Cookies.Set(Name, first);

        Assert.Equal("nobody", (await other.GetAsync("/who")).Text);
        client.Cookies.Delete("session");
        Assert.Equal("Ada", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task With_a_store_the_entry_has_no_secret_and_a_lost_entry_ends_the_login()
    {
        var app = Stored();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1?remember=1");
        var series = client.Cookies.Find(Name)!.Value.Split('.')[2];

        Assert.Equal("0.1767225600", (await _cache.GetStringAsync($"login:remember:{series}"))!);
        await _cache.RemoveAsync($"login:remember:{series}");
        client.Cookies.Delete("session");

        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }
}
