namespace Modular.Templating.Tests;

/// <summary>A template with the line ends of Windows gives the same page and the same errors.</summary>
public sealed class LineEndTests : IDisposable
{
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<ul>\n{% for x in list %}\n  <li>{{ x }}</li>\n{% endfor %}\n</ul>\n")]
    [InlineData("{% comment %}\n a\n b\n{% endcomment %}\nafter\n")]
    [InlineData("{% if list %}\nyes\n{% else %}\nno\n{% endif %}\n")]
    [InlineData("{% raw %}\n{{ x }}\n{% endraw %}\n")]
    [InlineData("a\n{%- if list -%}\n  b\n{%- endif -%}\nc\n")]
    [InlineData("{{ list\n  | join: ', '\n}}\n")]
    public void A_page_of_Liquid(string template) => SameAsWithLf(app => app.UseLiquid(), template);

    [Theory]
    [InlineData("<ul>\n{{#each list}}\n  <li>{{this}}</li>\n{{/each}}\n</ul>\n")]
    [InlineData("{{!-- a\n b --}}\nafter\n")]
    [InlineData("{{#if list}}\nyes\n{{else}}\nno\n{{/if}}\n")]
    [InlineData("a\n{{~#if list~}}\n  b\n{{~/if~}}\nc\n")]
    public void A_page_of_Handlebars(string template) => SameAsWithLf(app => app.UseHandlebars(), template);

    [Fact]
    public void An_error_has_the_same_place_and_shows_the_same_lines()
    {
        const string template = "one\ntwo\nthree\n  {{ fail() }}\nfive\n";
        _folder.Add("lf.html", template).Add("crlf.html", template.ReplaceLineEndings("\r\n"));
        using var scope = ErrorApps.Make(new LiquidSyntax(), _folder).TestRequestContext("/");

        var lf = Assert.Throws<TemplateException>(() => RenderTemplate("lf.html"));
        var crlf = Assert.Throws<TemplateException>(() => RenderTemplate("crlf.html"));

        Assert.Equal((4, 3), (crlf.Line, crlf.Column));
        Assert.Equal((lf.Line, lf.Column, lf.Excerpt), (crlf.Line, crlf.Column, crlf.Excerpt));
        Assert.DoesNotContain('\r', crlf.Message);
    }

    void SameAsWithLf(Action<ModularApp> use, string template)
    {
        _folder.Add("lf.html", template).Add("crlf.html", template.ReplaceLineEndings("\r\n"));
        using var scope = App(use).TestRequestContext("/");

        var (lf, crlf) = (RenderTemplate("lf.html", ("list", new[] { "a", "b" })), RenderTemplate("crlf.html", ("list", new[] { "a", "b" })));

        Assert.Equal(lf.ToString().ReplaceLineEndings("\r\n"), crlf.ToString());
    }

    ModularApp App(Action<ModularApp> use)
    {
        var app = new ModularApp(new() { RootPath = _folder.Path });
        use(app);
        return app;
    }
}
