using System.Globalization;
using static Modular.Templating.TemplatingFunctions;

namespace Modular.Testing.Conformance;

/// <summary>Values, filters, functions, layouts, applications and cultures.</summary>
static class PageChecks
{
    internal static void Values(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Read names with TemplateValues.TryGet and members with TemplateRender.TryGetMember, and call what is a " +
            "TemplateFunction with the template's arguments.";
        var dialect = engine.Dialect;
        engine.Add("a.html", $"{dialect.Value("first")}-{dialect.Value("second")}");
        var app = engine.App(setUp: app =>
        {
            app.TemplateGlobal("version", context => $"{context.Request.Method} 1");
            app.TemplateFilter("even", (value, _) => value is int number && number % 2 == 0);
            app.TemplateFunction("icon", (_, arguments) =>
                new Markup($"<i class=\"{arguments.Get(0, "name", "")}\" data-size=\"{arguments.Get(1, "size", 1)}\"></i>"));
            app.Config["Site:Name"] = "Modular";
            app.Get("/user/<name>", (string name) => name, endpoint: "user");
        });
        using var scope = app.TestRequestContext("/path?a=1&b=2");
        Current.G["color"] = "green";

        findings.Try("a page with values as tuples, a dictionary and an object", Remedy);
        findings.Equal("1-x", RenderTemplate("a.html", ("first", 1), ("second", "x")).ToString(), Remedy);
        findings.Equal("1-x", RenderTemplate("a.html", new { first = 1, second = "x" }).ToString(), Remedy);
        Dictionary<string, object?> byName = new() { ["first"] = 1, ["second"] = "x" };
        findings.Equal("1-x", RenderTemplate("a.html", byName).ToString(), Remedy);
        findings.Equal("-", RenderTemplate("a.html").ToString(), "A name without a value writes nothing.");
        int[] numbers = [1, 2];
        foreach (var (template, expected) in ((string, string)[])
        [
            (dialect.Comment("hidden"), ""), (dialect.If("yes", "shown"), "shown"), (dialect.If("no", "hidden"), ""),
            (dialect.Each("list", $"{dialect.Item},"), "1,2,"), (dialect.Filter("two", "even"), dialect.Written(true, "true")),
            (dialect.Filter("yes", "twice"), "truetrue"),
            (dialect.Call("icon", "'star'", "size", "3"), "<i class=\"star\" data-size=\"3\"></i>"), (dialect.Value("version"), "GET 1"),
            ($"{dialect.Value("request.method")} {dialect.Value("request.path")} {dialect.Value("request.args.a")}", "GET /path 1"),
            ($"{dialect.Value("g.color")} {dialect.Value("config.Site.Name")}", "green Modular"),
            (dialect.Call("url_for", "'user'", "name", "'John Doe'"), "/user/John%20Doe"),
            ($"{dialect.Value("u.first_name")} {dialect.Value("u.firstName")}", "Ada Ada"),
            ($"{dialect.Value("u.born.year")} {dialect.Value("u.tags.size")}", "1815 2"),
        ])
        {
            findings.Try(template, Remedy);
            findings.Equal(expected, EngineUnderTest.Rendered(template, ("yes", true), ("no", false), ("two", 2), ("list", numbers),
                ("u", new Person("Ada", new(1815, 12, 10)))), Remedy);
        }
    }

    internal static void Layouts(EngineUnderTest engine, Findings findings)
    {
        const string Remedy =
            "A block of the page replaces that of its layout, over any number of layouts. Otherwise the default is shown.";
        var dialect = engine.Dialect;
        if (!dialect.HasLayouts) return;
        engine.Add("base.html", dialect.Layout).Add("middle.html", dialect.Middle("base.html"))
            .Add("page.html", dialect.Extends("middle.html", ("inner", dialect.Value("v")), ("title", "Page")))
            .Add("plain.html", dialect.Extends("middle.html", ("inner", "-")));
        using var scope = engine.App().TestRequestContext("/");
        findings.Try("a page that fills blocks of two layouts", Remedy);
        findings.Equal("<html><head><title>Page</title></head><body><main>&lt;</main></body></html>",
            EngineUnderTest.Page("page.html", ("v", "<")), Remedy);
        findings.Try("a page that leaves a block out", Remedy);
        findings.Equal("<html><head><title>Base</title></head><body><main>-</main></body></html>",
            EngineUnderTest.Page("plain.html"), Remedy);
    }

