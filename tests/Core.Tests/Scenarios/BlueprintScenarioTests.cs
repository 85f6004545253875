namespace Modular.Tests.Scenarios;

public sealed class BlueprintScenarioTests(ITestOutputHelper output)
{
    [Fact]
    public Task Names_prefixes_and_urls_nest_as_in_flask() => new ScenarioRun("blueprints", App).Run(output);

    static ModularApp App()
    {
        var (app, outer, inner) = (new ModularApp(), new Blueprint("b1", "/b1/"), new Blueprint("b2", "/b2"));
        outer.Route("/", () => $"{Here()}|{UrlFor("b1.b2.index")}|{UrlFor("root")}", endpoint: "index");
        inner.Route("/", () => $"{Here()}|{UrlFor("b1.index")}|{UrlFor("root")}", endpoint: "index");
        outer.Register(inner);
        app.Route("/", () =>
            $"{Current.Request.Blueprint ?? "None"}|{UrlFor("b1.index")}|{UrlFor("b1.b2.index")}|{UrlFor("again.b2.index")}|{UrlFor("root")}",
            endpoint: "root");
        return app.Register(outer).Register(outer, urlPrefix: "/again", name: "again");
    }

    static string Here() =>
        $"{Current.Request.Endpoint}|{Current.Request.Blueprint}|{string.Join(',', Current.Request.Blueprints)}|{UrlFor(".index")}";
}
