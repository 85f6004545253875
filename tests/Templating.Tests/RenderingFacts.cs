using Microsoft.Extensions.FileProviders;

namespace Modular.Templating.Tests;

public sealed class LiquidRenderingTests() : RenderingFacts(new LiquidSyntax());

public sealed class HandlebarsRenderingTests() : RenderingFacts(new HandlebarsSyntax());

public sealed class JinjaRenderingTests() : RenderingFacts(new JinjaSyntax());

/// <summary>Templates, names, values and layouts, the same in both engines.</summary>
public abstract class RenderingFacts(EngineDialect engine)
{
    [Fact]
    public void Values_come_as_tuples_dictionaries_or_the_properties_of_an_object()
    {
        using var folder = new TemplateFolder().Add("a.html", $"{engine.Value("first")}-{engine.Value("second")}");
        using var scope = App(folder).TestRequestContext("/");

        Assert.Equal("1-x", RenderTemplate("a.html", ("first", 1), ("second", "x")).ToString());
        Assert.Equal("1-x", RenderTemplate("a.html", new { first = 1, second = "x" }).ToString());
        Assert.Equal("1-x", RenderTemplate("a.html", new Dictionary<string, object?> { ["first"] = 1, ["second"] = "x" }).ToString());
        Assert.Equal("1-x", RenderTemplate("a.html", new Dictionary<string, string> { ["first"] = "1", ["second"] = "x" }).ToString());
        Assert.Equal("-", RenderTemplate("a.html").ToString());
        Assert.Equal("The values of a template have the type int, which has no named values. Write new { name = value }, (\"name\", value), or a dictionary.",
            Assert.Throws<ModularException>(() => RenderTemplate("a.html", (object)7)).Message);
    }

    [Fact]
    public void Null_in_place_of_values_is_reported()
    {
        using var folder = new TemplateFolder().Add("a.html", "a").Add("a.txt", "a");
        using var scope = App(folder).TestRequestContext("/");
        Action[] calls =
        [
            () => RenderTemplate("a.html", (object)null!), () => RenderTemplate("a.html", (Dictionary<string, object?>)null!), () => RenderTemplateString("a", (object)null!),
            () => RenderTemplateString("a", (Dictionary<string, object?>)null!), () => RenderText("a.txt", (object)null!), () => StreamTemplate("a.html", (object)null!),
            () => RenderTemplateAsync("a.html", (object)null!).AsTask(), () => RenderTemplateAsync("a.html", (Dictionary<string, object?>)null!).AsTask(),
        ];

        foreach (var call in calls)
            Assert.Equal("The values of a template are null. Write new { name = value }, (\"name\", value), or a dictionary, or omit the argument.", Assert.Throws<ModularException>(call).Message);
        Assert.Equal("The name of a template is null. Write a name: RenderTemplate(\"hello.html\").", Assert.Throws<ModularException>(() => RenderTemplate((string)null!)).Message);
    }

    [Fact]
    public async Task The_other_functions_render_the_same_page()
    {
        using var folder = new TemplateFolder().Add("a.html", engine.Value("v"));
        using var scope = App(folder).TestRequestContext("/");

        Assert.Equal("&lt;", (await RenderTemplateAsync("a.html", ("v", "<"))).ToString());
        Assert.Equal("&lt;", (await RenderTemplateAsync("a.html", new { v = "<" })).ToString());
        Assert.Equal("&lt;", RenderTemplate(["none.html", "a.html"], ("v", "<")).ToString());
        Assert.Equal("&lt;", RenderTemplateString(engine.Value("v"), new { v = "<" }).ToString());
        Assert.Equal("&lt;", string.Concat(await StreamTemplate("a.html", ("v", "<")).ToListAsync()));
    }

    [Fact]
    public async Task A_page_is_a_response_with_its_status()
    {
        using var folder = new TemplateFolder().Add("404.html", $"No {engine.Value("request.path")}");
        var app = App(folder);
        app.ErrorHandler(404, () => (RenderTemplate("404.html"), 404));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/<b>");

        Assert.Equal((404, "No /&lt;b&gt;", "text/html; charset=utf-8"), (response.Status, response.Text, response.Headers["Content-Type"].ToString()));
    }

    [Fact]
    public async Task A_streamed_page_is_sent_while_it_is_rendered()
    {
        var body = $"{engine.Item},{new string(' ', 4000)}";
        using var folder = new TemplateFolder().Add("a.html", engine.Each("first", body) + engine.Each("second", body));
        var app = App(folder);
        using var isFirstSent = new SemaphoreSlim(0);
        app.Route("/", () => StreamTemplate("a.html", ("first", Enumerable.Range(0, 50)), ("second", Rows())), endpoint: "index");
        await using var client = app.TestClient();

        using var response = await client.StreamAsync("/");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = new char[1000];
        await reader.ReadBlockAsync(first);
        isFirstSent.Release();
        var rest = await reader.ReadToEndAsync();

        Assert.Equal("0,", new string(first, 0, 2));
        Assert.Equal(100, first.Count(c => c == ',') + rest.Count(c => c == ','));

        IEnumerable<int> Rows()
        {
            Assert.True(isFirstSent.Wait(TimeSpan.FromSeconds(60)));
            for (var i = 50; i < 100; i++) yield return i;
        }
    }

