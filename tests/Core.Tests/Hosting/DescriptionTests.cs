namespace Modular.Tests.Hosting;

/// <summary>The application looked at from outside.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public void The_origin_of_a_rule_is_its_blueprint_and_its_plugin()
    {
        var (outer, inner) = (new Blueprint("shop", "/shop"), new Blueprint("admin", "/admin"));
        inner.Route("/a.b", () => "");
        outer.Register(inner);
        var app = new ModularApp(new() { StaticFolder = null }).Use(new Probe("Plugin", host =>
        {
            host.App.Route("/own", () => "");
            host.In(inner).Route("/theirs", () => "");
        }));
        app.Register(outer);
        app.Route("/", () => "");

        var origins = app.Rules.Select(rule => $"{rule} {app.OriginOf(rule).Blueprint} {app.OriginOf(rule).Plugin}");

        Assert.Equal(["/own  Plugin", "/shop/admin/a.b shop.admin ", "/shop/admin/theirs shop.admin Plugin", "/  "], origins);
        Assert.Equal("The rule \"/\" is none of this application's. Take one from app.Rules.", Mistake.Of(() => new ModularApp().OriginOf(app.Rules[3])));
    }

    [Fact]
    public void Plugins_are_described_in_their_order_around_the_application_though_it_cannot_start()
    {
        var app = new ModularApp()
            .Use(new Probe(new PluginCard("Inmost", "[0.1,)") { After = ["Outmost"], Needs = [new("Nobody", "app.UseNobody()")] }, host => host.Command(new("go", "", _ => { }))))
            .Use(new Probe(new PluginCard("Outmost", "[0.1,)") { Version = "7.0" }, host => host.Services.AddSingleton<DescriptionTests>()));

        var described = app.DescribePlugins().Select(plugin => $"{plugin.Card.Id} {plugin.Version} {string.Join(',', plugin.Adds.Select(addition => $"{addition.Kind}={addition.Name}"))}");

        Assert.Equal(["Outmost 7.0 service=DescriptionTests", "Inmost 1.0.0 command=go"], described);
    }

    [Theory]
    [InlineData("/x/7", "GET", 200, "/x/<int:n>")]
    [InlineData("/x/%31?y=/", "get", 200, "/x/<int:n>")]
    [InlineData("/x/seven", "GET", 404, null)]
    [InlineData("/y/7", "GET", 404, null)]
    [InlineData("/form", "GET", 405, null)]
    [InlineData("/chat", "GET", 400, null)]
    [InlineData("/old/3", "GET", 308, "/old/<int:n>")]
    [InlineData("/slash", "GET", 308, null)]
    [InlineData("/files/a/b", "GET", 200, "/files/<path:name>")]
    public async Task What_is_explained_is_what_a_request_gets(string path, string method, int status, string? rule)
    {
        var app = Rules();
        var explained = app.ExplainMatch(path, method);
        await using var client = app.TestClient();

        var response = await client.SendAsync(method, path);

        Assert.Equal((status, rule), (explained.Status, explained.Rule?.Text));
        Assert.Equal((response.Status, response.Location), (explained.Status, explained.Location));
        Assert.Equal(app.Rules.Count - (rule is null ? 0 : 1), explained.Others.Count);
    }

    [Theory]
    [InlineData("/x/seven", "/x/<int:n>", "has \"<int:n>\" where the path has \"seven\"")]
    [InlineData("/y/7", "/y/<int(max=5):n>", "has a variable whose value is out of range")]
    [InlineData("/x/1/2", "/x/<int:n>", "ends where the path goes on with \"2\"")]
    [InlineData("/x", "/x/<int:n>", "goes on with \"<int:n>\" where the path ends")]
    [InlineData("/x/", "/x/<int:n>", "has \"<int:n>\" where the path has nothing")]
    [InlineData("/form", "/form", "matches the path, but answers OPTIONS, POST only")]
    [InlineData("/chat", "/chat", "matches the path, but answers WebSocket handshakes only")]
    [InlineData("/slash", "/slash/", "would redirect to \"/slash/\"")]
    [InlineData("/hidden", "/hidden", "only builds URLs")]
    [InlineData("/files/a", "/files/<path:name>", "matches too, but \"/files/a\" has fixed text where this one has a variable")]
    [InlineData("/twice/1", "/twice/<any(1,2):y>", "matches too, but \"/twice/<x>\" was added before it")]
    public void Each_rule_that_does_not_answer_has_its_reason(string path, string rule, string reason)
    {
        var explained = Rules().ExplainMatch(path);

        Assert.Equal(reason, explained.Others.Single(other => other.Rule.Text == rule).Reason);
    }

    static ModularApp Rules()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Route("/x/<int:n>", (int n) => $"{n}");
        app.Route("/y/<int(max=5):n>", (int n) => $"{n}");
        app.Post("/form", () => "");
        app.WebSocket("/chat", _ => Task.CompletedTask);
        app.Route("/new/<int:n>", (int n) => "", endpoint: "new");
        app.Route("/old/<int:n>", (int n) => "", endpoint: "new_too", options: new() { RedirectTo = "/new/<n>" });
        app.Route("/slash/", () => "");
        app.Route("/hidden", () => "", options: new() { BuildOnly = true });
        app.Route("/files/<path:name>", (string name) => name);
        app.Route("/files/a", () => "");
        app.Route("/twice/<x>", (string x) => "");
        app.Route("/twice/<any(1,2):y>", (string y) => "");
        return app;
    }
}
