using System.Net;
using System.Text;
using System.Text.Json;
using static Modular.Templating.TemplatingFunctions;

namespace Modular.Testing.Conformance;

/// <summary>In every position of a page a value is text, and markup stays markup.</summary>
static class EscapingChecks
{
    const string UseWriteValue =
        "Write every value with TemplateWriter.WriteValue, and nothing else with Write than the template's own text.";

    internal static void EveryPosition(EngineUnderTest engine, Findings findings)
    {
        var dialect = engine.Dialect;
        foreach (var (name, text) in dialect.Templates) engine.Add(name, text);
        engine.Add("inc.html", dialect.Value("v")).Add("static.html", "-").Add("outer.html", dialect.Include("inc.html"))
            .Add("base.html", dialect.HasLayouts ? dialect.Layout : "");
        using var scope = engine.App(setUp: app =>
        {
            app.TemplateGlobal("global", context => context.G.Get<object?>("text", null));
            app.ContextProcessor(context => [("processed", context.G.Get<object?>("text", null))]);
        }).TestRequestContext("/");
        foreach (var (position, template) in Positions(dialect))
        {
            findings.Try($"the position \"{position}\": {template}", UseWriteValue);
            var expected = Shape(EngineUnderTest.Rendered(template, ValuesOf("harmless")));
            foreach (var payload in Payloads.All)
            {
                var page = EngineUnderTest.Rendered(template, ValuesOf(payload));
                if (Shape(page) == expected) continue;
                findings.Add($"the value {Findings.Of(payload)} became {Findings.Of(page)}", UseWriteValue);
                break;          // one value for each position is enough
            }
        }
    }

    internal static void ReadsBack(EngineUnderTest engine, Findings findings)
    {
        using var scope = engine.App().TestRequestContext("/");
        var value = engine.Dialect.Value("v");
        findings.Try($"<p title=\"{value}\">{value}</p>", UseWriteValue);
        foreach (var payload in Payloads.All)
        {
            var page = EngineUnderTest.Rendered($"<p title=\"{value}\">{value}</p>", ("v", payload));
            var parts = page.Split("<p title=\"", 2)[^1].Split("\">", 2);
            var read = parts.Length < 2 || !parts[1].EndsWith("</p>", StringComparison.Ordinal) ? page
                : $"{WebUtility.HtmlDecode(parts[0])}\n{WebUtility.HtmlDecode(parts[1][..^4])}";
            findings.Equal($"{payload}\n{payload}", read, UseWriteValue);
        }
    }

    internal static void Markup(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "WriteValue doesn't escape Markup. Keep the type through loops, members, filters, includes and captures.";
        var dialect = engine.Dialect;
        engine.Add("inc.html", dialect.Value("m"));
        using var scope = engine.App().TestRequestContext("/");
        var bold = new Markup("<b>&amp;</b>");
        (string Template, object? Value, string Expected)[] cases =
        [
            (dialect.Value("m"), bold, "<b>&amp;</b>"), (dialect.Value("m"), new[] { bold, bold }, "<b>&amp;</b><b>&amp;</b>"),
            (dialect.Each("m", dialect.Item), new[] { bold }, "<b>&amp;</b>"),
            (dialect.Value("m.inner"), new Dictionary<string, object?> { ["inner"] = bold }, "<b>&amp;</b>"),
            (dialect.Filter("m", "escape"), bold, "<b>&amp;</b>"), (dialect.Filter("m", "e"), bold, "<b>&amp;</b>"),
            (dialect.Filter("m", "forceescape"), bold, "&lt;b&gt;&amp;amp;&lt;/b&gt;"), (dialect.Include("inc.html"), bold, "<b>&amp;</b>"),
            (dialect.Raw("m"), "<i>", "<i>"), (dialect.Filter("m", "safe"), "<i>", "<i>"),
            (dialect.Filter("m", "striptags"), bold, "&amp;"),
            (dialect.Filter("m", "striptags"), new Markup("<b>&lt;x&gt;</b>"), "&lt;x&gt;"),
        ];
        foreach (var (template, value, expected) in cases)
        {
            findings.Try($"{template} with m = {Findings.Of(value)}", Remedy);
            // A list is written as the language writes it. In all other places markup is markup.
            var written = value is Modular.Markup[] && template == dialect.Value("m") ? dialect.Written(value, expected) : expected;
            findings.Equal(written, EngineUnderTest.Rendered(template, ("m", value)), Remedy);
        }
    }

