namespace Modular.Tests.Endpoints;

public sealed class BlueprintOptionsTests
{
    static readonly RoutingOptions Subdomains = new() { SubdomainMatching = true };

    [Theory]
    [InlineData("http://api.example.org/status", "api")]
    [InlineData("http://v1.api.example.org/status", "v1 of v1.api")]
    [InlineData("http://example.org/status", "top")]
    [InlineData("http://other.example.org/status", "404")]
    public async Task Subdomains_of_blueprints_are_put_together(string url, string expected)
    {
        var app = new ModularApp(new() { ServerName = "example.org", Routing = Subdomains });
        var (api, version) = (new Blueprint("api", options: new() { Subdomain = "api" }), new Blueprint("v1", options: new() { Subdomain = "<version>" }));
        api.Route("/status", () => "api");
        version.Route("/status", (string version) => $"{version} of {Current.Request.Host.Replace(".example.org", "")}");
        api.Register(version);
        app.Route("/status", () => "top");
        app.ErrorHandler(404, () => "404");
        app.Register(api);
        await using var client = app.TestClient();

        var response = await client.GetAsync(url);

        Assert.Equal(expected, response.Text);
    }

    [Fact]
    public async Task A_registration_may_have_another_prefix_name_subdomain_and_other_defaults()
    {
        var app = new ModularApp(new() { ServerName = "example.org", Routing = Subdomains });
        var shop = new Blueprint("shop", "/shop", new() { Defaults = new Dictionary<string, object?> { ["currency"] = "EUR", ["tax"] = 19 } });
        shop.Route("/price", (string currency, int tax) => $"{currency} {tax} {UrlFor(".price")}", endpoint: "price");
        app.Register(shop);
        app.Register(shop, "/laden", "laden", "de", new Dictionary<string, object?> { ["tax"] = 7 });
        await using var client = app.TestClient(new() { BaseUrl = "http://example.org/" });

        var (first, second) = (await client.GetAsync("/shop/price"), await client.GetAsync("http://de.example.org/laden/price"));

        Assert.Equal(("EUR 19 /shop/price", "EUR 7 /laden/price"), (first.Text, second.Text));
    }

