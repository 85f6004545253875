using Fluid.Values;
using Modular;
using Modular.Templating;
using Modular.Testing;
using Modular.Testing.Conformance;
using Xunit;
using static Modular.Templating.TemplatingFunctions;

namespace Acme.Templating.Fluid.Tests;

public sealed class FluidTests : IDisposable
{
    static EngineConformance Engine => new(new FluidDialect());

    // Fluid reads properties by reflection, so the plugin isn't marked as trimmable.
    static PluginConformance Plugin => new(app => app.UseFluid())
    {
        With = [app => app.UseTemplating()],
        Id = "Acme.Templating.Fluid",
        Assembly = typeof(FluidPlugin).Assembly,
        IsTrimmable = false,
        Uses = app => app.Get("/page", context => RenderTemplateString("{{ request.args.marker }}"), endpoint: "page"),
        Paths = ["/page"],
    };

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acme-fluid-");

    public static TheoryData<string> EngineChecks => [.. Engine.Checks.Select(check => check.Name)];

    public static TheoryData<string> PluginChecks => [.. Plugin.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(EngineChecks))]
    public async Task It_keeps_the_promise_of_every_engine(string check) => await Engine.RunAsync(check, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(PluginChecks))]
    public async Task It_keeps_the_promise_of_every_plugin(string check) => await Plugin.RunAsync(check, TestContext.Current.CancellationToken);

    [Fact]
    public void Fluid_includes_with_its_own_tags_what_the_library_finds()
    {
        var page = Page(
            ("page.html", "{% include 'row.html' for names as name %}{% render 'row.html', name: 'r' %}{% from 'macros.html' import twice %}{{ twice('m') }}"),
            ("row.html", "<b>{{ name }}</b>"), ("macros.html", "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}"));

        Assert.Equal("<b>a</b><b>&lt;</b><b>r</b>mm", page(("names", new[] { "a", "<" })));
    }

    [Fact]
    public void An_included_page_has_its_own_layout()
    {
        var page = Page(
            ("page.html", "{% extends 'base.html' %}{% assign who = 'page' %}text outside of blocks{% block content %}{{ who }}, {% include 'card.html' %}{% endblock %}"),
            ("base.html", "<main>{% block content %}{% endblock %}</main>{% block foot %}foot{% endblock %}"),
            ("card.html", "{% extends 'frame.html' %}{% block content %}card{% endblock %}"), ("frame.html", "[{% block content %}-{% endblock %}{% block foot %}.{% endblock %}]"));

        Assert.Equal("<main>page, [card.]</main>foot", page());
    }

    [Fact]
    public void An_error_has_the_included_template_and_its_place()
    {
        var page = Page(("page.html", "{% include 'part.html' %}"), ("part.html", "a\n{{ 'x' | nothing }}\n"));
        var mistake = Page(("wrong.html", "{% include 'broken.html' %}"), ("broken.html", "a\nb {% for %}\n"));

        var error = Assert.Throws<TemplateException>(() => page());
        var inner = Assert.Throws<TemplateException>(() => mistake());

        Assert.Equal(("part.html", 2, "Undefined filter 'nothing'"), (error.Template, error.Line, error.Problem));
        Assert.Contains("> 2 | {{ 'x' | nothing }}", error.Message);
        Assert.Equal(("broken.html", 2), (inner.Template, inner.Line));
    }

    [Fact]
    public void A_range_and_a_macro_that_calls_itself_have_limits()
    {
        var range = Page(("page.html", "{% for i in (1..2000000000) %}{% endfor %}"));
        var rows = Page(("rows.html", "{% tablerow i in (1..n) %}{% endtablerow %}"));
        var macro = Page(("macro.html", "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}"));

        Assert.Contains("has run more than 1000000 loop iterations.", Assert.Throws<TemplateLimitException>(() => range()).Message);
        Assert.Throws<TemplateLimitException>(() => rows(("n", 2_000_000_000)));
        Assert.Equal("macro.html", Assert.Throws<TemplateException>(() => macro()).Template);
    }

    [Theory]
    [InlineData("{{ v | json }}")]
    [InlineData("{{ 'text {0}' | format_string: v }}")]
    [InlineData("{{ v | append: 'x' }}")]
    [InlineData("{{ 'x' | split: ' ' | push: v | join: ' ' }}")]
    public void Filters_of_Fluid_write_no_runtime_objects(string template)
    {
        var page = Page(("page.html", template));

        Assert.DoesNotContain("secret", Assert.Throws<TemplateException>(() => page(("v", new InvalidOperationException("secret")))).Message);
    }

    [Theory]
    [InlineData("{% if a == 1 and b == 'x' and c > 1.25 and c <= 1.5 %}yes{% endif %}", "yes")]
    [InlineData("{% if none == blank and list != empty and nothing == nil %}yes{% endif %}", "yes")]
    [InlineData("{% if list contains 'l' and b contains 'x' and dict contains 'k' %}yes{% endif %}", "yes")]
    [InlineData("{{ a | plus: 1 }} {{ c | times: 2 }} {{ list | size }} {{ list | sort | join: '-' }}", "2 3.0 2 l-m")]
    [InlineData("{{ day | date: '%Y-%m-%d' }} {{ huge }}", "2026-03-07 1E+300")]
    [InlineData("{{ markup }}{{ markup | upcase }}", "<b>&lt;B&gt;")]
    public void Values_are_those_of_every_engine_and_work_in_the_filters_of_Fluid(string template, string expected)
    {
        var page = Page(("page.html", template));

        Assert.Equal(expected, page(("a", 1), ("b", "x"), ("c", 1.5), ("none", " "), ("list", new[] { "m", "l" }), ("huge", 1e300), ("markup", new Markup("<b>")),
            ("dict", new Dictionary<string, object?> { ["k"] = 1 }), ("day", new DateTime(2026, 3, 7))));
    }

    [Fact]
    public async Task An_asynchronous_filter_needs_an_asynchronous_page()
    {
        var app = App(new() { Configure = options => options.Filters.AddFilter("later", async (input, _, _) => { await Task.Yield(); return new StringValue($"{input.ToStringValue()}!"); }) },
            ("page.html", "{{ v | later }} {% include 'part.html' %}"), ("part.html", "{% capture x %}{{ v | later }}{% endcapture %}{{ x }}"));
        app.Get("/", async () => await RenderTemplateAsync("page.html", ("v", "<")), endpoint: "index");
        app.Get("/sync", () => RenderTemplate("page.html", ("v", "<")), endpoint: "sync");
        app.Get("/stream", () => StreamTemplate("page.html", ("v", "<")), endpoint: "stream");
        app.ErrorHandler<ModularException>(error => error.Message);
        await using var client = app.TestClient();

        Assert.Equal("&lt;! &lt;!", (await client.GetAsync("/")).Text);
        Assert.Equal("&lt;! &lt;!", (await client.GetAsync("/stream")).Text);
        Assert.Contains("belongs to an engine that renders asynchronously. Write await RenderTemplateAsync(…).", (await client.GetAsync("/sync")).Text);
    }

    [Fact]
    public void It_works_beside_another_engine_by_its_file_extension()
    {
        var page = Page(("page.fluid", "{{ v | plus: 1 }}"), ("page.html", "{% include 'page.fluid' %}"));

        Assert.Equal("2", page(("v", 1)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    ModularApp App(FluidOptions? options, params (string Name, string Text)[] templates)
    {
        var files = Directory.CreateDirectory(Path.Combine(_folder.FullName, "templates"));
        foreach (var (name, text) in templates) File.WriteAllText(Path.Combine(files.FullName, name), text);
        var app = new ModularApp(new() { RootPath = _folder.FullName });
        app.UseFluid(options);
        return app;
    }

    delegate string Rendered(params (string Name, object? Value)[] values);

    // Renders the first template.
    Rendered Page(params (string Name, string Text)[] templates)
    {
        var app = App(null, templates);
        return values =>
        {
            using var scope = app.TestRequestContext("/");
            return RenderTemplate(templates[0].Name, values).ToString();
        };
    }
}
