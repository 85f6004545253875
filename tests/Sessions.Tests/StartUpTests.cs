namespace Modular.Sessions.Tests;

public sealed class StartUpTests
{
    const string Remedy = "Create a key with \"openssl rand -hex 32\", keep it in the variable MODULAR_SECRET_KEY, and set SecretKey = app.Config[\"SECRET_KEY\"].";

    internal static string? Problem(SessionsOptions options, bool debug = false, Action<ModularApp>? change = null)
    {
        var app = new ModularApp { Debug = debug };
        change?.Invoke(app);
        app.UseSessions(options);
        try
        {
            using var _ = app.AppContext();          // freezes it
            return null;
        }
        catch (ModularException problem)
        {
            return problem.Message;
        }
    }

    [Fact]
    public void A_missing_short_or_well_known_key_stops_the_start_up()
    {
        Assert.Equal($"Modular.Sessions has no secret key, so anyone could forge a session. {Remedy}", Problem(new()));
        Assert.Equal($"The secret key of Modular.Sessions has 15 bytes, and a key shorter than 16 bytes can be guessed. {Remedy}", Problem(new() { SecretKey = "123456789012345" }));
        Assert.Equal($"The secret key of Modular.Sessions is a published example. {Remedy}", Problem(new() { SecretKey = "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf" }));
        Assert.Equal($"The secret key of Modular.Sessions is a published example. {Remedy}",
            Problem(new() { SecretKey = new byte[] { 0x5F, 0x35, 0x23, 0x79, 0x32, 0x4C, 0x22, 0x46, 0x34, 0x51, 0x38, 0x7A, 0x0A, 0xEC, 0x5D, 0x2F } }));
        Assert.Equal($"The secret key of Modular.Sessions repeats one byte. {Remedy}", Problem(new() { SecretKey = new byte[32] }));
        Assert.Null(Problem(new() { SecretKey = Apps.Key }));
    }

    [Fact]
    public void In_debug_and_with_the_option_any_key_is_allowed()
    {
        Assert.Null(Problem(new() { SecretKey = "dev" }, debug: true));
        Assert.Null(Problem(new(), debug: true));
        Assert.Null(Problem(new() { SecretKey = "dev", AllowWeakKey = true }));
    }

    [Fact]
    public void Refreshing_sessions_that_are_not_used_and_not_those_that_are_stops_the_start_up()
    {
        Assert.Equal("RefreshUnused = true of Modular.Sessions has no effect because RefreshEachRequest is false. Set RefreshEachRequest = true, or remove RefreshUnused.",
            Problem(new() { SecretKey = Apps.Key, RefreshUnused = true, RefreshEachRequest = false }));
    }

    [Fact]
    public void Without_a_key_a_session_can_be_read_and_not_written()
    {
        var app = new ModularApp { Debug = true };
        app.UseSessions(new());
        using var _ = app.TestRequestContext("/");

        Assert.Null(Current.Session.Find("a"));
        var problem = Assert.Throws<ModularException>(() => Current.Session["a"] = 1);
        Assert.Equal("The session can't be written because it has no secret key. Set SecretKey in app.UseSessions(new() { SecretKey = … }).", problem.Message);
    }

    [Fact]
    public void A_cookie_that_browsers_would_refuse_stops_the_start_up()
    {
        Assert.Equal(
            "The cookie \"__Host-session\" of Modular.Sessions would be rejected by browsers: the prefix __Host- requires Secure, the path / and no domain. Set CookieSecure = true, and remove CookieDomain and CookiePath.",
            Problem(new() { SecretKey = Apps.Key, CookieName = "__Host-session" }));
        Assert.Equal("The cookie \"__Secure-s\" of Modular.Sessions would be rejected by browsers: the prefix __Secure- requires Secure. Set CookieSecure = true.",
            Problem(new() { SecretKey = Apps.Key, CookieName = "__Secure-s" }));
        Assert.Equal("The cookie name \"a b\" cannot be sent. Use letters, digits, dashes and underscores.", Problem(new() { SecretKey = Apps.Key, CookieName = "a b" }));
        Assert.Equal("The cookie domain \"a/b\" isn't a host name. Write it as \"example.com\", or leave it out for this host alone.", Problem(new() { SecretKey = Apps.Key, CookieDomain = "a/b" }));
        Assert.Null(Problem(new() { SecretKey = Apps.Key, CookieName = "__Host-session", CookieSecure = true }));
    }

    [Fact]
    public void SameSite_None_without_Secure_is_logged_as_a_warning()
    {
        var (insecure, secure) = (new LogLines(), new LogLines());
        var options = new SessionsOptions { SecretKey = Apps.Key, CookieSameSite = SameSiteMode.None };

        Problem(options, change: app => app.Services.AddSingleton<ILoggerProvider>(insecure));
        Problem(options with { CookieSecure = true }, change: app => app.Services.AddSingleton<ILoggerProvider>(secure));

        Assert.Contains("The session's cookie has SameSite=None without Secure, so browsers reject it. Set CookieSecure = true.", insecure.Lines);
        Assert.DoesNotContain(secure.Lines, line => line.Contains("SameSite", StringComparison.Ordinal));
    }

    [Fact]
    public void A_machine_that_does_not_verify_its_own_signature_stops_the_start_up()
    {
        // A value that is signed here is from the future a moment later.
        var problem = Problem(new() { SecretKey = Apps.Key }, change: app => app.Services.AddSingleton<TimeProvider>(new BackwardClock()));

        Assert.Equal("Modular.Sessions couldn't verify its own signature, or accepted a forged one. Check the cryptography of this machine (OpenSSL and its policies).", problem);
    }

    sealed class BackwardClock : TimeProvider
    {
        DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => _now -= TimeSpan.FromMinutes(1);
    }

    [Fact]
    public void A_store_without_a_cache_stops_the_start_up()
    {
        Assert.Equal(
            "Modular.Sessions has a store but no cache. Call app.Services.AddStackExchangeRedisCache(…), or set one: Store = new() { Cache = … }.",
            Problem(new() { SecretKey = Apps.Key, Store = new() }));
    }

    [Fact]
    public void A_lifetime_of_zero_is_refused()
    {
        var problem = Assert.Throws<ArgumentOutOfRangeException>(() => new SessionsOptions { PermanentLifetime = TimeSpan.Zero });

        Assert.StartsWith("PermanentLifetime must be greater than zero.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_applications_have_separate_sessions()
    {
        var plugin = new SessionsOptions { SecretKey = Apps.Key };
        var (one, two) = (Apps.New(plugin), Apps.New(plugin));

        using (one.TestRequestContext("/")) Current.Session["a"] = 1;
        using var _ = two.TestRequestContext("/");

        Assert.Empty(Current.Session);
    }

    [Fact]
    public void A_session_without_UseSessions_names_the_package_and_the_line()
    {
        using var scope = new ModularApp().TestRequestContext("/");

        Assert.Equal("Slot session (Session) was read, but Modular.Sessions is not installed. Write app.UseSessions(…) before app.Run() and before the first request.",
            Assert.Throws<ModularException>(() => Current.Session).Message);
    }
}