    [Fact]
    public async Task A_rules_own_default_wins_over_its_blueprints()
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } }));
        blog.Route("/", (int page) => $"page {page}", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 2 } });
        app.Register(blog);
        await using var client = app.TestClient();

        Assert.Equal("page 2", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public async Task Static_files_of_a_blueprint_are_under_its_prefix_even_one_with_variables()
    {
        using var files = new TemporaryFolder(("assets/site.css", "body {}"));
        var (app, pages) = (new ModularApp(), new Blueprint("pages", "/<lang>", new() { RootPath = files.Path, StaticFolder = "assets" }));
        pages.Route("/", () => UrlFor(".static", ("lang", "de"), ("filename", "site.css")));
        app.Register(pages);
        await using var client = app.TestClient();

        var url = await client.GetAsync("/de/");
        var file = await client.GetAsync(url.Text);

        Assert.Equal(("/de/assets/site.css", "200 text/css; charset=utf-8 body {}"), (url.Text, file.ToString()));
    }

    [Fact]
    public async Task The_url_of_static_files_can_be_chosen()
    {
        using var files = new TemporaryFolder(("assets/site.css", "body {}"));
        var (app, pages) = (new ModularApp(), new Blueprint("pages", "/p", new() { RootPath = files.Path, StaticFolder = "assets", StaticUrlPath = "/files/" }));
        app.Register(pages);
        await using var client = app.TestClient();

        Assert.Equal("body {}", (await client.GetAsync("/p/files/site.css")).Text);
    }

    [Fact]
    public void Static_files_of_a_blueprint_without_a_prefix_share_the_applications_URL() => Assert.Equal(
        "The rule \"/static/<path:filename>\" of the endpoint \"blog.static\" matches the same requests as the rule \"/static/<path:filename>\" of \"static\"."
        + " Change its text or its methods.",
        Mistake.OfSetUp(app => app.Register(new Blueprint("blog", options: new() { StaticFolder = "static" }))));

    [Fact]
    public async Task App_hooks_of_a_blueprint_run_once_for_every_request_even_when_it_is_registered_twice()
    {
        var ran = new List<string>();
        var (app, tracing) = (new ModularApp(), new Blueprint("tracing", "/tracing"));
        tracing.AppHooks.BeforeRequest(() => ran.Add("before"));
        tracing.AppHooks.AfterRequest(_ => ran.Add("after"));
        tracing.AppHooks.TeardownRequest(_ => ran.Add("teardown"));
        tracing.AppHooks.UrlValuePreprocessor((_, _) => ran.Add("values"));
        tracing.AppHooks.ErrorHandler(404, () => ("of the blueprint", 404));
        app.Register(tracing).Register(tracing, "/second", "second");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/nowhere");

        Assert.Equal("404 text/html; charset=utf-8 of the blueprint", response.ToString());
        Assert.Equal("values before after teardown", string.Join(' ', ran));
    }

    [Fact]
    public async Task Several_applications_may_register_one_blueprint()
    {
        var recorded = 0;
        var blueprint = new Blueprint("blog");
        blueprint.AppHooks.ErrorHandler(404, () => ("of the blueprint", 404));
        blueprint.OnRegister(_ => recorded++, once: true);

        foreach (var app in new[] { new ModularApp(), new ModularApp() })
        {
            app.Register(blueprint);
            await using var client = app.TestClient();

            Assert.Equal("of the blueprint", (await client.GetAsync("/nowhere")).Text);
        }
        Assert.Equal(2, recorded);
    }

    [Fact]
    public void App_hooks_of_a_blueprint_refuse_rules() => Assert.Equal(
        "Rule \"/x\" was added to AppHooks of blueprint \"blog\", which takes hooks and handlers only. Add it to the blueprint, or to the application.",
        Mistake.Of(() => new Blueprint("blog").AppHooks.Route("/x", () => "")));

    [Fact]
    public async Task OnRegister_runs_at_each_registration_or_only_at_the_first()
    {
        var (app, blog, ran) = (new ModularApp(), new Blueprint("blog", "/blog"), new List<string>());
        blog.OnRegister(group =>
        {
            ran.Add("each");
            group.Route($"/made-by-record-{ran.Count}", () => "made");
        });
        blog.OnRegister(_ => ran.Add("once"), once: true);
        app.Register(blog).Register(blog, "/second", "second");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/made-by-record-3");

        Assert.Equal(("each once each", "made"), (string.Join(' ', ran), response.Text));
    }

    [Theory]
    [InlineData("/api/nowhere", "api 404")]
    [InlineData("/api", "api 404")]
    [InlineData("/api/v2/nowhere", "v2 404")]
    [InlineData("/api/only-post", "api 405")]
    [InlineData("/apiary", "app 404")]
    [InlineData("/blog/nowhere", "app 404")]
    [InlineData("/nowhere", "app 404")]
    public async Task A_blueprint_may_handle_the_404s_and_405s_under_its_prefix(string path, string expected)
    {
        var app = new ModularApp();
        var handles = new BlueprintOptions { HandlesNotFound = true };
        var (api, version, blog) = (new Blueprint("api", "/api", handles), new Blueprint("v2", "/v2", handles), new Blueprint("blog", "/blog"));
        app.ErrorHandler<HttpException>(error => ($"app {error.Status}", error.Status));
        api.ErrorHandler(404, () => ("api 404", 404));
        api.ErrorHandler(405, () => ("api 405", 405));
        version.ErrorHandler(404, () => ("v2 404", 404));
        blog.ErrorHandler(404, () => ("blog 404", 404));
        api.Post("/only-post", () => "");
        api.Register(version);
        app.Register(api).Register(blog);
        await using var client = app.TestClient();

        Assert.Equal(expected, (await client.GetAsync(path)).Text);
    }

    [Fact]
    public async Task The_application_handles_a_404_without_a_handler_in_the_blueprint()
    {
        var (app, api) = (new ModularApp(), new Blueprint("api", "/api", new() { HandlesNotFound = true }));
        app.ErrorHandler(404, () => ("app 404", 404));
        app.Register(api);
        await using var client = app.TestClient();

        Assert.Equal("app 404", (await client.GetAsync("/api/nowhere")).Text);
    }
}
