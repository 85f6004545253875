using System.Text.Json;
using Xunit.Abstractions;

namespace Modular.Tests.Endpoints;

public sealed class HookOrderTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Hooks_run_in_flasks_order()
    {
        var report = new VectorReport("flask_scenarios.json, hook-order");
        foreach (var exchange in Scenario.Load("hook-order").EnumerateArray())
        {
            var ran = new List<string>();
            var app = exchange.TryGetProperty("app", out _) ? Stopping(ran) : Nested(ran);
            await using var client = app.TestClient(new() { PropagateExceptions = false });

            var response = await client.GetAsync(exchange.GetProperty("path").GetString()!);

            report.Check(exchange.GetProperty("path").GetString()!, Expected(exchange), $"{response.Status} {string.Join(' ', ran)}");
        }
        report.Finish(output);
    }

    [Fact]
    public async Task Plugins_lie_around_the_application_and_around_their_blueprint()
    {
        var ran = new List<string>();
        var (app, blog) = (new ModularApp(), new Blueprint("blog", "/blog"));
        blog.BeforeRequest(() => ran.Add("before-blog"));
        blog.AfterRequest(_ => ran.Add("after-blog"));
        blog.Route("/", () => "blog");
        app.BeforeRequest(() => ran.Add("before-app"));
        app.AfterRequest(_ => ran.Add("after-app"));
        app.Register(blog);
        app.Use(new Recorder(ran, blog));
        await using var client = app.TestClient();

        await client.GetAsync("/blog/");

        Assert.Equal("before-plugin before-app before-plugin-blog before-blog after-blog after-plugin-blog after-app after-plugin save", string.Join(' ', ran));
    }

    // Without value preprocessors and application contexts of their own, which we do not have.
    static string Expected(JsonElement exchange)
    {
        var order = exchange.GetProperty("order").EnumerateArray().Select(step => step.GetString()!)
            .Where(step => !step.StartsWith("uvp-", StringComparison.Ordinal) && !step.StartsWith("teardown-ctx", StringComparison.Ordinal));
        return $"{exchange.GetProperty("status").GetInt32()} {string.Join(' ', order)}";
    }

    static ModularApp Nested(List<string> ran)
    {
        var (app, blueprint, nest) = (new ModularApp(), new Blueprint("bp", "/bp"), new Blueprint("nest", "/nest"));
        Add(app, "app-1");
        Add(app, "app-2");
        app.BeforeRequest(() => ran.Add("before-app-from-bp"));
        Add(blueprint, "bp");
        Add(nest, "nest");
        foreach (var scaffold in new Scaffold[] { app, blueprint, nest })
        {
            scaffold.Route("/v", View, endpoint: "v");
            scaffold.Route("/boom", Boom, endpoint: "boom");
        }
        blueprint.Register(nest);
        app.Register(blueprint);
        return app;

        void Add(Scaffold scaffold, string name)
        {
            scaffold.BeforeRequest(() => ran.Add($"before-{name}"));
            scaffold.AfterRequest(_ => ran.Add($"after-{name}"));
            scaffold.TeardownRequest(_ => ran.Add($"teardown-{name}"));
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

    sealed class Recorder(List<string> ran, Blueprint blog) : IPlugin
    {
        public PluginCard Card { get; } = new("Tests.Recorder", core: "[0.0,99.0)");

        public void Install(IPluginHost host)
        {
            host.App.BeforeRequest(() => ran.Add("before-plugin"));
            host.App.AfterRequest(_ => ran.Add("after-plugin"));
            host.In(blog).BeforeRequest(() => ran.Add("before-plugin-blog"));
            host.In(blog).AfterRequest(_ => ran.Add("after-plugin-blog"));
            host.Save((_, _) =>
            {
                ran.Add("save");
                return default;
            });
        }
    }
}