    internal static void Types(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Pass values to WriteValue as they are, without ToString.";
        using var scope = engine.App().TestRequestContext("/");
        (object? Value, string Html)[] cases =
        [
            ("a&b", "a&amp;b"), ('<', "&lt;"), ('"', "&#34;"), (true, "true"), (false, "false"), (null, ""), (1234567, "1234567"),
            (-1.5, "-1.5"), (1.10m, "1.10"), (12345678901L, "12345678901"), (new DateOnly(2026, 1, 2), "01/02/2026"),
            (Guid.Empty, "00000000-0000-0000-0000-000000000000"), (DayOfWeek.Friday, "Friday"),
            (new Uri("https://x.example/?a=1&b=2"), "https://x.example/?a=1&amp;b=2"), (new[] { "<", ">" }, "&lt;&gt;"),
            (new object?[] { "<", new[] { "&", null } }, "&lt;&amp;"), (new List<char> { '<' }, "&lt;"),
            (new KeyValuePair<string, string>("<", ">"), "[&lt;, &gt;]"), (new Dictionary<string, string> { ["<"] = ">" }, "[&lt;, &gt;]"),
            (("<", 1), "(&lt;, 1)"), (new { N = "<" }, "{ N = &lt; }"), (new Card("<"), "Card { Text = &lt; }"),
            (Modular.Markup.Empty, ""),
        ];
        foreach (var (value, html) in cases)
        {
            findings.Try($"the value {Findings.Of(value)} of the type {value?.GetType().Name ?? "null"}", Remedy);
            var written = engine.Dialect.Written(value, html);
            findings.Equal(written, EngineUnderTest.Rendered(engine.Dialect.Value("v"), ("v", value)), Remedy);
            if (value is not null) findings.Equal(written,
                EngineUnderTest.Rendered(engine.Dialect.Each("v", engine.Dialect.Item), ("v", new[] { value })), Remedy);
        }
    }

    internal static void Json(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Let the filter tojson of the library write the JSON, and write its result with WriteValue.";
        using var scope = engine.App().TestRequestContext("/");
        var template = $"{engine.Dialect.Filter("v", "tojson")}";
        findings.Try(template, Remedy);
        foreach (var payload in Payloads.All)
        {
            var page = EngineUnderTest.Rendered(template, ("v", new Dictionary<string, string> { ["k"] = payload }));
            if (page.AsSpan().ContainsAny('<', '>', '\'')) findings.Add($"{Findings.Of(payload)} became {page}", Remedy);
            else findings.Equal(payload, Read(page), Remedy);
        }

        static string? Read(string page)
        {
            try
            {
                using var document = JsonDocument.Parse(page);
                return document.RootElement.GetProperty("k").GetString();
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                return $"{error.Message} {page}";
            }
        }
    }

    internal static void PlainText(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "WriteValue follows TemplateRender.Escapes, also in captures from Nest and in included templates.";
        var dialect = engine.Dialect;
        engine.Add("inc.html", dialect.Value("v")).Add("mail.txt", $"Hello {dialect.Value("v")}, {dialect.Include("inc.html")}");
        using var scope = engine.App().TestRequestContext("/");
        findings.Try("a template whose name ends in .txt", Remedy);
        findings.Equal("Hello <you>, <you>", RenderText("mail.txt", ("v", "<you>")), Remedy);
        var refused = EngineUnderTest.Thrown(() => RenderTemplate("mail.txt", ("v", "x")).ToString());
        findings.Equal(nameof(ModularException), refused.GetType().Name, Remedy);
        foreach (var name in (string[])["x.html", "X.HTML", "x.xml", "x.svg", "x", "x.js", "x.unknown"])
        {
            findings.Try($"the template {name}", Remedy);
            engine.Add(name, dialect.Value("v"));
            findings.Equal("&lt;", EngineUnderTest.Page(name, ("v", "<")), Remedy);
        }
    }

