using AngleSharp.Html.Parser;

namespace Modular.Templating.Tests;

public sealed class LiquidEscapingTests() : EscapingFacts(new LiquidSyntax());

public sealed class HandlebarsEscapingTests() : EscapingFacts(new HandlebarsSyntax());

public sealed class JinjaEscapingTests() : EscapingFacts(new JinjaSyntax());

/// <summary>What the checks of the conformance kit about escaping don't say: a browser's parser, and the messages of this package.</summary>
public abstract class EscapingFacts(EngineDialect engine)
{
    static readonly HtmlParser Parser = new();

    [Fact]
    public void A_browser_reads_a_payload_in_text_and_in_quoted_attributes_back_as_it_was()
    {
        using var folder = new TemplateFolder();
        using var scope = App(folder).TestRequestContext("/");

        foreach (var payload in Xss.Payloads.Where(payload => !payload.AsSpan().ContainsAny('\r', '\0', '\v')))
        {
            var page = Parser.ParseDocument(Render($"<p title=\"{engine.Value("v")}\" class='{engine.Value("v")}'>{engine.Value("v")}</p>", ("v", payload)));
            var paragraph = page.QuerySelector("p")!;

            Assert.Equal(payload, paragraph.GetAttribute("title"));
            Assert.Equal(payload, paragraph.GetAttribute("class"));
            Assert.Equal(payload, paragraph.TextContent);
            Assert.Equal(["html", "head", "body", "p"], page.All.Select(element => element.LocalName));
        }
    }

    [Fact]
    public void An_error_message_that_reaches_a_page_is_escaped()
    {
        using var folder = new TemplateFolder();
        using var scope = App(folder).TestRequestContext("/");

        var error = Assert.ThrowsAny<TemplateException>(() => Render(engine.Call("fail", "v", "x", "v"), ("v", "<script>alert(1)</script>")));

        Assert.Contains("<script>", error.Message);
        Assert.DoesNotContain("<script>", Render(engine.Value("message"), ("message", error.Message)));
    }

    [Fact]
    public void Plain_text_and_pages_are_refused_by_the_function_of_the_other_with_the_line_to_write()
    {
        using var folder = new TemplateFolder().Add("mail.txt", engine.Value("v")).Add("page.html", engine.Value("v"));
        using var scope = App(folder).TestRequestContext("/");

        Assert.Equal("Template \"mail.txt\" is plain text but was rendered as HTML. Call RenderText(…), which returns a string.",
            Assert.Throws<ModularException>(() => RenderTemplate("mail.txt", ("v", "<you>"))).Message);
        Assert.Equal("Template \"page.html\" is HTML but was rendered as plain text. Call RenderTemplate(…), or rename it to \"….txt\".",
            Assert.Throws<ModularException>(() => RenderText("page.html", ("v", "<you>"))).Message);
    }

    static string Render(string template, params (string, object?)[] values) => RenderTemplateString(template, values).ToString();

    ModularApp App(TemplateFolder folder)
    {
        var app = new ModularApp(new() { RootPath = folder.Path });
        engine.Install(app);
        app.TemplateFunction("fail", (_, arguments) => throw new InvalidOperationException($"Not this: {arguments.Get(0, "text", "")}"));
        return app;
    }
}
