namespace Modular.Templating.Tests;

/// <summary>Unsupported Liquid syntax is reported when a template is compiled, with what to write instead.</summary>
public sealed class LiquidSyntaxTests : IDisposable
{
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{% if not x %}{% endif %}", "Liquid has no \"not\". Write {% unless value %}, or compare: value == false.")]
    [InlineData("{% if x and not y %}{% endif %}", "Liquid has no \"not\". Write {% unless value %}, or compare: value == false.")]
    [InlineData("{% unless not x %}{% endunless %}", "Liquid has no \"not\". Write {% unless value %}, or compare: value == false.")]
    [InlineData("{% if !x %}{% endif %}", "Liquid has no \"!\". Write {% unless value %}, or compare: value == false.")]
    [InlineData("{% if (a or b) and c %}{% endif %}", "Liquid has no parentheses in conditions. Nest two tags, or assign a part first.")]
    [InlineData("{% if a and (b or c) %}{% endif %}", "Liquid has no parentheses in conditions. Nest two tags, or assign a part first.")]
    [InlineData("{% if (a) %}{% endif %}", "Liquid has no parentheses in conditions. Nest two tags, or assign a part first.")]
    [InlineData("{% if a %}{% elsif (b == 1) %}{% endif %}", "Liquid has no parentheses in conditions. Nest two tags, or assign a part first.")]
    [InlineData("{% if url_for('x') %}{% endif %}", "Liquid has no calls in \"if\". Write {% assign value = url_for(…) %} before it, and use the value here.")]
    [InlineData("{% if x == url_for('x') %}{% endif %}", "Liquid has no calls in \"if\". Write {% assign value = url_for(…) %} before it, and use the value here.")]
    [InlineData("{% unless f(1) %}{% endunless %}", "Liquid has no calls in \"unless\". Write {% assign value = f(…) %} before it, and use the value here.")]
    [InlineData("{% if a %}{% elsif f(1) %}{% endif %}", "Liquid has no calls in \"elsif\". Write {% assign value = f(…) %} before it, and use the value here.")]
    [InlineData("{% case f(1) %}{% endcase %}", "Liquid has no calls in \"case\". Write {% assign value = f(…) %} before it, and use the value here.")]
    [InlineData("{% case x %}{% when f(1) %}{% endcase %}", "Liquid has no calls in \"when\". Write {% assign value = f(…) %} before it, and use the value here.")]
    [InlineData("{% for x in get(1) %}{% endfor %}", "Liquid has no calls in \"for\". Write {% assign value = get(…) %} before it, and use the value here.")]
    [InlineData("{% for x in (1..f(2)) %}{% endfor %}", "Liquid has no calls in \"for\". Write {% assign value = f(…) %} before it, and use the value here.")]
    [InlineData("{% for x in list limit: f(2) %}{% endfor %}", "Liquid has no calls in \"for\". Write {% assign value = f(…) %} before it, and use the value here.")]
    [InlineData("{% tablerow x in get(1) %}{% endtablerow %}", "Liquid has no calls in \"tablerow\". Write {% assign value = get(…) %} before it, and use the value here.")]
    [InlineData("{% if a && b %}{% endif %}", "Liquid has no \"&&\". Write \"and\".")]
    [InlineData("{% if a || b %}{% endif %}", "Liquid has no \"||\". Write \"or\".")]
    [InlineData("{% if a | size > 1 %}{% endif %}", "Liquid has no filters in conditions. Write {% assign value = … | filter %} before it, and compare the value.")]
    [InlineData("{% if a > b | size %}{% endif %}", "Liquid has no filters in conditions. Write {% assign value = … | filter %} before it, and compare the value.")]
    [InlineData("{% if a is none %}{% endif %}", "Liquid has no \"is\". Write \"==\".")]
    [InlineData("{% if a in b %}{% endif %}", "Liquid has no \"in\" in conditions. Write {% if items contains item %}.")]
    [InlineData("{% if a not in b %}{% endif %}", "Liquid has no \"in\" in conditions. Write {% if items contains item %}.")]
    [InlineData("{% if a = b %}{% endif %}", "\"= b\" isn't valid here. Write one of ==, !=, <, >, <=, >=, contains, and, or.")]
    [InlineData("{% if a === b %}{% endif %}", "\"=== b\" isn't valid here. Write one of ==, !=, <, >, <=, >=, contains, and, or.")]
    [InlineData("{% if a + 1 > b %}{% endif %}", "\"+ 1 > b\" isn't valid here. Write one of ==, !=, <, >, <=, >=, contains, and, or.")]
    [InlineData("{% if a == 1 b %}{% endif %}", "\"b\" isn't valid here. Write one of ==, !=, <, >, <=, >=, contains, and, or.")]
    [InlineData("{% if a == %}{% endif %}", "A value is missing at the end.")]
    [InlineData("{% if a and %}{% endif %}", "A value is missing at the end.")]
    [InlineData("{% if %}{% endif %}", "The tag \"if\" has no condition. Write {% if value %}.")]
    [InlineData("{% if a %}{% elsif %}{% endif %}", "The tag \"elsif\" has no condition. Write {% elsif value %}.")]
    [InlineData("{% if a %}{% else if b %}{% endif %}", "\"else\" has a condition. Write {% elsif b %}.")]
    [InlineData("{% for a in b %}{% else c %}{% endfor %}", "\"else\" has a condition. Write {% else %}.")]
    [InlineData("{% if a %}{% elif b %}{% endif %}", "There is no tag \"elif\" here. Did you mean \"elsif\"? Use one of assign, block, break, capture, case, comment, continue, cycle, decrement, extends, for, if, ifchanged, include, increment, literal, raw, tablerow, unless.")]
    [InlineData("{% if a %}{% else %}{% elsif b %}{% endif %}", "\"elsif\" follows \"else\". Write \"else\" once, as the last branch.")]
    [InlineData("{% if a %}{% else %}{% else %}{% endif %}", "\"else\" follows \"else\". Write \"else\" once, as the last branch.")]
    [InlineData("{% else %}", "\"else\" is outside its tag. Write it between {% if value %} and {% endif %}, or before the end of unless, case or for.")]
    [InlineData("{% capture a %}{% else %}{% endcapture %}", "\"else\" is outside its tag. Write it between {% if value %} and {% endif %}, or before the end of unless, case or for.")]
    [InlineData("{% if a %}{% when 1 %}{% endif %}", "\"when\" is outside \"case\". Write it between {% case value %} and {% endcase %}.")]
    [InlineData("{% for a in b %}{% elsif c %}{% endfor %}", "\"elsif\" is outside its tag. Write it between {% if value %} and {% endif %}.")]
    [InlineData("{% case a %}text{% when 1 %}{% endcase %}", "There is content between \"case\" and its first \"when\", where it isn't written. Move it into a \"when\".")]
    [InlineData("{% case %}{% endcase %}", "\"case\" has no value. Write {% case value %}.")]
    [InlineData("{% case a %}{% when %}{% endcase %}", "\"when\" has no value. Write {% when 'a', 'b' %}.")]
    [InlineData("{% for k, v in d %}{% endfor %}", "\"for\" has two variables, and a loop in Liquid has only one. Write {% for pair in d %}, and pair[0] and pair[1] inside it.")]
    [InlineData("{% for k, v in d.items %}{% endfor %}", "\"for\" has two variables, and a loop in Liquid has only one. Write {% for pair in d.items %}, and pair[0] and pair[1] inside it.")]
    [InlineData("{% for x %}{% endfor %}", "\"for\" has no \"in\" after \"x\". Write {% for item in items %}.")]
    [InlineData("{% for %}{% endfor %}", "\"for\" has no variable. Write {% for item in items %}.")]
    [InlineData("{% for x in a offset: continue %}{% endfor %}", "\"offset: continue\" continues an earlier loop, and there is no loop over \"a\" with the variable \"x\" before it. Write that loop first, or use another offset.")]
    [InlineData("{% for y in a %}{% endfor %}{% for x in a offset: continue %}{% endfor %}", "\"offset: continue\" continues an earlier loop, and there is no loop over \"a\" with the variable \"x\" before it. Write that loop first, or use another offset.")]
    [InlineData("{% for x in a limt: 2 %}{% endfor %}", "\"for\" has no option \"limt\". Did you mean \"limit\"? Write one of limit, offset.")]
    [InlineData("{% for x in a limit: 2 limit: 3 %}{% endfor %}", "\"for\" has the option \"limit\" twice. Remove one of them.")]
    [InlineData("{% for x in a if x %}{% endfor %}", "\"if x\" isn't valid here. Remove it, or write \"|\" or a comma before it.")]
    [InlineData("{% for x in a | sort %}{% endfor %}", "\"| sort\" isn't valid here. Remove it, or write \"|\" or a comma before it.")]
    [InlineData("{% tablerow x in a columns: 2 %}{% endtablerow %}", "\"tablerow\" has no option \"columns\". Write one of cols, limit, offset.")]
    [InlineData("{{ a + 1 }}", "\"+ 1\" isn't valid here. Liquid uses filters for arithmetic: write {{ a | plus: b }}, minus, times, divided_by, modulo or append.")]
    [InlineData("{{ a | upcas }}", "There is no filter \"upcas\". Did you mean \"upcase\"? Write one that exists, or add it: app.TemplateFilter(\"upcas\", …).")]
    [InlineData("{{ a | jion: ',' }}", "There is no filter \"jion\". Did you mean \"join\"? Write one that exists, or add it: app.TemplateFilter(\"jion\", …).")]
    [InlineData("{{ a | xyzzy }}", "There is no filter \"xyzzy\". Write one that exists, or add it: app.TemplateFilter(\"xyzzy\", …).")]
    [InlineData("{% assgn a = 1 %}", "There is no tag \"assgn\" here. Did you mean \"assign\"? Use one of assign, block, break, capture, case, comment, continue, cycle, decrement, extends, for, if, ifchanged, include, increment, literal, raw, tablerow, unless.")]
    [InlineData("{% set a = 1 %}", "There is no tag \"set\" here. Did you mean \"assign\"? Use one of assign, block, break, capture, case, comment, continue, cycle, decrement, extends, for, if, ifchanged, include, increment, literal, raw, tablerow, unless.")]
    public void It_is_found_by_preloading(string template, string problem)
    {
        _folder.Add("page.html", $"a\n {template}");
        var app = new ModularApp(new() { RootPath = _folder.Path }).UseTemplating(new() { Preload = true });
        app.UseLiquid();

        var message = Assert.Throws<ModularException>(() => app.TestRequestContext("/").Context).Message;

        var place = message[..message.IndexOf('\n')];
        Assert.StartsWith("Template \"page.html\", line 2, column ", place);
        Assert.EndsWith($": {problem}", place);
    }

    [Theory]
    [InlineData("{{ 'x' | first: 1 }}", "The filter \"first\" takes 0 arguments at most but got 1. Remove some of them.")]
    [InlineData("{{ 'x' | truncate: length=5 }}", "The filter \"truncate\" takes no named argument but got \"length\". Write only the value after the colon.")]
    [InlineData("{{ list | map }}", "The filter \"map\" needs the name of a property. Write it after a colon.")]
    [InlineData("{{ list | concat: 'x' }}", "The filter \"concat\" needs a list after its colon. Write {{ list | concat: other_list }}.")]
    [InlineData("{{ 'x' | date }}", "The filter \"date\" needs a format. Write it after a colon, such as {{ day | date: '%Y-%m-%d' }}.")]
    [InlineData("{% for x in list limit: 'x' %}{% endfor %}", "\"for\" for its \"limit\" needs an integer but got \"x\". Write an integer, or a variable with an integer.")]
    public void A_value_that_a_filter_or_a_loop_cannot_use_is_reported(string template, string problem)
    {
        var app = new ModularApp(new() { RootPath = _folder.Path });
        app.UseLiquid();
        using var scope = app.TestRequestContext("/");

        Assert.Equal(problem, Assert.Throws<TemplateException>(() => RenderTemplateString(template, ("list", new[] { 1 }))).Problem);
    }
}

