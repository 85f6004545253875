namespace Modular.Testing.Tests;

/// <summary>The context of a request, read after its response (Flask's <c>with client:</c>).</summary>
public sealed class KeptContextTests
{
    static ModularApp Counting(List<string> log)
    {
        var app = new ModularApp().UseSessions(new() { SecretKey = "a key for these tests" });
        app.TeardownRequest(_ => log.Add($"teardown {Current.Request.Path}"));
        app.Route("/", () =>
        {
            Current.G["user"] = "peter";
            Current.Session["n"] = Current.Session.Get("n", 0) + 1;
            return "seen";
        }, endpoint: "index");
        app.Post("/post/<int:id>", (int id) => Redirect("/"), endpoint: "post");
        app.Route("/nothing", () => ("", 204), endpoint: "nothing");
        app.Route("/fails", Fails, endpoint: "fails");
        return app;

        static string Fails() => throw new InvalidOperationException("out of paper");
    }

    [Fact]
    public async Task Request_session_and_g_can_be_read_after_the_response_and_teardown_waits()
    {
        List<string> log = [];
        await using var client = Counting(log).TestClient(new() { KeepContext = true });

        var response = await client.GetAsync("/?name=Flask");

        Assert.Equal("seen", response.Text);
        using (response.EnterContext())
        {
            Assert.Equal(("Flask", 1, "peter"), (Current.Request.Args["name"], Current.Session["n"], Current.G["user"]));
            Assert.Empty(log);
        }
        Assert.Throws<ModularException>(() => Current.Request);
        Assert.Equal("index", response.Context.Endpoint);
    }

    [Fact]
    public async Task The_next_request_and_the_clients_disposal_release_it_and_teardown_has_run()
    {
        List<string> log = [];
        TestResponse second;
        await using (var client = Counting(log).TestClient())
        {
            var first = await client.GetAsync("/", new() { KeepContext = true });
            var context = first.Context;
            second = await client.GetAsync("/nothing", new() { KeepContext = true });

            Assert.Equal(["teardown /"], log);
            Assert.True(context.HasEnded);
            Assert.Equal(204, second.Status);
            var gone = Assert.Throws<InvalidOperationException>(() => first.Context);
            Assert.Equal("The context of GET / isn't kept or has ended: the client's next request ends it. Send the request with new() { KeepContext = true }, and read the context before the next request.", gone.Message);

            await client.ReleaseAsync();
            Assert.Equal(["teardown /", "teardown /nothing"], log);
            await client.GetAsync("/", new() { KeepContext = true });
        }
        Assert.Equal(["teardown /", "teardown /nothing", "teardown /"], log);
    }

    [Fact]
    public async Task Of_redirects_that_are_followed_the_last_context_is_kept()
    {
        List<string> log = [];
        await using var client = Counting(log).TestClient(new() { KeepContext = true, FollowRedirects = true });

        var response = await client.PostAsync("/post/7");

        Assert.Equal(("seen", "/"), (response.Text, response.Context.Request.Path));
        Assert.Equal(["teardown /post/7"], log);
    }

    [Fact]
    public async Task A_thrown_exception_keeps_no_context_and_a_500_does()
    {
        List<string> log = [];
        var app = Counting(log);
        await using (var client = app.TestClient(new() { KeepContext = true }))
            Assert.Equal("out of paper", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/fails"))).Message);
        await using var production = app.TestClient(new() { KeepContext = true, PropagateExceptions = false });

        var response = await production.GetAsync("/fails");

        Assert.Equal((500, "/fails"), (response.Status, response.Context.Request.Path));
        Assert.Equal(["teardown /fails"], log);
    }

    [Fact]
    public async Task The_kept_context_shows_the_session_and_cannot_be_changed()
    {
        await using var client = Counting([]).TestClient();

        var response = await client.GetAsync("/", new() { KeepContext = true });

        using (response.EnterContext())
            Assert.Throws<ModularException>(() => Current.Session["n"] = 7);
    }
}
