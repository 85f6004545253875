namespace Modular.Tests;

public class PluginLayerTests
{
    [Fact]
    public async Task Layers_run_around_the_application_in_the_plugins_order_and_inside_app_Wrap()
    {
        var (app, steps) = (new ModularApp(), new List<string>());
        app.Use(new Probe(new PluginManifest("Inner", "[0.1,)") { After = ["Outer"] }, builder => builder.UseMiddleware(_ => Noting("inner", steps))));
        app.Use(new Probe("Outer", builder => builder.UseMiddleware(_ => Noting("outer", steps))));
        app.AppDelegate = Noting("by hand", steps)(app.AppDelegate);
        app.Get("/", () =>
        {
            steps.Add("view");
            return "";
        });
        app.TeardownRequest(_ => steps.Add("teardown"));
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(["by hand", "outer", "inner", "view", "teardown", "after inner", "after outer", "after by hand"], steps);
    }

    [Fact]
    public async Task A_layer_changes_a_request_before_its_rule_is_matched()
    {
        var app = new ModularApp();
        app.Use(new Probe("Mover", builder => builder.UseMiddleware(_ => next => http =>
        {
            http.Request.Path = "/new";
            return next(http);
        })));
        app.Get("/new", () => "new", endpoint: "new");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/old");

        Assert.Equal("new", response.Text);
    }

    [Fact]
    public async Task A_layer_gets_the_services_once_also_of_a_host_that_it_is_mounted_in()
    {
        var (app, given) = (new ModularApp(), new List<string>());
        app.Use(new Probe("Asks", builder => builder.UseMiddleware(services =>
        {
            given.Add($"{services.GetRequiredService<ModularApp>() == app} {services.GetRequiredService<Uri>()}");
            return next => next;
        })));
        app.Get("/", () => "");
        var outer = new ModularApp();
        outer.Services.AddSingleton(new Uri("https://example.org"));
        outer.AppDelegate = app.AppDelegate;
        await using var client = outer.TestClient();

        await client.GetAsync("/");
        await client.GetAsync("/");

        Assert.Equal(["True https://example.org/"], given);
    }

    [Fact]
    public void A_problem_that_a_layer_finds_is_reported_with_the_others()
    {
        var message = Mistake.OfSetUp(app =>
        {
            app.Use(new Probe("Strict", builder => builder.UseMiddleware(_ => throw new ModularException("The layer is wrong. Mend it."))));
            app.Use(new Probe(new PluginManifest("Needy", "[0.1,)") { Dependencies = [new("Other", "app.UseOther()")] }));
        });

        Assert.Equal("The application can't start, for 2 reasons.\n1. Needy requires Other, which isn't installed. Add the package and call app.UseOther().\n"
            + "2. Strict: The layer is wrong. Mend it.", message);
    }

    static Func<RequestDelegate, RequestDelegate> Noting(string name, List<string> steps) => next => async http =>
    {
        steps.Add(name);
        await next(http);
        steps.Add($"after {name}");
    };
}