/// <summary>The same for Handlebars.</summary>
public sealed class HandlebarsSyntaxTests : IDisposable
{
    const string Stray = "\"else\" is outside a block. Write it inside a block with a condition or a list, such as {{#each items}}.";
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{{else}}", Stray)]
    [InlineData("{{^}}", Stray)]
    [InlineData("{{~ else ~}}", Stray)]
    [InlineData("{{else if x}}", Stray)]
    [InlineData("{{#if x}}{{/if}}{{else}}", Stray)]
    [InlineData("{{#> frame.html}}{{else}}{{/frame.html}}", Stray)]
    [InlineData("{{#*inline \"a\"}}{{else}}{{/inline}}", Stray)]
    [InlineData("{{#if x}}{{else}}{{else}}{{/if}}", "\"else\" follows another \"else\" of the block \"if\". Write a plain \"else\" once, as the last branch.")]
    [InlineData("{{#if x}}{{else}}{{else if y}}{{/if}}", "\"else\" follows another \"else\" of the block \"if\". Write a plain \"else\" once, as the last branch.")]
    [InlineData("{{#each x}}{{^}}{{else}}{{/each}}", "\"else\" follows another \"else\" of the block \"each\". Write a plain \"else\" once, as the last branch.")]
    [InlineData("{{#each (nosuch)}}{{/each}}", "There is no helper \"nosuch\". Write the name of a helper, or add it: app.TemplateFunction(\"nosuch\", …).")]
    [InlineData("{{#if (nosuch)}}{{/if}}", "There is no helper \"nosuch\". Write the name of a helper, or add it: app.TemplateFunction(\"nosuch\", …).")]
    [InlineData("{{#if x}}{{else if ( nosuch )}}{{/if}}", "There is no helper \"nosuch\". Write the name of a helper, or add it: app.TemplateFunction(\"nosuch\", …).")]
    [InlineData("{{escape (eq (nosuch) 1)}}", "There is no helper \"nosuch\". Write the name of a helper, or add it: app.TemplateFunction(\"nosuch\", …).")]
    [InlineData("{{> frame.html row=(nosuch)}}", "There is no helper \"nosuch\". Write the name of a helper, or add it: app.TemplateFunction(\"nosuch\", …).")]
    [InlineData("{{#list as |x|}}{{x}}{{/list}}", "Only the blocks \"each\" and \"with\" can name their items. Write {{#each list as |x|}}.")]
    [InlineData("{{url_fro 'x'}}", "There is no helper \"url_fro\". Did you mean \"url_for\"? Write the name of a helper, or add it: app.TemplateFunction(\"url_fro\", …).")]
    [InlineData("{{#nosuch x}}{{/nosuch}}", "There is no helper \"nosuch\". Write the name of a helper, or add it: app.TemplateFunction(\"nosuch\", …).")]
    public void A_name_that_would_be_empty_is_found_by_preloading(string template, string problem)
    {
        _folder.Add("page.html", $"a\n {template}").Add("frame.html", "{{> @partial-block}}");
        var app = new ModularApp(new() { RootPath = _folder.Path }).UseTemplating(new() { Preload = true });
        app.UseHandlebars();

        var message = Assert.Throws<ModularException>(() => app.TestRequestContext("/").Context).Message;

        var place = message[..message.IndexOf('\n')];
        Assert.StartsWith("Template \"page.html\", line 2, column ", place);
        Assert.EndsWith($": {problem}", place);
    }

