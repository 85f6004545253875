using System.Text;

namespace Modular.Tests;

public class PluginHostTests
{
    static readonly Slot<string> Slot = new("late");

    [Theory]
    [InlineData("Open")]
    [InlineData("Save")]
    [InlineData("Check")]
    [InlineData("Wrap")]
    [InlineData("Provide")]
    [InlineData("Converter")]
    [InlineData("ResponseConverter")]
    [InlineData("TemplateGlobal")]
    [InlineData("TemplateFilter")]
    [InlineData("Run")]
    [InlineData("In")]
    [InlineData("Route")]
    [InlineData("BeforeRequest")]
    [InlineData("AfterRequest")]
    [InlineData("TeardownRequest")]
    [InlineData("ErrorHandler")]
    public void A_host_takes_nothing_after_Install(string word)
    {
        IPluginHost host = null!;
        new ModularApp().Use(new Probe("Late", given => host = given));

        var message = Mistake.Of(() => Call(host, word));

        Assert.Equal($"Late called {word} on its host after it had been installed. Declare everything inside Install.", message);
    }

    [Fact]
    public void A_host_takes_nothing_for_a_blueprint_after_Install()
    {
        Scaffold blog = null!;
        new ModularApp().Use(new Probe("Late", given => blog = given.In(new Blueprint("blog"))));

        var message = Mistake.Of(() => blog.Route("/feed", () => "", endpoint: "feed"));

        Assert.Equal("Late called Route on its host after it had been installed. Declare everything inside Install.", message);
    }

    [Fact]
    public async Task A_plugin_cannot_be_installed_after_the_first_request()
    {
        var app = new ModularApp();
        await using var client = app.TestClient();
        await client.GetAsync("/");

        var message = Mistake.Of(() => app.Use(new Probe("Late")));

        Assert.Equal("app.Use was used after the application had started answering. Do it before app.Run() and before the first request.", message);
    }

    [Fact]
    public async Task A_plugin_cannot_add_services_after_the_first_request()
    {
        IServiceCollection services = null!;
        var app = new ModularApp().Use(new Probe("Late", host => services = host.Services));
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

        app.Use(new Probe("Reader", host => read = host.Config["Greeting"]));

        Assert.Equal("Salve", read);
    }

    [Fact]
    public async Task A_plugins_log_lines_are_in_a_category_of_its_id()
    {
        var (app, log) = (new ModularApp(), new LogLines());
        app.Services.AddLogging(logging => logging.AddProvider(log).AddFilter("Quiet", LogLevel.None));
        app.Use(new Probe("Chatty", host => host.App.BeforeRequest(() => host.Logger.LogError("{Count} apples", 42))));
        app.Use(new Probe("Quiet", host => host.App.BeforeRequest(() => host.Logger.LogError("{Count} pears", 42))));
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(["42 apples"], log.Errors.Select(line => line.Text));
    }

    [Fact]
    public async Task Answers_of_a_type_are_made_also_for_those_that_derive_from_it_or_implement_it()
    {
        var app = new ModularApp();
        app.Use(new Probe("Shapes", host =>
        {
            host.ResponseConverter<Shape>((_, shape) => $"shape of {shape.Corners}");
            host.ResponseConverter<IHasName>((_, named) => $"named {named.Name}");
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
    public void Plugins_are_told_in_the_order_of_installation()
    {
        var app = new ModularApp().Use(new Probe(new PluginCard("B", "[0.1,)") { After = ["A"] })).Use(new Probe("A"));

        Assert.Equal(["B", "A"], app.Plugins.Select(card => card.Id));
    }

    [Fact]
    public void Plugins_are_described_in_their_order_around_the_application_with_what_they_declared_though_it_cannot_start()
    {
        var blog = new Blueprint("blog");
        var app = new ModularApp()
            .Use(new Probe(new PluginCard("Inmost", "[0.1,)") { After = ["Outmost"], Needs = [new("Nobody", "app.UseNobody()")] }, host => host.In(blog).BeforeRequest(() => { })))
            .Use(new Probe(new PluginCard("Outmost", "[0.1,)") { Version = "7.0" }, host =>
            {
                host.Services.AddSingleton<PluginHostTests>();
                host.Wrap(_ => next => next);
                host.App.Route("/own", () => "");
                host.App.AfterRequest(_ => { });
            }));

        var described = app.DescribePlugins().Select(plugin => $"{plugin.Card.Id} {plugin.Version} {string.Join(", ", plugin.Declared)}");

        Assert.Equal(["Outmost 7.0 (Wrap, ), (Route, /own), (App, AfterRequest), (Services, PluginHostTests)", "Inmost 1.0.0 (In, BeforeRequest of blueprint blog)"], described);
    }

    [Fact]
    public void A_rule_says_which_plugin_added_it_and_blueprints_are_known_by_the_names_they_have_in_the_application()
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

    static void Call(IPluginHost host, string word)
    {
        switch (word)
        {
            case "Open": host.Open(Slot, _ => ""); break;
            case "Save": host.Save((_, _) => default); break;
            case "Check": host.Check(_ => (string?)null); break;
            case "Wrap": host.Wrap(_ => next => next); break;
            case "Provide": host.Provide(Slot, ""); break;
            case "Converter": host.Converter("late", _ => throw new NotSupportedException()); break;
            case "ResponseConverter": host.ResponseConverter<StringBuilder>((_, _) => ""); break;
            case "TemplateGlobal": host.TemplateGlobal("late", _ => null); break;
            case "TemplateFilter": host.TemplateFilter("late", (value, _) => value); break;
            case "Run": host.Run(next => next); break;
            case "In": host.In(new Blueprint("late")); break;
            case "Route": host.App.Route("/late", () => "", endpoint: "late"); break;
            case "BeforeRequest": host.App.BeforeRequest(() => { }); break;
            case "AfterRequest": host.App.AfterRequest(_ => { }); break;
            case "TeardownRequest": host.App.TeardownRequest(_ => { }); break;
            case "ErrorHandler": host.App.ErrorHandler(404, () => ""); break;
        }
    }
}
