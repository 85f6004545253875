namespace Modular.Testing.Tests;

/// <summary>Events during a request.</summary>
public sealed class CapturedTests
{
    static ModularApp Site()
    {
        var app = new ModularApp().UseSessions(new() { SecretKey = "a key for these tests" }).UseFlash().UseLiquid();
        app.Route("/", () => RenderTemplateString("{{ name }}", ("name", Current.Request.Args.Get("name", "nobody"))), endpoint: "index");
        app.Post("/login", () =>
        {
            FlashFunctions.Flash("Welcome", "info");
            return Redirect("/?name=peter");
        }, endpoint: "login");
        app.Post("/mail", () =>
        {
            Current.Context.Notify(new Mail("peter@example.org"));
            return "sent";
        }, endpoint: "mail");
        app.Route("/stream", () => new Response(Pieces()), endpoint: "stream");
        return app;

        static async IAsyncEnumerable<string> Pieces()
        {
            await Task.Yield();
            yield return RenderTemplateString("piece", ("n", 1)).ToString();
        }
    }

    sealed record Mail(string To);

    [Fact]
    public async Task Templates_are_captured_with_their_names_and_values()
    {
        await using var client = Site().TestClient();

        var response = await client.GetAsync("/?name=<peter>");

        var template = Assert.Single(response.Captured<RenderedTemplate>());
        Assert.Equal(("&lt;peter&gt;", "<string>", "<peter>", null), (response.Text, template.Name, template["name"], template["other"]));
    }

    [Fact]
    public async Task Flashes_are_captured_redirects_included()
    {
        await using var client = Site().TestClient(new() { FollowRedirects = true });

        var response = await client.PostAsync("/login");

        Assert.Equal([new FlashedMessage("info", "Welcome")], response.Captured<FlashedMessage>());
        Assert.Equal("peter", Assert.Single(response.Captured<RenderedTemplate>())["name"]);
        Assert.Empty(response.History[0].Captured<RenderedTemplate>());
    }

    [Fact]
    public async Task Events_of_any_plugin_are_captured_only_for_their_own_request()
    {
        await using var client = Site().TestClient();

        var (mailed, other) = (await client.PostAsync("/mail"), await client.GetAsync("/stream"));

        Assert.Equal([new Mail("peter@example.org")], mailed.Captured<Mail>());
        Assert.Equal((0, 1), (other.Captured<Mail>().Count, other.Captured<RenderedTemplate>().Count));
    }

    [Fact]
    public async Task It_does_not_matter_whether_the_application_was_used_before()
    {
        var app = Site();
        using (app.AppContext())
            Assert.Equal("shop", RenderTemplateString("{{ name }}", ("name", "shop")).ToString());
        await using (var first = app.TestClient()) await first.GetAsync("/");
        await using var second = app.TestClient();

        Assert.Single((await second.GetAsync("/")).Captured<RenderedTemplate>());
    }
}