    internal static async Task Asynchronous(EngineUnderTest engine, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy = "Write each part of the page once, in order, and return a task that ends with the page. " +
            "What is written may already be sent, and the page may be rendered on another thread.";
        var dialect = engine.Dialect;
        engine.Add("part.html", dialect.Value("v")).Add("fails.html", dialect.Call("fail", "1", "x", "1"))
            .Add("page.html", $"<p>{dialect.Value("v")}</p>{dialect.Each("list", dialect.Item)}{dialect.Include("part.html")}");
        using var scope = engine.App().TestRequestContext("/");
        (string, object?)[] values = [("v", "<"), ("list", Enumerable.Range(0, 20_000))];
        var page = EngineUnderTest.Page("page.html", values);

        findings.Try("a page that is awaited, and the same page", Remedy);
        findings.Equal(page, (await RenderTemplateAsync("page.html", values)).ToString(), Remedy);
        findings.Try("a page that is sent while it is rendered, and the same page", Remedy);
        var sent = new System.Text.StringBuilder();
        await foreach (var piece in StreamTemplate("page.html", values).WithCancellation(cancellationToken)) sent.Append(piece);
        findings.Equal(page, sent.ToString(), Remedy);
        findings.Try("a page that fails while it is awaited", "Let the error of the page end its task.");
        try
        {
            await RenderTemplateAsync("fails.html");
            findings.Add("no exception", "Let the error of the page end its task.");
        }
        catch (TemplateException failed)
        {
            findings.Equal("It failed.", failed.Problem, "Keep the message of the exception.");
        }
    }

    internal static void TwoApplications(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Keep filters, functions and templates in the engine object, which is created for each application.";
        var dialect = engine.Dialect;
        using var other = new EngineUnderTest(dialect);
        engine.Add("part.html", "one");
        other.Add("part.html", "two");
        var first = engine.App(setUp: app =>
        {
            app.TemplateFilter("mine", (value, _) => $"first {TemplateData.Text(value)}");
            app.TemplateFunction("only", (_, _) => "first");
        });
        var second = other.App(setUp: app => app.TemplateFilter("mine", (value, _) => $"second {TemplateData.Text(value)}"));
        var text = $"{dialect.Filter("v", "mine")} {dialect.Include("part.html")}";

        findings.Try($"{text} in two applications", Remedy);
        using (first.TestRequestContext("/"))
        {
            findings.Equal("first x one", EngineUnderTest.Rendered(text, ("v", "x")), Remedy);
            findings.Equal("first", EngineUnderTest.Rendered(dialect.Call("only", "1", "a", "1")), Remedy);
        }
        using (second.TestRequestContext("/"))
        {
            findings.Equal("second x two", EngineUnderTest.Rendered(text, ("v", "x")), Remedy);
            findings.Try("a function that only the other application has", "A function that doesn't exist is an error that names it.");
            var error = EngineUnderTest.Thrown(() => RenderTemplateString(dialect.Call("only", "1", "a", "1")).ToString());
            if (!error.Message.Contains("only", StringComparison.Ordinal))
                findings.Add(error.Message, "A function that doesn't exist is an error that names it.");
        }
    }

    internal static void Cultures(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Pass CultureInfo.InvariantCulture to every method that parses or formats.";
        var dialect = engine.Dialect;
        using var scope = engine.App().TestRequestContext("/");
        string[] names = ["d", "m", "negative", "day", "list"];
        var text = string.Join(' ', names.Select(dialect.Value)) + dialect.Each("list", dialect.Item) + dialect.Filter("d", "tojson");
        (string, object?)[] values =
        [
            ("d", 1.5), ("m", 1234.5m), ("negative", -4), ("day", new DateTime(2024, 3, 7, 15, 4, 5)),
            ("list", new object[] { 1.5, 2.25m }),
        ];
        var expected = In(CultureInfo.InvariantCulture);
        findings.Try($"{text} in a culture with a decimal comma", Remedy);
        var day = dialect.Written(values[3].Item2, "03/07/2024 15:04:05");
        findings.Equal(true, expected.StartsWith($"1.5 1234.5 -4 {day} ", StringComparison.Ordinal), Remedy);
        findings.Equal(expected, In(Comma()), Remedy);

        string In(CultureInfo culture)
        {
            var (before, beforeOfTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
                return EngineUnderTest.Rendered(text, values);
            }
            finally
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeOfTexts);
            }
        }
    }

    // Also where .NET runs without its tables of cultures.
    static CultureInfo Comma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var numbers = culture.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.NegativeSign) = (",", ".", "\u2212");
        var dates = culture.DateTimeFormat;
        (dates.ShortDatePattern, dates.LongTimePattern, dates.DateSeparator) = ("dd.MM.yyyy", "HH.mm.ss", ".");
        return culture;
    }

    sealed record Person(string FirstName, DateOnly Born)
    {
        public string[] Tags { get; } = ["a", "b"];
    }
}
