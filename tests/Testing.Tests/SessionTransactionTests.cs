namespace Modular.Testing.Tests;

public sealed class SessionTransactionTests
{
    static ModularApp Site(bool onServer, List<string>? log = null)
    {
        var app = new ModularApp().UseSessions(new() { SecretKey = "a key for these tests", Store = onServer ? new() : null });
        if (onServer) app.Services.AddDistributedMemoryCache();
        app.BeforeRequest(() => log?.Add("before"));
        app.Route("/", () => $"{Current.Session.Get("user", "nobody")} {Current.Session.Count}", endpoint: "index");
        app.Route("/login/<name>", (string name) => { Current.Session["user"] = name; return "in"; }, endpoint: "login");
        return app;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_is_changed_before_a_request_and_read_after_one(bool onServer)
    {
        List<string> log = [];
        await using var client = Site(onServer, log).TestClient();

        await client.SessionTransactionAsync(() => Current.Session["user"] = "peter");
        var first = await client.GetAsync("/");
        await client.GetAsync("/login/mary");
        object? seen = null;
        await client.SessionTransactionAsync(context =>
        {
            seen = context.Session["user"];
            context.Session["more"] = 1;
            return default;
        });
        var second = await client.GetAsync("/");

        Assert.Equal(("peter 1", "mary", "mary 2"), (first.Text, seen, second.Text));
        Assert.Equal(3, log.Count);
    }

    [Fact]
    public async Task It_needs_cookies_and_changes_nothing_when_nothing_is_changed()
    {
        var app = Site(onServer: false);
        await using var client = app.TestClient();
        await using var without = app.TestClient(new() { UseCookies = false });

        await client.SessionTransactionAsync(() => Assert.Empty(Current.Session.Keys));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => without.SessionTransactionAsync(() => { }));

        Assert.Empty(client.Cookies.All);
        Assert.Equal("A session transaction needs the client's cookies, which are off. Create the client with UseCookies = true.", refused.Message);
    }

    [Fact]
    public async Task An_exception_inside_is_thrown_and_nothing_is_saved()
    {
        await using var client = Site(onServer: false).TestClient();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.SessionTransactionAsync(() =>
        {
            Current.Session["user"] = "peter";
            throw new InvalidOperationException();
        }));

        Assert.Equal("nobody 0", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public async Task It_works_under_a_mount_and_on_https()
    {
        var app = new ModularApp(new() { ServerName = "example.org", PreferredUrlScheme = "https", ApplicationRoot = "/app" })
            .UseSessions(new() { SecretKey = "a key for these tests", CookieSecure = true });
        app.Route("/", () => Current.Session.Get("user", "nobody"), endpoint: "index");
        await using var client = app.TestClient();

        await client.SessionTransactionAsync(() => Current.Session["user"] = Current.Request.Url);

        Assert.Equal("https://example.org/app/", (await client.GetAsync("/")).Text);
        Assert.Equal(("/app", true), (Assert.Single(client.Cookies.All).Path, client.Cookies.All[0].Secure));
    }
}
