namespace Modular.Templating.Tests;

/// <summary>Errors have the template, line and column, and the surrounding lines.</summary>
public sealed class LiquidErrorTests : IDisposable
{
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a\n  {% if x %}\nb", 2, 3, "The tag \"if\" is never closed. Write {% endif %} at its end.")]
    [InlineData("a\n  {% for x in y %}{% if x %}{% endif %}\nb", 2, 3, "The tag \"for\" is never closed. Write {% endfor %} at its end.")]
    [InlineData("a\n {% raw %}", 2, 2, "The tag \"raw\" is never closed. Write {% endraw %} at its end.")]
    [InlineData("a\n\n{{ x", 3, 1, "\"{{\" is never closed. Write \"}}\" after it, and close every quote before it.")]
    [InlineData("{% if x %}\n{% endfor %}", 2, 1, "\"endfor\" closes a tag that isn't open. Write {% endif %} here, or remove it.")]
    [InlineData("{% endif %}", 1, 1, "\"endif\" closes a tag that isn't open. Remove it.")]
    [InlineData("a\nb {% nope %}", 2, 3, "There is no tag \"nope\" here. Use one of assign, block, break, capture, case, comment, continue, cycle, decrement, extends, for, if, ifchanged, include, increment, literal, raw, tablerow, unless.")]
    [InlineData("a {% param syntax='DotLiquid20' %}", 1, 3, "There is no tag \"param\" here. Use one of assign, block, break, capture, case, comment, continue, cycle, decrement, extends, for, if, ifchanged, include, increment, literal, raw, tablerow, unless.")]
    [InlineData("\n {{ x | upCase }}", 2, 2, "There is no filter \"upCase\". Did you mean \"upcase\"? Write one that exists, or add it: app.TemplateFilter(\"upCase\", …).")]
    [InlineData("\n {{ x | }}", 2, 2, "A filter has no name after \"|\".")]
    [InlineData("{{ x y }}", 1, 1, "\"y\" isn't valid here. Remove it, or write \"|\" or a comma before it.")]
    [InlineData("{% assign x %}", 1, 1, "\"assign\" has no \"=\". Write {% assign name = value %}.")]
    [InlineData("x{% extends 'a' %}", 1, 2, "\"extends\" isn't the first tag. Write it before everything else in the template.")]
    [InlineData("{% block a %}{% endblock %}{% block a %}{% endblock %}", 1, 28, "There are two blocks \"a\". Give each a different name.")]
    [InlineData("a\n{{ nope(1) }}", 2, 1, "There is no function \"nope\". Write one of fail, url_for, or add it: app.TemplateFunction(\"nope\", …).")]
    [InlineData("a\n{% if x %}\n  {{ fail(1) }}{% endif %}", 3, 3, "It failed.")]
    [InlineData("a\n{% for i in list %}\n  {{ i | truncate: 'x' }}{% endfor %}", 3, 3, "The filter \"truncate\" needs a Int32 for \"length\" but got \"x\". Pass another value.")]
    [InlineData("{{ x | upcase: 1 }}", 1, 1, "The filter \"upcase\" takes 0 arguments at most but got 1. Remove some of them.")]
    [InlineData("{{ x | append }}", 1, 1, "The filter \"append\" needs its argument \"string\". Write it after a colon.")]
    [InlineData("{% include missing %}", 1, 1, "\"include\" needs the name of a template but got nothing. Write the name in quotes, or a variable with the name.")]
    public void A_mistake_has_its_place(string template, int line, int column, string problem)
    {
        _folder.Add("page.html", template);
        using var scope = App().TestRequestContext("/");

        var error = Assert.Throws<TemplateException>(() => RenderTemplate("page.html", ("x", 1), ("list", new[] { "a" })));

        Assert.Equal(("page.html", line, column, problem), (error.Template, error.Line, error.Column, error.Problem));
        Assert.StartsWith($"Template \"page.html\", line {line}, column {column}: {problem}\n", error.Message);
    }

    [Fact]
    public void The_lines_around_the_place_are_shown()
    {
        _folder.Add("page.html", "one\ntwo\nthree\n{{ fail() }}\nfive\nsix\nseven");
        using var scope = App().TestRequestContext("/");

        var error = Assert.Throws<TemplateException>(() => RenderTemplate("page.html"));

        Assert.Equal("  2 | two\n  3 | three\n> 4 | {{ fail() }}\n  5 | five\n  6 | six", error.Excerpt);
        Assert.Equal($"Template \"page.html\", line 4, column 1: It failed.\n{error.Excerpt}", error.Message);
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact]
    public void A_mistake_in_an_included_template_is_reported_for_that_template()
    {
        _folder.Add("page.html", "{% include 'part.html' %}").Add("part.html", "\n\n {{ fail() }}");
        using var scope = App().TestRequestContext("/");

        var error = Assert.Throws<TemplateException>(() => RenderTemplate("page.html"));

        Assert.Equal(("part.html", 3, 2), (error.Template, error.Line, error.Column));
    }

    [Fact]
    public void Break_and_continue_and_whitespace_control_work_inside_placed_nodes()
    {
        using var scope = App().TestRequestContext("/");

        var text = RenderTemplateString("{%- for i in (1..9) -%} {%- if i == 2 -%}{%- continue -%}{%- endif -%}{%- if i == 5 -%}{%- break -%}{%- endif -%} {{- i -}} {%- endfor -%}").ToString();

        Assert.Equal("134", text);
    }

    ModularApp App() => ErrorApps.Make(new LiquidSyntax(), _folder);
}

