using AngleSharp.Html.Parser;

namespace Modular.Templating.Tests;

public sealed class LiquidEscapingTests() : EscapingFacts(new LiquidSyntax());

public sealed class HandlebarsEscapingTests() : EscapingFacts(new HandlebarsSyntax());

public sealed class JinjaEscapingTests() : EscapingFacts(new JinjaSyntax());

/// <summary>In every position of a page a value is text: the parsed page has no element and no attribute that its template did not write.</summary>
public abstract class EscapingFacts(EngineDialect engine)
{
    static readonly HtmlParser Parser = new();

    [Fact]
    public void No_payload_becomes_markup_in_any_position()
    {
        using var folder = Folder();
        using var scope = App(folder).TestRequestContext("/");
        var wrong = new List<string>();

        foreach (var (position, template) in Positions())
        {
            var expected = Shape(RenderTemplateString(template, Values("harmless")).ToString());
            foreach (var payload in Xss.Payloads)
                if (Shape(RenderTemplateString(template, Values(payload)).ToString()) != expected) wrong.Add($"{position}: {payload}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void A_payload_in_text_and_in_quoted_attributes_reads_back_as_it_was()
    {
        using var folder = Folder();
        using var scope = App(folder).TestRequestContext("/");

        foreach (var payload in Xss.Payloads.Where(payload => !payload.AsSpan().ContainsAny('\r', '\0', '\v')))
        {
            var page = Parser.ParseDocument(RenderTemplateString($"<p title=\"{engine.Value("v")}\" class='{engine.Value("v")}'>{engine.Value("v")}</p>", ("v", payload)).ToString());
            var paragraph = page.QuerySelector("p")!;

            Assert.Equal(payload, paragraph.GetAttribute("title"));
            Assert.Equal(payload, paragraph.GetAttribute("class"));
            Assert.Equal(payload, paragraph.TextContent);
        }
    }

    [Fact]
    public void An_error_message_that_reaches_a_page_is_escaped()
    {
        using var folder = Folder();
        var app = App(folder);
        using var scope = app.TestRequestContext("/");

        var error = Assert.ThrowsAny<TemplateException>(() => Render(engine.Call("fail", "v", "x", "v"), ("v", "<script>alert(1)</script>")));

        Assert.DoesNotContain("<script>", Render(engine.Value("message"), ("message", error.Message)));
    }

    [Fact]
    public void Plain_text_is_not_escaped_and_cannot_pass_for_a_page()
    {
        using var folder = Folder().Add("mail.txt", $"Hello {engine.Value("v")}, {engine.Include("inc.html")}");
        using var scope = App(folder).TestRequestContext("/");

        Assert.Equal("Hello <you>, <you>", RenderText("mail.txt", ("v", "<you>")));
        Assert.Equal("Template \"mail.txt\" is plain text but was rendered as HTML. Call RenderText(…), which returns a string.",
            Assert.Throws<ModularException>(() => RenderTemplate("mail.txt", ("v", "<you>"))).Message);
        Assert.Equal("Template \"inc.html\" is HTML but was rendered as plain text. Call RenderTemplate(…), or rename it to \"….txt\".",
            Assert.Throws<ModularException>(() => RenderText("inc.html", ("v", "<you>"))).Message);
    }

    Dictionary<string, string> Positions()
    {
        var (value, item) = (engine.Value("v"), engine.Item);
        var positions = new Dictionary<string, string>
        {
            ["text"] = $"<p>{value}</p>",
            ["attribute with double quotes"] = $"<p title=\"{value}\">x</p>",
            ["attribute with single quotes"] = $"<p title='{value}'>x</p>",
            ["title"] = $"<title>{value}</title>",
            ["text area"] = $"<textarea>{value}</textarea>",
            ["char"] = $"<p>{engine.Value("chars")}</p>",
            ["list"] = $"<p>{engine.Value("list")}</p>",
            ["nested list"] = $"<p title='{engine.Value("nested")}'>{engine.Value("nested")}</p>",
            ["lazy list"] = $"<p>{engine.Value("lazy")}</p>",
            ["dictionary"] = $"<p title=\"{engine.Value("dict")}\">{engine.Value("dict")}</p>",
            ["dictionary's key"] = $"<p>{engine.Value("keys")}</p>",
            ["member of a dictionary"] = $"<p>{engine.Value("dict.k")}</p>",
            ["pair"] = $"<p>{engine.Value("pair")}</p>",
            ["tuple"] = $"<p>{engine.Value("tuple")}</p>",
            ["anonymous object"] = $"<p>{engine.Value("anonymous")}</p>",
            ["member of an anonymous object"] = $"<p>{engine.Value("anonymous.text")}</p>",
            ["record"] = $"<p>{engine.Value("record")}</p>",
            ["member of a record"] = $"<p>{engine.Value("record.text")}</p>",
            ["list of records"] = $"<p>{engine.Value("records")}</p>",
            ["object with a ToString"] = $"<p>{engine.Value("odd")}</p>",
            ["formattable object"] = $"<p>{engine.Value("formattable")}</p>",
            ["text builder"] = $"<p>{engine.Value("builder")}</p>",
            ["JSON"] = $"<p>{engine.Value("json")}{engine.Value("json.k")}</p>",
            ["exception"] = $"<p>{engine.Value("uri")}</p>",
            ["loop"] = $"<ul>{engine.Each("list", $"<li title='{item}'>{item}</li>")}</ul>",
            ["loop over chars"] = $"<p>{engine.Each("charlist", item)}</p>",
            ["condition"] = engine.If("v", $"<p>{value}</p>"),
            ["include"] = $"<p>{engine.Include("inc.html")}</p>",
            ["include in a loop"] = engine.Each("list", $"<p>{engine.Include("static.html")}{item}</p>"),
            ["include of an include"] = $"<p>{engine.Include("outer.html")}</p>",
            ["block of a layout"] = engine.Extends("base.html", ("title", value), ("content", $"<p title=\"{value}\">{value}</p>"))!,
            ["filter of the application"] = $"<p>{engine.Filter("v", "twice")}</p>",
            ["function of the application"] = $"<p title='{engine.Call("echo", "v", "more", "v")}'>{engine.Call("echo", "v", "more", "v")}</p>",
            ["value of a context processor"] = $"<p>{engine.Value("processed")}</p>",
            ["global"] = $"<p>{engine.Value("global")}</p>",
            ["g"] = $"<p>{engine.Value("g.text")}</p>",
            ["striptags"] = $"<p>{engine.Filter("v", "striptags")}</p>",
            ["forced escape"] = $"<p>{engine.Filter("v", "forceescape")}</p>",
        };
        foreach (var (name, template) in engine.Positions) positions.Add($"own: {name}", template);
        return positions;
    }

    static (string, object?)[] Values(string payload)
    {
        Current.G["text"] = payload;
        return
        [
            ("v", payload), ("chars", payload.ToCharArray()), ("charlist", payload.ToCharArray()), ("list", new[] { payload, payload }),
            ("nested", new object[] { payload, new[] { payload }, new List<object> { new[] { payload } } }), ("lazy", Enumerable.Repeat(payload, 2)),
            ("dict", new Dictionary<string, object?> { ["k"] = payload }), ("keys", new Dictionary<string, int> { [payload] = 1 }),
            ("pair", new KeyValuePair<string, string>(payload, payload)), ("tuple", (payload, payload)), ("anonymous", new { Text = payload }),
            ("record", new Card(payload)), ("records", new[] { new Card(payload) }), ("odd", new Odd(payload)), ("formattable", new Formatted(payload)),
            ("builder", new System.Text.StringBuilder(payload)), ("json", System.Text.Json.JsonSerializer.SerializeToElement(new { k = payload })), ("uri", new Uri("https://x.example/?" + Uri.EscapeDataString(payload))),
        ];
    }

    // Elements with the names of their attributes, in order.
    static string Shape(string html) => string.Join(' ', Parser.ParseDocument(html).All.Select(element =>
        $"<{element.LocalName}{string.Concat(element.Attributes.Select(attribute => $" {attribute.Name}"))}>"));

    static string Render(string template, params (string, object?)[] values) => RenderTemplateString(template, values).ToString();

    TemplateFolder Folder() => new TemplateFolder().Add("inc.html", engine.Value("v")).Add("static.html", "-").Add("outer.html", engine.Include("inc.html"))
        .Add("row.html", $"{engine.Value("row")}{engine.Value("k")}").Add("base.html", engine.Layout).Add("frame.html", "<em>{{> @partial-block}}</em>");

    ModularApp App(TemplateFolder folder)
    {
        if (engine is LiquidSyntax) folder.Remove("frame.html");
        var app = new ModularApp(new() { RootPath = folder.Path });
        engine.Install(app);
        app.TemplateFilter("twice", (value, _) => $"{value}{value}");
        app.TemplateFunction("echo", (_, arguments) => $"{arguments.Get(0, "text", "")}{arguments.Get(1, "more", "")}");
        app.TemplateFunction("fail", (_, arguments) => throw new InvalidOperationException($"Not this: {arguments.Get(0, "text", "")}"));
        app.TemplateGlobal("global", context => context.G.Get<object?>("text", null));
        app.ContextProcessor(context => [("processed", context.G.Get<object?>("text", null))]);
        return app;
    }

    enum Suit
    {
        Hearts,
    }

    sealed record Card(string Text);

    sealed class Odd(string text = "<odd>")
    {
        public override string ToString() => text;
    }

    sealed class Formatted(string text) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? provider) => text;
    }
}