    static Dictionary<string, string> Positions(EngineDialect dialect)
    {
        var (value, item, echo) = (dialect.Value("v"), dialect.Item, dialect.Call("echo", "v", "more", "v"));
        var positions = new Dictionary<string, string>
        {
            ["text"] = $"<p>{value}</p>",
            ["attribute with double quotes"] = $"<p title=\"{value}\">x</p>",
            ["attribute with single quotes"] = $"<p title='{value}'>x</p>",
            ["title and text area"] = $"<title>{value}</title><textarea>{value}</textarea>",
            ["characters"] = $"<p>{dialect.Value("chars")}</p>",
            ["list"] = $"<p>{dialect.Value("list")}</p>",
            ["nested list"] = $"<p title='{dialect.Value("nested")}'>{dialect.Value("nested")}</p>",
            ["lazy list"] = $"<p>{dialect.Value("lazy")}</p>",
            ["dictionary"] = $"<p title=\"{dialect.Value("dict")}\">{dialect.Value("dict")}</p>",
            ["key of a dictionary"] = $"<p>{dialect.Value("keys")}</p>",
            ["member of a dictionary"] = $"<p>{dialect.Value("dict.k")}</p>",
            ["pair"] = $"<p>{dialect.Value("pair")}</p>",
            ["tuple"] = $"<p>{dialect.Value("tuple")}</p>",
            ["anonymous object"] = $"<p>{dialect.Value("anonymous")}{dialect.Value("anonymous.text")}</p>",
            ["record"] = $"<p>{dialect.Value("record")}{dialect.Value("record.text")}</p>",
            ["list of records"] = $"<p>{dialect.Value("records")}</p>",
            ["object with a ToString"] = $"<p>{dialect.Value("odd")}</p>",
            ["formattable object"] = $"<p>{dialect.Value("formattable")}</p>",
            ["text builder"] = $"<p>{dialect.Value("builder")}</p>",
            ["JSON"] = $"<p>{dialect.Value("json")}{dialect.Value("json.k")}</p>",
            ["URI"] = $"<p>{dialect.Value("uri")}</p>",
            ["loop"] = $"<ul>{dialect.Each("list", $"<li title='{item}'>{item}</li>")}</ul>",
            ["loop over characters"] = $"<p>{dialect.Each("chars", item)}</p>",
            ["condition"] = dialect.If("v", $"<p>{value}</p>"),
            ["comment"] = $"<p>{dialect.Comment("a comment")}{value}</p>",
            ["include"] = $"<p>{dialect.Include("inc.html")}</p>",
            ["include in a loop"] = dialect.Each("list", $"<p>{dialect.Include("static.html")}{item}</p>"),
            ["include of an include"] = $"<p>{dialect.Include("outer.html")}</p>",
            ["filter of the application"] = $"<p>{dialect.Filter("v", "twice")}</p>",
            ["function of the application"] = $"<p title='{echo}'>{echo}</p>",
            ["value of a context processor"] = $"<p>{dialect.Value("processed")}</p>",
            ["global"] = $"<p>{dialect.Value("global")}</p>",
            ["g"] = $"<p>{dialect.Value("g.text")}</p>",
            ["striptags"] = $"<p>{dialect.Filter("v", "striptags")}</p>",
            ["forced escape"] = $"<p>{dialect.Filter("v", "forceescape")}</p>",
        };
        if (dialect.Extends("base.html", ("title", value), ("content", $"<p title=\"{value}\">{value}</p>")) is { } page)
            positions.Add("block of a layout", page);
        foreach (var (name, template) in dialect.Positions) positions.Add($"own: {name}", template);
        return positions;
    }

    static (string, object?)[] ValuesOf(string payload)
    {
        Current.G["text"] = payload;
        return
        [
            ("v", payload), ("chars", payload.ToCharArray()), ("list", new[] { payload, payload }),
            ("nested", new object[] { payload, new[] { payload }, new List<object> { new[] { payload } } }),
            ("lazy", Enumerable.Repeat(payload, 2)), ("dict", new Dictionary<string, object?> { ["k"] = payload }),
            ("keys", new Dictionary<string, int> { [payload] = 1 }), ("pair", new KeyValuePair<string, string>(payload, payload)),
            ("tuple", (payload, payload)), ("anonymous", new { Text = payload }), ("record", new Card(payload)),
            ("records", new[] { new Card(payload) }), ("odd", new Odd(payload)), ("formattable", new Formatted(payload)),
            ("builder", new StringBuilder(payload)), ("json", JsonSerializer.SerializeToElement(new { k = payload })),
            ("uri", new Uri("https://x.example/?" + Uri.EscapeDataString(payload))),
        ];
    }

    // The characters that start and end tags and attributes. A value that is text adds none, because it has references instead.
    static string Shape(string page) => string.Concat(page.Where(c => c is '<' or '>' or '"' or '\''));

    sealed record Card(string Text);

    sealed class Odd(string text)
    {
        public override string ToString() => text;
    }

    sealed class Formatted(string text) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => text;
    }
}