    [Theory]
    [InlineData("{{#if no}}a{{else if v}}b{{else}}c{{/if}}", "b")]
    [InlineData("{{#each none}}a{{else}}b{{/each}}{{#each none}}a {{~^~}} b{{/each}}{{#each list}}{{this}}{{^}}b{{/each}}", "bb123")]
    [InlineData("{{^no}}a{{else}}b{{/no}}{{#with no}}a{{else}}b{{/with}}", "ab")]
    [InlineData("{{#if (eq v \"(nosuch)\")}}a{{else}}b{{/if}} \\{{else}}", "b {{else}}")]
    [InlineData("{{#each this}}{{@key}} {{/each}}", "v list none no ")]
    public void Valid_templates_still_work(string template, string expected)
    {
        using var scope = App().TestRequestContext("/");

        Assert.Equal(expected, RenderTemplateString(template, ("v", "x"), ("list", new[] { 1, 2, 3 }), ("none", Array.Empty<int>()), ("no", false)).ToString());
    }

    [Theory]
    [InlineData("{{this}}")]
    [InlineData("{{{this}}}")]
    [InlineData("{{@root}}")]
    [InlineData("{{#each list}}{{@root}}{{/each}}")]
    [InlineData("{{escape this}}")]
    [InlineData("{{tojson this}}")]
    [InlineData("{{> part.html x=1}}")]
    public void The_page_itself_is_not_text(string template)
    {
        _folder.Add("part.html", "{{this}}");
        using var scope = App().TestRequestContext("/");

        Assert.Equal("A template wrote all values of the page at once. Write the name of one value.",
            Assert.Throws<TemplateException>(() => RenderTemplateString(template, ("list", new[] { 1 }))).Problem);
    }

    [Fact]
    public void Helpers_compare_by_value_too()
    {
        using var scope = App().TestRequestContext("/");

        Assert.Equal("true false true true false true false", RenderTemplateString("{{eq 2 two}} {{eq 2 half}} {{eq two '2'}} {{lt nine 10}} {{eq 15 '1,5'}} {{eq day 'x'}} {{eq a b}}".Replace("{{eq day 'x'}}", "{{eq day same}}"),
            ("two", 2.0), ("half", 2.5m), ("nine", 9.99), ("day", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc)), ("same", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            ("a", new List<int> { 1 }), ("b", new List<int> { 2 })).ToString());
    }

    ModularApp App()
    {
        var app = new ModularApp(new() { RootPath = _folder.Path });
        app.UseHandlebars();
        return app;
    }
}
