using System.Net;
using Microsoft.AspNetCore.Hosting;
using Modular.Debugger;

namespace Modular.Templating.Tests;

/// <summary>The choice of the engine, and the errors without one or with a wrong set-up.</summary>
public sealed class EngineChoiceTests : IDisposable
{
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_extension_chooses_the_engine_and_other_names_use_the_first()
    {
        _folder.Add("a.liquid", "{{ 'x' | upcase }}").Add("a.hbs", "{{eq 1 1}}").Add("a.html", "{{ 'x' | upcase }}").Add("b.html", "{{eq 1 1}}").Add("mail.txt.hbs", "{{v}}").Add("mail.html.liquid", "{{ v }}");
        var (liquidFirst, handlebarsFirst, configured) = (App(), App(), App(new() { Engine = "handlebars" }));
        liquidFirst.UseLiquid().UseHandlebars();
        handlebarsFirst.UseHandlebars().UseLiquid();
        configured.UseLiquid().UseHandlebars();

        Assert.Equal(["X", "true", "X"], TemplateRenderer(liquidFirst, "a.liquid", "a.hbs", "a.html"));
        Assert.Equal(["X", "true", "true"], TemplateRenderer(handlebarsFirst, "a.liquid", "a.hbs", "b.html"));
        Assert.Equal(["X", "true", "true"], TemplateRenderer(configured, "a.liquid", "a.hbs", "b.html"));
        using var scope = liquidFirst.TestRequestContext("/");
        Assert.Equal("<", RenderText("mail.txt.hbs", ("v", "<")));
        Assert.Equal("&lt;", RenderTemplate("mail.html.liquid", ("v", "<")).ToString());
    }

    [Fact]
    public async Task A_second_host_of_an_application_changes_no_page_of_the_first()
    {
        var app = new ModularApp();
        app.UseLiquid();
        app.Get("/", () => RenderTemplateString("{{ 'now' | date: '%Y' }}"));
        await using var first = await Serve();
        await using var second = await Serve(services => services.AddSingleton<TimeProvider>(new Fixed()));
        using var client = new HttpClient();

        var pages = (await client.GetStringAsync(second.Urls.First()), await client.GetStringAsync(first.Urls.First()));

        Assert.Equal(("1999", $"{DateTime.UtcNow.Year}"), pages);

        async Task<WebApplication> Serve(Action<IServiceCollection>? add = null)
        {
            var host = app.Build(builder =>
            {
                add?.Invoke(builder.Services);
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            });
            await host.StartAsync();
            return host;
        }
    }

