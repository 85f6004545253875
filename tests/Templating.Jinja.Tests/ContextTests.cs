namespace Modular.Templating.Jinja.Tests;

/// <summary>What a page sees of the application, as in Flask.</summary>
public sealed class ContextTests
{
    [Fact]
    public async Task A_page_sees_the_request_the_session_g_the_settings_and_the_flashed_messages()
    {
        await using var app = App();
        app.Config["Site:Name"] = "Modular";
        using var scope = app.TestRequestContext("/path?a=1", headers: [("X-One", "<1>")]);
        Current.Session["user"] = "ann";
        Current.G["color"] = "<green>";
        Flash("done", "info");

        Assert.Equal("GET /path 1 none &lt;1&gt;", Page("{{ request.method }} {{ request.path }} {{ request.args['a'] }} {{ request.args.get('b', 'none') }} {{ request.headers['X-One'] }}"));
        Assert.Equal("ann ann anonymous", Page("{{ session['user'] }} {{ session.user }} {{ session.get('name', 'anonymous') }}"));
        Assert.Equal("&lt;green&gt; none", Page("{{ g.color }} {{ g.get('size', 'none') }}"));
        Assert.Equal("Modular", Page("{{ config['Site'].Name }}"));
        Assert.Equal("info: done;", Page("{% for category, message in get_flashed_messages(with_categories=true) %}{{ category }}: {{ message }};{% endfor %}"));
    }

    [Fact]
    public async Task Addresses_are_built_with_url_for()
    {
        await using var app = App();
        app.Route("/user/<name>", (string name) => name, endpoint: "user");
        using var scope = app.TestRequestContext("/");

        Assert.Equal("/user/John%20Doe?page=2 /user/x?a=%26#end", Page("{{ url_for('user', name='John Doe', page=2) }} {{ url_for('user', name='x', a='&', _anchor='end') }}").Replace("&amp;", "&", StringComparison.Ordinal));
        Assert.Equal("http://localhost/user/x", Page("{{ url_for('user', name='x', _external=true) }}"));
    }