    [Fact]
    public void Templates_are_searched_in_folders_then_providers_then_blueprints()
    {
        using var folder = new TemplateFolder().Add("a.html", "app").Add("a.html", "second", "more").Add("b.html", "second", "more")
            .Add("a.html", "provider", "provided").Add("b.html", "provider", "provided").Add("c.html", "provider", "provided")
            .Add("a.html", "blueprint", "blog").Add("c.html", "blueprint", "blog").Add("d.html", "blueprint", "blog");
        var blog = new Blueprint("blog", "/blog", new() { RootPath = folder.Path, TemplateFolder = "blog" });
        var app = new ModularApp(new() { RootPath = folder.Path })
            .UseTemplating(new() { Folders = ["templates", "more"], Providers = [new PhysicalFileProvider(Path.Combine(folder.Path, "provided"))] });
        engine.Install(app);
        app.Register(blog);
        using var scope = app.TestRequestContext("/");

        Assert.Equal(["app", "second", "provider", "blueprint"], ((string[])["a", "b", "c", "d"]).Select(name => RenderTemplate($"{name}.html").ToString()));
    }

    [Fact]
    public void Embedded_templates_are_found_too()
    {
        var app = new ModularApp().UseTemplating(new() { Folders = [], Providers = [new EmbeddedFileProvider(typeof(RenderingFacts).Assembly, "Modular.Templating.Tests.Embedded")] });
        engine.Install(app);
        using var scope = app.TestRequestContext("/");

        Assert.Equal("embedded", RenderTemplate("embedded.html").ToString().Trim());
    }

    [Fact]
    public async Task Explicit_values_beat_context_processors_and_those_of_the_blueprint_beat_the_applications()
    {
        using var folder = new TemplateFolder().Add("a.html", $"{engine.Value("one")}{engine.Value("two")}{engine.Value("three")}{engine.Value("four")}");
        var app = App(folder);
        app.TemplateGlobal("four", "global");
        app.TemplateGlobal("three", "global");
        app.ContextProcessor(_ => [("one", "app "), ("two", "app "), ("three", "app ")]);
        var blog = new Blueprint("blog", "/blog");
        blog.ContextProcessor(_ => [("one", "blog "), ("two", "blog ")]);
        blog.Route("/", () => RenderTemplate("a.html", ("one", "view ")), endpoint: "index");
        app.Register(blog);
        app.Route("/", () => RenderTemplate("a.html"), endpoint: "index");
        await using var client = app.TestClient();

        Assert.Equal("view blog app global", (await client.GetAsync("/blog/")).Text);
        Assert.Equal("app app app global", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public void Every_page_sees_the_request_g_config_and_url_for()
    {
        using var folder = new TemplateFolder();
        var app = App(folder);
        app.Config["Site:Name"] = "Modular";
        app.Route("/user/<name>", (string name) => name, endpoint: "user");
        using var scope = app.TestRequestContext("/path?a=1&b=2", headers: [("X-One", "1")]);
        Current.G["color"] = "green";

        Assert.Equal("GET /path 1 /path?a=1&amp;b=2", Render($"{engine.Value("request.method")} {engine.Value("request.path")} {engine.Value("request.args.a")} {engine.Value("request.full_path")}"));
        Assert.Equal("green Modular", Render($"{engine.Value("g.color")} {engine.Value("config.Site.Name")}"));
        Assert.Equal("/user/John%20Doe", Render(engine.Call("url_for", "'user'", "name", "'John Doe'")));
        Assert.Equal("/user/x?q=1", RenderTemplateString(engine is not HandlebarsSyntax ? "{{ url_for('user', name='x', q=1) }}" : "{{url_for 'user' name='x' q=1}}").ToString());
    }

    [Fact]
    public void A_page_without_a_request_can_be_rendered_too()
    {
        using var folder = new TemplateFolder().Add("mail.txt", $"Hello {engine.Value("name")}{engine.Value("request.path")}");
        using var scope = App(folder).AppContext();

        Assert.Equal("Hello you", RenderText("mail.txt", ("name", "you")));
    }

    [Fact]
    public void Listeners_see_each_page_with_its_values()
    {
        using var folder = new TemplateFolder().Add("a.html", "a");
        var app = App(folder);
        var seen = new List<string>();
        app.OnBeforeRenderTemplate((name, values) => seen.Add($"before {name} {string.Join(',', values.Names)}"));
        app.OnTemplateRendered((name, values) => seen.Add($"after {name} {values.TryGet("v", out var v)} {v}"));
        using var scope = app.TestRequestContext("/");

        RenderTemplate("a.html", ("v", 1));

        Assert.Equal(["before a.html v", "after a.html True 1"], seen);
    }

    ModularApp App(TemplateFolder folder)
    {
        var app = new ModularApp(new() { RootPath = folder.Path });
        engine.Install(app);
        return app;
    }

    static string Render(string template, params (string, object?)[] values) => RenderTemplateString(template, values).ToString();
}
