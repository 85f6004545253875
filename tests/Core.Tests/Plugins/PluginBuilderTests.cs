using System.Text;

namespace Modular.Tests;

public class PluginBuilderTests
{
    static readonly Slot<string> Slot = new("late");

    [Theory]
    [InlineData("AddRequestSlot")]
    [InlineData("BeforeSend")]
    [InlineData("Validate")]
    [InlineData("UseMiddleware")]
    [InlineData("AddAppSlot")]
    [InlineData("Converter")]
    [InlineData("ResponseConverter")]
    [InlineData("TemplateGlobal")]
    [InlineData("Contribute")]
    [InlineData("ReplaceRun")]
    [InlineData("ForBlueprint")]
    [InlineData("Route")]
    [InlineData("BeforeRequest")]
    [InlineData("AfterRequest")]
    [InlineData("TeardownRequest")]
    [InlineData("ErrorHandler")]
    public void A_builder_cannot_be_used_after_Install(string word)
    {
        PluginBuilder builder = null!;
        new ModularApp().Use(new Probe("Late", given => builder = given));

        var message = Mistake.Of(() => Call(builder, word));

        Assert.Equal($"Late called {word} on its builder after it had been installed. Declare everything inside Install.", message);
    }

    [Fact]
    public void A_builder_for_a_blueprint_cannot_be_used_after_Install()
    {
        RouteGroup blog = null!;
        new ModularApp().Use(new Probe("Late", given => blog = given.ForBlueprint(new Blueprint("blog"))));

        var message = Mistake.Of(() => blog.Route("/feed", () => "", endpoint: "feed"));

        Assert.Equal("Late called Route on its builder after it had been installed. Declare everything inside Install.", message);
    }

    [Fact]
    public async Task A_plugin_cannot_be_installed_after_the_first_request()
    {
        var app = new ModularApp();
        await using var client = app.TestClient();
        await client.GetAsync("/");

        var message = Mistake.Of(() => app.Use(new Probe("Late")));

        Assert.Equal("app.Use was used after the application had started. Do it before app.Run() and before the first request.", message);
    }

    [Fact]
    public async Task A_plugin_cannot_add_services_after_the_first_request()
    {
        IServiceCollection services = null!;
        var app = new ModularApp().Use(new Probe("Late", builder => services = builder.Services));
        await using var client = app.TestClient();
        await client.GetAsync("/");

        Assert.Throws<InvalidOperationException>(() => services.AddSingleton(new Uri("https://example.org")));
    }

    [Fact]
    public void A_plugin_reads_the_applications_configuration()
    {
        var app = new ModularApp();
        app.Config["Greeting"] = "Salve";
        string? read = null;

        app.Use(new Probe("Reader", builder => read = builder.Config["Greeting"]));

        Assert.Equal("Salve", read);
    }

    [Fact]
    public async Task A_plugins_log_category_is_its_id()
    {
        var (app, log) = (new ModularApp(), new LogLines());
        app.Services.AddLogging(logging => logging.AddProvider(log).AddFilter("Quiet", LogLevel.None));
        app.Use(new Probe("Chatty", builder => builder.App.BeforeRequest(() => builder.Logger.LogError("{Count} apples", 42))));
        app.Use(new Probe("Quiet", builder => builder.App.BeforeRequest(() => builder.Logger.LogError("{Count} pears", 42))));
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(["42 apples"], log.Errors.Select(line => line.Text));
    }

    [Fact]
    public async Task A_response_converter_of_a_type_also_converts_derived_and_implementing_types()
    {
        var app = new ModularApp();
        app.Use(new Probe("Shapes", builder =>
        {
            builder.ResponseConverter<Shape>((_, shape) => $"shape of {shape.Corners}");
            builder.ResponseConverter<IHasName>((_, named) => $"named {named.Name}");
        }));
        app.Route("/square", () => new Square(), endpoint: "square");
        app.Route("/named", () => new Person("Ada"), endpoint: "named");
        app.Route("/pair", () => (new Square(), 201), endpoint: "pair");
        await using var client = app.TestClient();

        var answers = new[] { await client.GetAsync("/square"), await client.GetAsync("/named"), await client.GetAsync("/pair") }
            .Select(response => $"{response.Status} {response.Text}");

        Assert.Equal(["200 shape of 4", "200 named Ada", "201 shape of 4"], answers);
    }