    [Fact]
    public async Task An_application_adds_tests_filters_functions_globals_and_context_processors()
    {
        await using var app = App();
        app.TemplateTest("longer_than", (value, arguments) => $"{value}".Length > arguments.Get(0, "length", 0));
        app.TemplateFilter("shout", (value, _) => $"{value}!");
        app.TemplateFunction("twice", (_, arguments) => $"{arguments.Positional[0]}{arguments.Positional[0]}");
        app.TemplateGlobal("version", _ => "1.2");
        app.ContextProcessor(_ => [("processed", "yes")]);
        using var scope = app.TestRequestContext("/");

        Assert.Equal("True False &lt;!&lt;! 1.2 yes", Page("{{ 'abc' is longer_than(2) }} {{ 'abc' is longer_than 3 }} {{ twice('<'|shout) }} {{ version }} {{ processed }}"));
        Assert.Equal("['abc']", Page("{{ ['a', 'abc']|select('longer_than', 1)|list }}").Replace("&#39;", "'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_expression_reads_values_of_many_types()
    {
        await using var app = App();
        using var scope = app.TestRequestContext("/");
        object?[] values =
        [
            new { Upper = "object" }, "text", new Markup("<b>"), new { Upper = 1 }, new Dictionary<string, object?> { ["upper"] = "entry" },
            new Row("row"), new Row("other"),
        ];

        var page = RenderTemplateString("{% for _ in [1, 2] %}{% for value in values %}{{ value.upper if value.upper is not callable else value.upper() }},{% endfor %}{% endfor %}", ("values", values)).ToString();

        const string Once = "object,TEXT,<B>,1,entry,row,other,";
        Assert.Equal(Once + Once, page);
    }

    sealed record Row(string Upper);

    [Fact]
    public async Task A_page_escapes_and_plain_text_does_not()
    {
        await using var app = App(("page.html", "{{ v }}"), ("mail.txt", "{{ v }}"), ("inner.xml", "{{ v }}"));
        using var scope = app.TestRequestContext("/");

        Assert.Equal("&lt;", RenderTemplate("page.html", ("v", "<")).ToString());
        Assert.Equal("&lt;", RenderTemplate("inner.xml", ("v", "<")).ToString());
        Assert.Equal("<", RenderText("mail.txt", ("v", "<")));
    }

    [Fact]
    public async Task A_page_awaits_the_tasks_among_its_values()
    {
        await using var app = App(("page.html", "{{ user.name }} {{ count }} {{ done() }} {{ box.inner }} {% for x in items %}{{ x }}{% endfor %}"), ("late.html", "{{ late() }}"));
        app.TemplateFunction("done", (_, _) => Task.FromResult("function"));
        app.TemplateFunction("late", (_, _) => new TaskCompletionSource<int>().Task);
        using var scope = app.TestRequestContext("/");
        (string, object?)[] values =
        [
            ("user", Later<object?>(new Dictionary<string, object?> { ["name"] = "ann" })), ("count", Later(3)),
            ("box", new { Inner = Task.FromResult<object?>("member") }), ("items", Later(new[] { 1, 2 })),
        ];

        Assert.Equal("ann 3 function member 12", (await RenderTemplateAsync("page.html", values)).ToString());
        var error = Assert.ThrowsAny<ModularException>(() => RenderTemplate("page.html", ("user", "x"), ("count", Later(3))));
        Assert.Contains("Await it in the view", error.Message, StringComparison.Ordinal);
        var pending = await Assert.ThrowsAnyAsync<ModularException>(async () => await RenderTemplateAsync("late.html"));
        Assert.Contains("Await it in the view", pending.Message, StringComparison.Ordinal);
    }

    static async Task<T> Later<T>(T value)
    {
        await Task.Yield();
        return value;
    }

    [Theory]
    [InlineData("{{ greetin }}{{ greeting() }}", "'greeting' is undefined")]
    [InlineData("a\n{{ url_fo('x') }}", "Template \"<string>\", line 2, column 4: 'url_fo' is undefined. Did you mean \"url_for\"?…> 2 | {{ url_fo('x') }}")]
    [InlineData("\n\n  {{ 'a'|uper }}", "Template \"<string>\", line 3, column 10: No filter named 'uper'. Did you mean \"upper\"?…> 3 |   {{ 'a'|uper }}")]
    [InlineData("{{ 1 is od }}", "No test named 'od'. Did you mean \"odd\"?")]
    [InlineData("{% fro x in y %}", "There is no statement \"fro\". Did you mean \"for\"?")]
    [InlineData("{% if a %}\n{% for x in y %}\n", "line 2, column 1: The statement \"for\" isn't closed. Write {% else %} or {% endfor %} at its end.")]
    public async Task An_error_names_the_template_the_place_and_a_name_that_is_near(string template, string expected)
    {
        await using var app = App();
        using var scope = app.TestRequestContext("/");

        var error = Assert.ThrowsAny<ModularException>(() => Page(template));

        Assert.All(expected.Split('…'), part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{% for a in range(100000000) %}{% endfor %}", "loop iterations")]
    [InlineData("{{ 'x' * 100000000000 }}", "characters")]
    [InlineData("{{ [1] * 100000000 }}", "loop iterations")]
    [InlineData("{{ range(10**15)|list }}", "loop iterations")]
    [InlineData("{{ 10**(10**10) }}", "is larger than 65536 bits")]
    [InlineData("{{ '%999999999d'|format(1) }}", "characters")]
    [InlineData("{{ '{:999999999}'.format(1) }}", "characters")]
    [InlineData("{{ 'a'|center(999999999) }}", "characters")]
    [InlineData("{{ 'a'.ljust(999999999) }}{{ 'a'.zfill(999999999) }}", "characters")]
    [InlineData("{{ 'a\\n'|indent(999999999) }}", "characters")]
    [InlineData("{{ lipsum(100000000) }}", "characters")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "nested")]
    [InlineData("{% for x in [[]] recursive %}{{ loop([[]]) }}{% endfor %}", "nested")]
    [InlineData("{% block a %}{{ self.a() }}{% endblock %}", "nested")]
    [InlineData("{% set x = ['a'] %}{% for i in range(100) %}{% set x = x + x %}{% endfor %}{% set ns = namespace(x=['a']) %}{% for i in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}", "loop iterations")]
    [InlineData("{% set ns = namespace(x=[]) %}{% for i in range(2000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}", "nested")]
    public async Task A_template_has_limits(string template, string expected)
    {
        await using var app = App();
        using var scope = app.TestRequestContext("/");

        var error = Assert.ThrowsAny<ModularException>(() => Page(template));

        Assert.IsType<TemplateLimitException>(error);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    static ModularApp App(params (string Name, string Text)[] templates)
    {
        var folder = Directory.CreateTempSubdirectory("modular-jinja-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        foreach (var (name, text) in templates) File.WriteAllText(Path.Combine(folder, "templates", name), text);
        var app = new ModularApp(new() { RootPath = folder });
        app.UseSessions(new() { SecretKey = "a key for the tests of Jinja" });
        app.UseFlash();
        app.UseJinja();
        return app;
    }

    static string Page(string template) => RenderTemplateString(template).ToString();
}