public sealed class HandlebarsErrorTests : IDisposable
{
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a\n  {{#if x}}\nb", 2, 3, "The block \"if\" is never closed. Write {{/if}} at its end.")]
    [InlineData("a\n  {{#> frame.html}}\nb", 2, 3, "The block \"frame.html\" is never closed. Write {{/frame.html}} at its end.")]
    [InlineData("a\n\n{{ x", 3, 1, "\"{{\" is never closed. Write \"}}\" after it, and close every quote before it.")]
    [InlineData("a\n{{!-- x", 2, 1, "A comment is never closed. Write \"--}}\" after it.")]
    [InlineData("{{#if x}}\n{{/each}}", 2, 1, "\"each\" closes the block \"if\". Write {{/if}} here first.")]
    [InlineData("\n{{/if}}", 2, 1, "\"if\" closes a block that isn't open. Remove it, or open the block before it.")]
    [InlineData("{{{{raw}}}}{{{{/raw}}}}", 1, 1, "Raw blocks aren't supported. Write \\{{ before each tag that is text.")]
    [InlineData("a {{#if}}{{/if}}", 1, 3, "The block \"if\" has no value. Write {{#if value}}.")]
    [InlineData("\n{{&x}}", 2, 1, "\"{{&\" isn't supported. Write {{{x}}}, or {{safe x}}.")]
    [InlineData("a\n  {{nope x}}", 2, 3, "There is no helper \"nope\". Write the name of a helper, or add it: app.TemplateFunction(\"nope\", …).")]
    [InlineData("{{upper x}}\n{{x}}", 1, 1, "There is no helper \"upper\". Write the name of a helper, or add it: app.TemplateFunction(\"upper\", …).")]
    [InlineData("a\n{{#if (nope x)}}b{{/if}}", 2, 1, "There is no helper \"nope\". Write the name of a helper, or add it: app.TemplateFunction(\"nope\", …).")]
    [InlineData("a\n{{#nope x}}b{{/nope}}", 2, 1, "There is no helper \"nope\". Write the name of a helper, or add it: app.TemplateFunction(\"nope\", …).")]
    [InlineData("a\n   {{> missing.html}}\nb", 2, 4, "There is no partial \"missing.html\". Put it in the templates folder, or define it: {{#*inline \"missing.html\"}}…{{/inline}}.")]
    [InlineData("a\n{{#if x}}\n  {{fail 1}}{{/if}}", 3, 3, "It failed.")]
    [InlineData("a\n{{#if x}}{{#if (fail 1)}}{{/if}}{{/if}}", 2, 10, "It failed.")]
    [InlineData("{{escape x}}{{#if x}}{{fail}}{{/if}}", 1, 22, "It failed.")]
    public void A_mistake_has_its_place(string template, int line, int column, string problem)
    {
        _folder.Add("page.html", template).Add("frame.html", "");
        using var scope = App().TestRequestContext("/");

        var error = Assert.Throws<TemplateException>(() => RenderTemplate("page.html", ("x", 1), ("list", new[] { "a" })));

        Assert.Equal(("page.html", line, column, problem), (error.Template, error.Line, error.Column, error.Problem));
    }

    [Fact]
    public void A_Handlebars_error_is_reported_with_its_place()
    {
        _folder.Add("page.html", "a\n{{escape x}} {{> part.html}}\n  {{x (}}");
        using var scope = App().TestRequestContext("/");

        var error = Assert.Throws<TemplateException>(() => RenderTemplate("page.html", ("x", 1)));

        Assert.Equal(3, error.Line);
        Assert.Equal("Reached unparseable token in expression: }} Correct the tag as in the Handlebars documentation.", error.Problem);
    }

    [Fact]
    public void A_mistake_in_a_partial_or_in_a_block_that_is_passed_to_one_is_reported_for_its_own_template()
    {
        _folder.Add("page.html", "\n{{> part.html}}").Add("part.html", "\n\n {{fail 1}}").Add("block.html", "{{#> frame.html}}\n  {{fail 1}}{{/frame.html}}").Add("frame.html", "\n\n\n{{> @partial-block}}");
        using var scope = App().TestRequestContext("/");

        var inPartial = Assert.Throws<TemplateException>(() => RenderTemplate("page.html"));
        var inBlock = Assert.Throws<TemplateException>(() => RenderTemplate("block.html"));

        Assert.Equal(("part.html", 3, 2), (inPartial.Template, inPartial.Line, inPartial.Column));
        Assert.Equal(("block.html", 2, 3), (inBlock.Template, inBlock.Line, inBlock.Column));
    }

    [Fact]
    public void A_partial_alone_on_its_line_takes_the_line_with_it()
    {
        _folder.Add("part.html", "part\n");
        using var scope = App().TestRequestContext("/");

        Assert.Equal("a\npart\nb\n", RenderTemplateString("a\n    {{> part.html}}\nb\n").ToString());
        Assert.Equal("a part\n b", RenderTemplateString("a {{> part.html}} b").ToString());
        Assert.Equal("part\n", RenderTemplateString("{{> part.html}}").ToString());
        Assert.Equal("apart\nb", RenderTemplateString("a\n {{~> part.html~}} \nb").ToString());
        Assert.Equal("a{{> part.html}}", RenderTemplateString("a\\{{> part.html}}").ToString());
        Assert.Equal("ab", RenderTemplateString("a{{! {{> part.html }}b").ToString());
        Assert.Equal("ab", RenderTemplateString("a{{!-- {{> part.html}} --}}b").ToString());
        Assert.Equal("part\n", RenderTemplateString("{{> part}}").ToString());
    }

    ModularApp App() => ErrorApps.Make(new HandlebarsSyntax(), _folder);
}

static class ErrorApps
{
    internal static ModularApp Make(EngineDialect engine, TemplateFolder folder)
    {
        var app = new ModularApp(new() { RootPath = folder.Path });
        engine.Install(app);
        app.TemplateFunction("fail", (_, _) => throw new InvalidOperationException("It failed."));
        return app;
    }
}