    sealed class Fixed : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(1999, 6, 1, 0, 0, 0, TimeSpan.Zero);
    }

    [Fact]
    public void A_template_of_one_engine_cannot_include_one_of_the_other()
    {
        _folder.Add("a.liquid", "{% include 'a.hbs' %}").Add("a.hbs", "x");
        var app = App();
        app.UseLiquid().UseHandlebars();
        using var scope = app.TestRequestContext("/");

        var message = Assert.Throws<TemplateException>(() => RenderTemplate("a.liquid")).Message;

        Assert.Equal("Template \"a.hbs\" belongs to the engine handlebars, but a template of liquid includes it. Include only templates of the same engine.", message);
    }

    [Fact]
    public void Without_an_engine_the_error_has_the_remedy()
    {
        _folder.Add("a.html", "x");
        using var scope = App().TestRequestContext("/");

        var expected = "No template engine is installed. Add the package Modular.Templating.Jinja and call app.UseJinja(), or the package Modular.Templating.Liquid and call app.UseLiquid(), or the package Modular.Templating.Handlebars and call app.UseHandlebars().";
        Assert.Equal(expected, Assert.Throws<ModularException>(() => RenderTemplate("a.html")).Message);
        Assert.Equal(expected, Assert.Throws<ModularException>(() => RenderTemplate("nope.html")).Message);
        Assert.Equal(expected, Assert.Throws<ModularException>(() => RenderTemplateString("x")).Message);
        Assert.Equal(expected, Assert.Throws<ModularException>(() => App(new() { Preload = true }).TestRequestContext("/")).Message);
        Assert.Equal(expected, Assert.Throws<ModularException>(() => App(new() { Engine = "liquid" }).TestRequestContext("/")).Message);
    }

    [Fact]
    public void An_application_without_templating_gets_the_same_error()
    {
        using var scope = new ModularApp().TestRequestContext("/");

        Assert.Equal(
            "No template engine is installed. Add the package Modular.Templating.Jinja and call app.UseJinja(), or the package Modular.Templating.Liquid and call app.UseLiquid(), or the package Modular.Templating.Handlebars and call app.UseHandlebars().",
            Assert.Throws<ModularException>(() => RenderTemplate("a.html")).Message);
    }

    [Fact]
    public void An_engine_plugin_without_templating_is_reported_with_the_line_to_write()
    {
        var app = new ModularApp();
        app.Use(new DollarPlugin());
        using var scope = app.TestRequestContext("/");

        Assert.Equal(
            "Example.Dollar provides the template engine \"dollar\", but templating isn't installed. Call app.UseTemplating() before app.Run() and before the first request.",
            Assert.Throws<ModularException>(() => RenderTemplate("a.dollar")).Message);
    }

    [Fact]
    public void Two_plugins_with_an_engine_of_one_name_are_refused()
    {
        var app = App();
        app.Use(new DollarPlugin()).Use(new DollarPlugin("Other.Dollar"));

        Assert.Equal("Example.Dollar and Other.Dollar claim the template engine \"dollar\". Install only one of them.", Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message);
    }

    [Fact]
    public void Options_may_be_given_before_or_after_the_engine()
    {
        _folder.Add("page.html", "{{ 'x' | upcase }}", "mine");
        var (before, after) = (App(new() { Folders = ["mine"] }), new ModularApp(new() { RootPath = _folder.Path }));
        before.UseLiquid();
        after.UseLiquid().UseTemplating(new() { Folders = ["mine"] });

        Assert.Equal(["X", "X"], new[] { before, after }.SelectMany(app => TemplateRenderer(app, "page.html")));
    }

    [Fact]
    public void Options_are_given_once_and_before_the_first_request()
    {
        var app = App(new() { Folders = ["mine"] });

        var twice = Assert.Throws<ModularException>(() => app.UseTemplating(new())).Message;
        app.TestRequestContext("/").Dispose();
        string[] late = [.. new Action[] { () => app.UseTemplating(new()), () => app.OnTemplateRendered((_, _) => { }), () => app.OnBeforeRenderTemplate((_, _) => { }) }
            .Select(call => Assert.Throws<ModularException>(call).Message)];

        Assert.Equal("app.UseTemplating was called with options twice, and an application has only one set of options. Set all options in one call.", twice);
        Assert.Equal(((string[])["UseTemplating", "OnTemplateRendered", "OnBeforeRenderTemplate"])
            .Select(word => $"app.{word} was called after the application had started. Call it before app.Run() and before the first request."), late);
    }

    [Fact]
    public void A_missing_template_is_reported_with_the_searched_folders()
    {
        _folder.Add("page.html", "x");
        var app = App(new() { Folders = ["templates", "more"] });
        app.UseLiquid();
        using var scope = app.TestRequestContext("/");
        var (first, second) = (Path.Combine(_folder.Path, "templates"), Path.Combine(_folder.Path, "more"));

        Assert.Equal($"There is no template \"pgae.html\". Did you mean \"page.html\"? Put it in one of: {first}, {second}.", Assert.Throws<TemplateNotFoundException>(() => RenderTemplate("pgae.html")).Message);
        Assert.Equal($"None of these templates exists: \"one\", \"two\". Put it in one of: {first}, {second}.", Assert.Throws<TemplateNotFoundException>(() => RenderTemplate(["one", "two"])).Message);
    }

    [Fact]
    public void An_unknown_engine_ends_the_start()
    {
        _folder.Add("page.html", "x");
        var app = App(new() { Engine = "jinja" });
        app.UseLiquid();

        var message = Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message;

        Assert.Equal("There is no template engine \"jinja\". Write one of: liquid.", message);
    }

    [Fact]
    public void Preloading_reports_every_mistake_at_the_start()
    {
        _folder.Add("good.html", "x").Add("bad.html", "{% if %}").Add("sub/worse.html", "{{ x");
        var app = App(new() { Preload = true });
        app.UseLiquid();

        var message = Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message;

        Assert.StartsWith("The application can't start, for 2 reasons.\n1. Template \"bad.html\", line 1, column 1: The tag \"if\" has no condition. ", message);
        Assert.Contains("2. Template \"sub/worse.html\", line 1, column 1: \"{{\" is never closed.", message);
    }

    [Fact]
    public void A_broken_template_that_is_fixed_works_without_a_restart()
    {
        _folder.Add("page.html", "{{ x");
        var app = App();
        app.UseLiquid();
        using var scope = app.TestRequestContext("/");

        Assert.Throws<TemplateException>(() => RenderTemplate("page.html"));
        _folder.Add("page.html", "{{ x }}");

        Assert.Equal("1", RenderTemplate("page.html", ("x", 1)).ToString());
    }

    [Fact]
    public async Task An_error_is_a_plain_500_in_production_and_shown_in_debug()
    {
        _folder.Add("page.html", "one\n{{ nope() }}");
        var (production, debug) = (App(), App());
        debug.Debug = true;
        debug.UseDebugger();
        foreach (var app in new[] { production, debug })
        {
            app.UseLiquid();
            app.Route("/", () => RenderTemplate("page.html"), endpoint: "index");
        }
        await using var client = production.TestClient(new() { PropagateExceptions = false });

        var page = (await client.GetAsync("/")).Text;
        await using var host = debug.Build(builder => Microsoft.AspNetCore.TestHost.WebHostBuilderExtensions.UseTestServer(builder.WebHost));
        await host.StartAsync();
        var shown = await Microsoft.AspNetCore.TestHost.HostBuilderTestServerExtensions.GetTestClient(host).GetStringOrErrorAsync("/");

        Assert.DoesNotContain("nope", page);
        Assert.DoesNotContain("page.html", page);
        Assert.Contains("line 2, column 1: There is no function", WebUtility.HtmlDecode(shown));
        Assert.Contains("{{ nope() }}", shown);
    }

    [Fact]
    public void Nothing_of_an_application_is_left_in_the_statics_of_DotLiquid()
    {
        _folder.Add("page.html", "{% assign x = v | mine %}{% capture y %}{{ x }}{% endcapture %}{% cycle y, 'b' %}");
        var app = App();
        app.UseLiquid();
        app.TemplateFilter("mine", (value, _) => value);
        using (app.TestRequestContext("/")) RenderTemplate("page.html", ("v", "<b>"));

        var foreign = DotLiquid.Template.Parse("{{ v }}{% capture y %}{{ v }}{% endcapture %}{{ y }}{% cycle v, 'b' %}").Render(DotLiquid.Hash.FromAnonymousObject(new { v = "<b>" }));

        Assert.Equal("<b><b><b>", foreign);
        Assert.Equal(typeof(DotLiquid.Tags.Capture), DotLiquid.Template.GetTagType("capture"));
        Assert.Null(DotLiquid.Template.GetValueTypeTransformer(typeof(string)));
        Assert.Null(DotLiquid.Template.GetSafeTypeTransformer(typeof(Markup)));
    }

    [Fact]
    public void A_third_party_engine_needs_two_small_classes()
    {
        _folder.Add("page.dollar", "<p>$name$ $url_for$</p>");
        var app = App();
        app.Use(new DollarPlugin());
        using var scope = app.TestRequestContext("/");

        Assert.Equal("<p>&lt;you&gt; </p>", RenderTemplate("page.dollar", ("name", "<you>"), ("url_for", null)).ToString());
    }

    [Fact]
    public async Task An_asynchronous_engine_requires_the_asynchronous_function()
    {
        _folder.Add("page.wait", "");
        var app = App();
        var done = new TaskCompletionSource();
        app.Use(new WaitingPlugin(done.Task));
        using var scope = app.TestRequestContext("/");

        Assert.Equal("Template \"page.wait\" belongs to an engine that renders asynchronously. Write await RenderTemplateAsync(…).", Assert.Throws<ModularException>(() => RenderTemplate("page.wait")).Message);
        var page = RenderTemplateAsync("page.wait");
        done.SetResult();
        Assert.Equal("waited", (await page).ToString());
    }

    ModularApp App(TemplateOptions? options = null) => new ModularApp(new() { RootPath = _folder.Path }).UseTemplating(options);

    static List<string> TemplateRenderer(ModularApp app, params string[] names)
    {
        using var scope = app.TestRequestContext("/");
        return [.. names.Select(name => RenderTemplate(name).ToString())];
    }

    [Fact]
    public void Mistakes_of_engines_are_in_the_report_of_the_start_with_their_plugins()
    {
        var app = App();
        app.Use(new DollarPlugin()).Use(new EnginePlugin("Acme.Euro", ("euro", ".euro"), ("cent", ".dollar"), ("cent", ".c"))).Use(new EnginePlugin("Acme.Pound", ("pound", "pound")));
        app.Use(new EnginePlugin("Acme.Yen", ("yen", ".Yen"), ("sen", ".s.en"), ("rin", ""))).Use(new EnginePlugin("Acme.Twice", ("twice", ".twice"))).Use(new EnginePlugin("Acme.Twice", ("twice", ".twice")));

        Assert.Equal(
            "The application can't start, for 7 reasons.\n" +
            "1. Acme.Twice is installed 2 times. Remove all calls but one.\n" +
            "2. Acme.Pound adds the template engine \"pound\" with the ending \"pound\", which isn't valid. Write a dot and lower-case letters, such as \".liquid\".\n" +
            "3. Acme.Yen adds the template engine \"yen\" with the ending \".Yen\", which isn't valid. Write a dot and lower-case letters, such as \".liquid\".\n" +
            "4. Acme.Yen adds the template engine \"sen\" with the ending \".s.en\", which isn't valid. Write a dot and lower-case letters, such as \".liquid\".\n" +
            "5. Acme.Yen adds the template engine \"rin\" with the ending \"\", which isn't valid. Write a dot and lower-case letters, such as \".liquid\".\n" +
            "6. Acme.Euro adds the template engine \"cent\" twice. Add it once.\n" +
            "7. Example.Dollar and Acme.Euro claim the ending \".dollar\" of templates. Install only one of them.",
            Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message);
    }

    sealed class EnginePlugin(string id, params (string Name, string Ending)[] engines) : IPlugin
    {
        public PluginManifest Manifest { get; } = new(id, core: "[0.1,1.0)");

        public void Install(PluginBuilder builder)
        {
            foreach (var (name, ending) in engines) builder.TemplateEngine(name, [ending], _ => new DollarEngine());
        }
    }

    sealed class DollarPlugin(string id = "Example.Dollar") : IPlugin
    {
        public PluginManifest Manifest { get; } = new(id, core: "[0.1,1.0)");

        public void Install(PluginBuilder builder) => builder.TemplateEngine("dollar", [".dollar"], _ => new DollarEngine());
    }

    sealed class DollarEngine : ITemplateEngine
    {
        public ITemplate Compile(TemplateSource source) => new DollarTemplate(source.Text.Split('$'));
    }

    sealed class DollarTemplate(string[] pieces) : ITemplate
    {
        public ValueTask RenderAsync(TemplateRender render)
        {
            for (var i = 0; i < pieces.Length; i++)
                if (i % 2 == 0) render.Output.Write(pieces[i]);
                else if (render.Values.TryGet(pieces[i], out var value)) render.Output.WriteValue(value);
            return default;
        }
    }

    sealed class WaitingPlugin(Task done) : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Example.Waiting", core: "[0.1,1.0)");

        public void Install(PluginBuilder builder) => builder.TemplateEngine("waiting", [".wait"], _ => new WaitingEngine(done));
    }

    sealed class WaitingEngine(Task done) : ITemplateEngine, ITemplate
    {
        public ITemplate Compile(TemplateSource source) => this;

        public async ValueTask RenderAsync(TemplateRender render)
        {
            await done;
            render.Output.Write("waited");
        }
    }
}

static class ClientExtensions
{
    internal static async Task<string> GetStringOrErrorAsync(this HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
