namespace Modular.Tests;

public class PluginHookTests
{
    readonly List<string> _lines = [];

    [Fact]
    public async Task A_plugin_runs_around_the_application_and_its_part_for_a_blueprint_runs_around_that_blueprint()
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog", "/blog"));
        Trace(app, "app");
        Trace(blog, "blog");
        app.Use(new Probe("Plugin", builder =>
        {
            Trace(builder.ForBlueprint(blog), "plugin on blog");
            Trace(builder.App, "plugin");
            builder.BeforeSend((_, _) => Write("save"));
        }));
        blog.Route("/", () =>
        {
            _lines.Add("view");
            return "";
        }, endpoint: "index");
        app.Register(blog);
        await using (var client = app.TestClient()) await client.GetAsync("/blog/");

        Assert.Equal([
            "before plugin", "before app", "before plugin on blog", "before blog", "view",
            "after blog", "after plugin on blog", "after app", "after plugin", "save",
            "teardown blog", "teardown plugin on blog", "teardown app", "teardown plugin"], _lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plugin_with_a_condition_saves_only_then_and_can_keep_its_response(bool hasAfterHook)
    {
        var kept = new List<Response>();
        var app = new ModularApp();
        app.Use(new Probe("Keeper", builder => builder.BeforeSend((context, response) =>
        {
            Assert.True(context.IsSaved);
            kept.Add(response);
            response.Headers["X-Saved"] = "yes";
            return default;
        }, context => context.Request.Path.StartsWith("/save", StringComparison.Ordinal))));
        if (hasAfterHook) app.AfterRequest(_ => _lines.Add("after"));
        app.Route("/<path:text>", (string text) => text, endpoint: "text");
        app.Get("/save/none", () => Abort(404), endpoint: "none");
        await using var client = app.TestClient();

        List<(string, string)> answers = [];
        foreach (var path in (string[])["/first", "/save/1", "/second", "/save/2", "/save/none", "/third"])
        {
            var response = await client.GetAsync(path);
            answers.Add(($"{response.Status} {(response.Status == 200 ? response.Text : "")}", $"{response.Headers["X-Saved"]}"));
        }

        Assert.Equal([("200 first", ""), ("200 save/1", "yes"), ("200 second", ""), ("200 save/2", "yes"), ("404 ", "yes"), ("200 third", "")], answers);
        Assert.Equal(["save/1", "save/2"], kept[..2].Select(response => response.Text));
        Assert.Equal(hasAfterHook ? 6 : 0, _lines.Count);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/blog/nothing-there")]
    public async Task A_plugins_part_for_a_blueprint_runs_only_there(string path)
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog", "/blog"));
        app.Use(new Probe("Plugin", builder =>
        {
            Trace(builder.ForBlueprint(blog), "plugin on blog");
            builder.ForBlueprint(blog).ErrorHandler(404, () => ("blog's own", 404));
        }));
        app.Route("/", () => "", endpoint: "index");
        app.Register(blog);
        await using (var client = app.TestClient()) await client.GetAsync(path);

        Assert.Empty(_lines);
    }

    [Fact]
    public async Task The_innermost_error_handler_wins_and_a_plugin_handles_the_rest()
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog", "/blog"));
        app.Use(new Probe("Plugin", builder =>
        {
            builder.App.ErrorHandler(418, () => ("plugin", 418));
            builder.App.ErrorHandler<TimeoutException>(_ => ("plugin", 503));
            builder.ForBlueprint(blog).ErrorHandler<TimeoutException>(_ => ("plugin on blog", 503));
        }));
        app.ErrorHandler(418, () => ("app", 418));
        app.Route("/tea", () => Abort(418), endpoint: "tea");
        app.Route("/slow", Slow, endpoint: "slow");
        blog.Route("/slow", Slow, endpoint: "slow");
        app.Register(blog);
        await using var client = app.TestClient();

        var texts = new[] { await client.GetAsync("/tea"), await client.GetAsync("/slow"), await client.GetAsync("/blog/slow") }.Select(r => r.Text);

        Assert.Equal(["app", "plugin", "plugin on blog"], texts);
    }

    [Fact]
    public async Task A_plugin_can_respond_before_the_application()
    {
        var app = new ModularApp();
        Trace(app, "app");
        app.Use(new Probe("Closed", builder => builder.App.BeforeRequest(() => (Response?)("closed", 503))));
        app.Route("/", () => "open", endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("503 closed", $"{response.Status} {response.Text}");
        Assert.DoesNotContain("before app", _lines);
    }

    [Fact]
    public async Task A_plugins_hook_may_take_its_own_services()
    {
        var app = new ModularApp();
        app.Use(new Probe("Plugin", builder =>
        {
            builder.Services.AddSingleton(new Uri("https://example.org"));
            builder.App.BeforeRequest((Uri uri) => _lines.Add(uri.Host));
        }));
        app.Route("/", () => "", endpoint: "index");
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(["example.org"], _lines);
    }

    [Fact]
    public async Task A_plugins_url_functions_run_before_those_of_the_scope_inside_it()
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog", "/blog"));
        app.UrlValuePreprocessor((_, _) => _lines.Add("app"));
        blog.UrlValuePreprocessor((_, _) => _lines.Add("blog"));
        app.Use(new Probe("Plugin", builder =>
        {
            builder.App.UrlValuePreprocessor((_, _) => _lines.Add("plugin"));
            builder.ForBlueprint(blog).UrlValuePreprocessor((_, _) => _lines.Add("plugin on blog"));
            builder.App.UrlDefaults((_, values) => values.TryAdd("lang", "la"));
            builder.ForBlueprint(blog).UrlDefaults((_, values) => values.TryAdd("on", "blog"));
        }));
        app.Route("/", () => "", endpoint: "index");
        blog.Route("/", () => $"{UrlFor("index")} {UrlFor("blog.index")}", endpoint: "index");
        app.Register(blog);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/blog/");

        Assert.Equal("/?lang=la /blog/?lang=la&on=blog", response.Text);
        Assert.Equal(["plugin", "app", "plugin on blog", "blog"], _lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rule_for_a_blueprint_is_under_its_prefix_whether_it_was_registered_before_or_after(bool registeredBefore)
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog"));
        if (registeredBefore) app.Register(blog, "/first").Register(blog, "/second", name: "again");
        app.Use(new Probe("Feed", builder => builder.ForBlueprint(blog).Route("/feed", () => UrlFor(".feed"), endpoint: "feed")));
        if (!registeredBefore) app.Register(blog, "/first").Register(blog, "/second", name: "again");
        await using var client = app.TestClient();

        var texts = new[] { await client.GetAsync("/first/feed"), await client.GetAsync("/second/feed") }.Select(r => r.Text);

        Assert.Equal(["/first/feed", "/second/feed"], texts);
    }

    static Response Slow() => throw new TimeoutException();

    ValueTask Write(string line)
    {
        _lines.Add(line);
        return default;
    }

    void Trace(RouteGroup group, string name)
    {
        group.BeforeRequest(() => _lines.Add($"before {name}"));
        group.AfterRequest(_ => _lines.Add($"after {name}"));
        group.TeardownRequest(_ => _lines.Add($"teardown {name}"));
    }
}
