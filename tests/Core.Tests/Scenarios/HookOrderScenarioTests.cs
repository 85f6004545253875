using System.Text.Json;

namespace Modular.Tests.Scenarios;

public sealed class HookOrderScenarioTests(ITestOutputHelper output)
{
    const string OneContext = "a request has one context, not a second one of the application, so there is one kind of teardown hook";

    [Fact]
    public async Task Hooks_preprocessors_and_teardown_run_in_flasks_order()
    {
        var exchanges = ScenarioRun.Load("hook-order").EnumerateArray().ToList();
        var report = new VectorFile("flask_scenarios.json, hook-order", output, exchanges.Where(TearsContextDown)
            .ToDictionary(Key, exchange => (Expected(exchange).Replace(" teardown-ctx-2 teardown-ctx-1", ""), OneContext)));

        foreach (var exchange in exchanges)
        {
            var ran = new List<string>();
            var stops = exchange.TryGetProperty("app", out _);
            await using var client = (stops ? Stopping(ran) : Nested(ran)).TestClient(new() { PropagateExceptions = false });
            var response = await client.GetAsync(exchange.GetProperty("path").GetString()!);
            report.Check(Key(exchange), Expected(exchange), $"{response.Status} {(stops ? response.Text : "")} {string.Join(' ', ran)}");
        }

        report.Finish();
    }

    static string Key(JsonElement exchange) => $"{(exchange.TryGetProperty("app", out _) ? "stopping " : "")}{exchange.GetProperty("path").GetString()}";

    static bool TearsContextDown(JsonElement exchange) =>
        exchange.GetProperty("order").EnumerateArray().Any(step => step.GetString()!.StartsWith("teardown-ctx", StringComparison.Ordinal));

    static string Expected(JsonElement exchange)
    {
        var body = exchange.TryGetProperty("body", out var given) ? given.GetString() : "";
        return $"{exchange.GetProperty("status").GetInt32()} {body} {string.Join(' ', exchange.GetProperty("order").EnumerateArray().Select(step => step.GetString()))}";
    }

    static ModularApp Nested(List<string> ran)
    {
        var (app, blueprint, nest) = (new ModularApp(), new Blueprint("bp", "/bp"), new Blueprint("nest", "/nest"));
        app.UrlValuePreprocessor((endpoint, _) => ran.Add($"uvp-app:{endpoint ?? "None"}"));
        blueprint.UrlValuePreprocessor((endpoint, _) => ran.Add($"uvp-bp:{endpoint ?? "None"}"));
        Add(app, "app-1");
        Add(app, "app-2");
        blueprint.AppHooks.BeforeRequest(() => ran.Add("before-app-from-bp"));
        Add(blueprint, "bp");
        Add(nest, "nest");
        foreach (var group in new RouteGroup[] { app, blueprint, nest })
        {
            group.Route("/v", View, endpoint: "v");
            group.Route("/boom", Boom, endpoint: "boom");
        }
        blueprint.Register(nest);
        return app.Register(blueprint);

        void Add(RouteGroup group, string name)
        {
            group.BeforeRequest(() => ran.Add($"before-{name}"));
            group.AfterRequest(_ => ran.Add($"after-{name}"));
            group.TeardownRequest(_ => ran.Add($"teardown-{name}"));
        }

        string View()
        {
            ran.Add("view");
            AfterThisRequest(_ => ran.Add("after-this-1"));
            AfterThisRequest(_ => ran.Add("after-this-2"));
            return "view";
        }

        string Boom()
        {
            ran.Add("view");
            throw new TimeoutException();
        }
    }

    static ModularApp Stopping(List<string> ran)
    {
        var app = new ModularApp();
        app.BeforeRequest(() =>
        {
            ran.Add("before-1");
            return "stopped";
        });
        app.BeforeRequest(() => ran.Add("before-2"));
        app.AfterRequest(_ => ran.Add("after"));
        app.TeardownRequest(_ => ran.Add("teardown"));
        app.Route("/", () =>
        {
            ran.Add("view");
            return "view";
        });
        return app;
    }
}
