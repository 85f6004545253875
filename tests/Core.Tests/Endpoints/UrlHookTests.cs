namespace Modular.Tests.Endpoints;

public sealed class UrlHookTests
{
    [Theory]
    [InlineData("/de/about", "de: /de/about")]
    [InlineData("/en/about", "en: /en/about")]
    public async Task An_application_keeps_the_language_of_its_urls_out_of_its_views(string path, string expected)
    {
        // The first example of Flask's "URL processors".
        var app = new ModularApp();
        app.UrlValuePreprocessor((_, values) =>
        {
            if (values is not null && values.Remove("lang", out var lang)) Current.G["lang"] = lang;
        });
        app.UrlDefaults((endpoint, values) =>
        {
            if (!values.ContainsKey("lang") && Current.G.Get<string>("lang", null) is { } lang && Current.App.IsEndpointExpecting(endpoint, "lang"))
                values["lang"] = lang;
        });
        app.Route("/<lang>/about", () => $"{Current.G["lang"]}: {UrlFor("about")}", endpoint: "about");
        await using var client = app.TestClient();

        Assert.Equal(expected, (await client.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_blueprint_handles_the_language_of_its_own_urls()
    {
        // The second one: only this blueprint's URLs have a language.
        var (app, front) = (new ModularApp(), new Blueprint("front", "/<lang>"));
        front.UrlValuePreprocessor((_, values) =>
        {
            values!.Remove("lang", out var lang);
            Current.G["lang"] = lang;
        });
        front.UrlDefaults((_, values) => values.TryAdd("lang", Current.G.Get("lang", "en")));
        front.Route("/", () => $"{UrlFor(".index")} {UrlFor(".index", ("lang", "fr"))} {UrlFor("plain")}", endpoint: "index");
        app.Route("/plain", () => UrlFor("front.index"), endpoint: "plain");
        app.Register(front);
        await using var client = app.TestClient();

        var (inside, outside) = (await client.GetAsync("/de/"), await client.GetAsync("/plain"));

        Assert.Equal(("/de/ /fr/ /plain", "/en/"), (inside.Text, outside.Text));
    }

    [Fact]
    public async Task Values_that_a_preprocessor_changed_reach_the_view_and_ViewArgs()
    {
        var app = new ModularApp();
        app.UrlValuePreprocessor((_, values) =>
        {
            values!["id"] = (int)values["id"]! + 1;
            values["name"] = $"{values["name"]}!";
            values["added"] = true;
        });
        app.Route("/<int:id>/<name>", (int id, string name) =>
            $"{id} {name} {string.Join(',', Current.Request.ViewArgs!.Select(pair => $"{pair.Key}={pair.Value}"))}");
        await using var client = app.TestClient();

        Assert.Equal("2 a! id=2,name=a!,added=True", (await client.GetAsync("/1/a")).Text);
    }

    [Fact]
    public async Task A_view_that_takes_a_value_that_a_preprocessor_removed_is_reported()
    {
        var app = new ModularApp();
        app.UrlValuePreprocessor((_, values) => values!.Remove("lang"));
        app.Route("/<lang>", (string lang) => lang);
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/de"));

        Assert.Equal(
            "The view for rule \"/<lang>\" takes \"lang\", but a UrlValuePreprocessor removed it. Remove the parameter from the view, or keep the value.",
            error.Message);
    }

    [Fact]
    public async Task An_exception_of_a_preprocessor_reaches_its_error_handler()
    {
        var app = new ModularApp();
        app.UrlValuePreprocessor((_, values) =>
        {
            if (values?["lang"] is not "de") Abort(404, "We do not speak that.");
        });
        app.ErrorHandler(404, error => ($"handled: {error.Description}", 404));
        app.AfterRequest(response => response.Headers["X-After"] = "1");
        app.Route("/<lang>/", () => "Hallo");
        await using var client = app.TestClient();

        var (known, unknown) = (await client.GetAsync("/de/"), await client.GetAsync("/xx/"));

        Assert.Equal("Hallo", known.Text);
        Assert.Equal((404, "handled: We do not speak that.", "1"), (unknown.Status, unknown.Text, unknown.Headers["X-After"].ToString()));
    }

    [Fact]
    public void Preprocessors_do_not_run_in_a_test_context()
    {
        var app = new ModularApp();
        app.UrlValuePreprocessor((_, _) => throw new InvalidOperationException());
        app.Route("/<lang>/", () => "");

        using var scope = app.TestRequestContext("/de/");

        Assert.Equal("de", scope.Context.Request.ViewArgs!["lang"]);
    }

    [Fact]
    public async Task A_preprocessor_also_sees_requests_that_no_rule_matched()
    {
        var seen = new List<string>();
        var app = new ModularApp();
        app.UrlValuePreprocessor((endpoint, values) => seen.Add($"{endpoint ?? "none"} {values?.Count.ToString() ?? "none"}"));
        app.Route("/", () => "", endpoint: "index");
        await using var client = app.TestClient();

        await client.GetAsync("/");
        await client.GetAsync("/nowhere");

        Assert.Equal(["index 0", "none none"], seen);
    }

    [Fact]
    public void Build_errors_are_passed_to_each_handler_until_one_returns_a_url()
    {
        var asked = new List<string>();
        var app = new ModularApp();
        app.UrlBuildError(error =>
        {
            asked.Add($"first: {error.Endpoint}");
            return null;
        });
        app.UrlBuildError(error =>
        {
            asked.Add($"second: {string.Join(',', error.Values.Select(pair => $"{pair.Key}={pair.Value}"))}");
            throw error;
        });
        app.UrlBuildError(error =>
        {
            asked.Add($"third: {error.Message}");
            return error.Endpoint == "docs" ? "https://docs.example.org/" : null;
        });
        using var scope = app.TestRequestContext();

        var url = UrlFor("docs", ("page", 2));

        Assert.Equal("https://docs.example.org/", url);
        Assert.Equal(["first: docs", "second: page=2", "third: There is no endpoint \"docs\". Add a rule for it first."], asked);
    }

    [Fact]
    public void A_url_that_no_handler_builds_throws_the_last_error()
    {
        var app = new ModularApp();
        app.UrlBuildError(_ => null);
        app.Route("/", () => "", endpoint: "index");
        using var scope = app.TestRequestContext();

        var error = Assert.Throws<UrlBuildException>(() => UrlFor("idnex"));

        Assert.Equal("There is no endpoint \"idnex\". Did you mean \"index\"?", error.Message);
    }

    [Fact]
    public void A_forgotten_blueprint_name_is_proposed()
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog"));
        blog.Route("/", () => "", endpoint: "show");
        app.Register(blog);
        using var scope = app.TestRequestContext();

        var error = Assert.Throws<UrlBuildException>(() => UrlFor("show"));

        Assert.Equal("There is no endpoint \"show\". Did you mean \"blog.show\"?", error.Message);
    }

    [Fact]
    public void IsEndpointExpecting_knows_the_variables_of_an_endpoint()
    {
        var app = new ModularApp();
        app.Route("/<lang>/<int:id>", () => "", endpoint: "show");
        app.Route("/index", () => "", endpoint: "index", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } });

        Assert.True(app.IsEndpointExpecting("show", "lang"));
        Assert.True(app.IsEndpointExpecting("show", "id", "lang"));
        Assert.True(app.IsEndpointExpecting("index", "page"));
        Assert.False(app.IsEndpointExpecting("show", "lang", "page"));
        Assert.False(app.IsEndpointExpecting("index", "lang"));
        Assert.False(app.IsEndpointExpecting("nothing", "lang"));
    }
}