    [Fact]
    public void Plugins_are_listed_from_the_outermost_to_the_innermost()
    {
        var app = new ModularApp().Use(new Probe(new PluginManifest("B", "[0.1,)") { After = ["A"] })).Use(new Probe("A"));

        Assert.Equal(["A", "B"], app.Plugins.Select(plugin => plugin.Manifest.Id));
    }

    [Fact]
    public void Plugins_are_described_in_order_with_their_declarations_even_when_the_application_cannot_start()
    {
        var blog = new Blueprint("blog");
        var app = new ModularApp()
            .Use(new Probe(new PluginManifest("Inmost", "[0.1,)") { After = ["Outmost"], Dependencies = [new("Nobody", "app.UseNobody()")] }, builder => builder.ForBlueprint(blog).BeforeRequest(() => { })))
            .Use(new Probe(new PluginManifest("Outmost", "[0.1,)") { Version = "7.0" }, builder =>
            {
                builder.Services.AddSingleton<PluginBuilderTests>();
                builder.UseMiddleware(_ => next => next);
                builder.App.Route("/own", () => "");
                builder.App.AfterRequest(_ => { });
            }));

        var described = app.Plugins.Select(plugin => $"{plugin.Manifest.Id} {plugin.Version} {string.Join(", ", plugin.Declared)}");

        Assert.Equal(["Outmost 7.0 (UseMiddleware, ), (Route, /own), (App, AfterRequest), (Services, PluginBuilderTests)", "Inmost 1.0.0 (ForBlueprint, BeforeRequest of blueprint blog)"], described);
    }

    [Fact]
    public void A_rule_names_its_plugin_and_blueprints_have_their_registered_names()
    {
        var (outer, inner) = (new Blueprint("shop", "/shop"), new Blueprint("admin", "/admin"));
        inner.Route("/a.b", () => "");
        outer.Register(inner);
        var app = new ModularApp(new() { StaticFolder = null }).Use(new Probe("Plugin", builder =>
        {
            builder.App.Route("/own", () => "");
            builder.ForBlueprint(inner).Route("/theirs", () => "");
        }));
        app.Register(outer);
        app.Route("/", () => "");

        Assert.Equal(["/own Plugin", "/shop/admin/a.b ", "/shop/admin/theirs Plugin", "/ "], app.Rules.Select(rule => $"{rule} {rule.Plugin}"));
        Assert.Equal([("shop", outer), ("shop.admin", inner)], app.Blueprints.Select(pair => (pair.Key, pair.Value)));
    }

    interface IHasName
    {
        string Name { get; }
    }

    sealed record Person(string Name) : IHasName;

    class Shape
    {
        public int Corners { get; init; }
    }

    sealed class Square : Shape
    {
        public Square() => Corners = 4;
    }

    static void Call(PluginBuilder builder, string word)
    {
        switch (word)
        {
            case "AddRequestSlot": builder.AddRequestSlot(Slot, _ => ""); break;
            case "BeforeSend": builder.BeforeSend((_, _) => default); break;
            case "Validate": builder.Validate(_ => (string?)null); break;
            case "UseMiddleware": builder.UseMiddleware(_ => next => next); break;
            case "AddAppSlot": builder.AddAppSlot(Slot, ""); break;
            case "Converter": builder.Converter("late", _ => throw new NotSupportedException()); break;
            case "ResponseConverter": builder.ResponseConverter<StringBuilder>((_, _) => ""); break;
            case "TemplateGlobal": builder.App.TemplateGlobal("late", _ => null); break;
            case "Contribute": builder.App.Contribute("late", "", word); break;
            case "ReplaceRun": builder.ReplaceRun(next => next); break;
            case "ForBlueprint": builder.ForBlueprint(new Blueprint("late")); break;
            case "Route": builder.App.Route("/late", () => "", endpoint: "late"); break;
            case "BeforeRequest": builder.App.BeforeRequest(() => { }); break;
            case "AfterRequest": builder.App.AfterRequest(_ => { }); break;
            case "TeardownRequest": builder.App.TeardownRequest(_ => { }); break;
            case "ErrorHandler": builder.App.ErrorHandler(404, () => ""); break;
        }
    }
}
