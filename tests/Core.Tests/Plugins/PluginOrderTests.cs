namespace Modular.Tests;

public class PluginOrderTests
{
    static readonly PluginManifest Outer = new("Outer", "[0.1,)");
    static readonly PluginManifest Middle = new("Middle", "[0.1,)") { Dependencies = [new("Outer", "app.UseOuter()")] };
    static readonly PluginManifest Inner = new("Inner", "[0.1,)") { After = ["Middle"] };

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public async Task Dependencies_and_hints_decide_the_order_and_not_the_order_of_use(params int[] order)
    {
        PluginManifest[] manifests = [Outer, Middle, Inner];

        var trace = await Trace([.. order.Select(i => manifests[i])]);

        Assert.Equal("Outer Middle Inner /Inner /Middle /Outer", trace);
    }

    [Fact]
    public async Task Without_dependencies_or_hints_the_first_installed_is_the_outermost()
    {
        var trace = await Trace(new("B", "[0.1,)"), new("A", "[0.1,)"), new("C", "[0.1,)"));

        Assert.Equal("B A C /C /A /B", trace);
    }

    [Fact]
    public async Task A_plugin_can_declare_that_it_runs_outside_another()
    {
        var trace = await Trace(new("Page", "[0.1,)"), new("Cache", "[0.1,)") { Before = ["Page", "Not.Installed"] });

        Assert.Equal("Cache Page /Page /Cache", trace);
    }

    [Fact]
    public async Task Hints_also_find_a_plugin_by_the_ids_that_it_provides()
    {
        var trace = await Trace(new("Flash", "[0.1,)") { After = ["Sessions"] }, new("Redis.Sessions", "[0.1,)") { Provides = ["Sessions"] });

        Assert.Equal("Redis.Sessions Flash /Flash /Redis.Sessions", trace);
    }

    [Fact]
    public async Task Inner_plugins_save_first()
    {
        List<string> lines = [];
        var app = new ModularApp();
        foreach (var manifest in new[] { Inner, Middle, Outer })
            app.Use(new Probe(manifest, builder => builder.BeforeSend((_, _) =>
            {
                lines.Add(manifest.Id);
                return default;
            })));
        app.Route("/", () => "", endpoint: "index");
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(["Inner", "Middle", "Outer"], lines);
    }

    [Fact]
    public void A_circular_order_is_reported_by_name()
    {
        var message = Mistake.OfSetUp(app => app
            .Use(new Probe(new PluginManifest("A", "[0.1,)") { Dependencies = [new("C", "app.UseC()")] }))
            .Use(new Probe(new PluginManifest("B", "[0.1,)") { After = ["A"] }))
            .Use(new Probe(new PluginManifest("C", "[0.1,)") { After = ["B"] })));

        Assert.Equal(
            "The plugins A → C → B → A each want to run inside the next. Remove one of the hints Before, After or Dependencies from their manifests.", message);
    }

    [Fact]
    public void Two_plugins_that_both_want_to_be_outside_are_a_circle()
    {
        var message = Mistake.OfSetUp(app => app
            .Use(new Probe(new PluginManifest("A", "[0.1,)") { Before = ["B"] }))
            .Use(new Probe(new PluginManifest("B", "[0.1,)") { Before = ["A"] })));

        Assert.Equal(
            "The plugins A → B → A each want to run inside the next. Remove one of the hints Before, After or Dependencies from their manifests.", message);
    }

    static async Task<string> Trace(params PluginManifest[] manifests)
    {
        List<string> lines = [];
        var app = new ModularApp();
        foreach (var manifest in manifests) app.Use(Probe.Tracing(manifest, lines.Add));
        app.Route("/", () => "", endpoint: "index");
        await using var client = app.TestClient();
        await client.GetAsync("/");
        return string.Join(' ', lines);
    }
}
