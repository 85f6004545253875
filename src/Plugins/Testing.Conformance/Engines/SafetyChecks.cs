using static Modular.Templating.TemplatingFunctions;

namespace Modular.Testing.Conformance;

/// <summary>What templates can read and write, and which files a name reaches.</summary>
static class SafetyChecks
{
    internal static void Reads(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Read members only with TemplateRender.TryGetMember or TemplateData.";
        var app = engine.App();
        using var scope = app.TestRequestContext("/");
        (string, object?)[] values =
        [
            ("type", typeof(string)), ("assembly", typeof(string).Assembly),
            ("method", typeof(string).GetMethod(nameof(string.ToString), [])),
            ("action", (Action)(() => { })), ("services", scope.Context.Services), ("http", scope.Context.Http),
            ("stream", new MemoryStream([1])),
            ("app", app), ("context", scope.Context), ("thread", Thread.CurrentThread), ("holder", new Holder()),
            ("error", new InvalidOperationException("secret")),
        ];
        string[] paths =
        [
            "type.Assembly", "type.Assembly.Location", "type.FullName", "assembly.Location", "method.DeclaringType", "method.Module",
            "action.Method", "action.Target", "services.GetType", "http.RequestServices", "http.Request.Path", "http.User", "stream.Length",
            "app.Services", "app.Config", "app.Options.RootPath", "context.Http", "context.Services", "context.App",
            "thread.ManagedThreadId",
            "request.Http", "request.http.RequestServices", "request.Rule", "holder.Type.Assembly", "holder.Type.FullName",
            "holder.Action.Method", "holder.Secret", "holder.Static", "holder.Field", "holder.GetType", "error.StackTrace", "error.Message",
            "g.GetType", "config.Providers", "request.Headers.GetType", "holder.Text.Chars", "holder.Text.GetType",
        ];
        foreach (var path in paths)
        {
            findings.Try(engine.Dialect.Value(path), Remedy);
            var page = EngineUnderTest.Rendered($"<p>{engine.Dialect.Value(path)}</p>", values);
            if (!engine.Dialect.RefusesMembersOfNothing || !IsRefused(page)) findings.Equal("<p></p>", page, Remedy);
        }
        findings.Try(engine.Dialect.Value("holder.text"), Remedy);
        findings.Equal("text", EngineUnderTest.Rendered(engine.Dialect.Value("holder.text"), values), Remedy);
    }

    // The name and the message of an exception, without a value of the page.
    static bool IsRefused(string page) => page.Split(':')[0].EndsWith("Exception", StringComparison.Ordinal)
        && !page.Contains("secret", StringComparison.Ordinal)
        && !page.Contains(AppContext.BaseDirectory, StringComparison.Ordinal)
        && !page.Contains(typeof(string).Assembly.Location, StringComparison.Ordinal);

    internal static void Writes(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Write every value with WriteValue and format it with TemplateRender.TextOf, never with its ToString.";
        var dialect = engine.Dialect;
        using var scope = engine.App().TestRequestContext("/");
        Exception secret = new InvalidOperationException("secret");
        (string Name, object Value)[] holders =
        [
            ("an exception", secret), ("a type", typeof(string)), ("a delegate", (Action)(() => { })), ("a stream", new MemoryStream()),
            ("services", scope.Context.Services), ("a list", new List<object?> { 1, secret }),
            ("a list of lists", new List<object?> { new object?[] { secret } }),
            ("a dictionary", new Dictionary<string, object?> { ["e"] = secret }), ("a key", new Dictionary<object, int> { [secret] = 1 }),
            ("a tuple", (1, secret)), ("a pair", KeyValuePair.Create("e", secret)), ("an anonymous object", new { e = secret }),
            ("a record", new Record(secret)), ("a record struct", new Small(secret)), ("a class of tuple", Tuple.Create("a", secret)),
            ("anonymous objects inside of each other", new { a = new { b = (1, new Record(secret)) } }),
            ("a created lazy value", Created(secret)), ("an interpolated string", (FormattableString)$"{secret}"),
        ];
        string[] templates =
        [
            dialect.Value("v"), dialect.Raw("v"), dialect.Filter("v", "escape"), dialect.Filter("v", "safe"),
            dialect.Filter("v", "forceescape"),
            dialect.Filter("v", "striptags"), dialect.Each("all", dialect.Item),
        ];
        foreach (var (name, value) in holders)
            foreach (var template in templates)
            {
                findings.Try($"{template} with {name}", Remedy);
                var page = EngineUnderTest.Rendered(template, ("v", value), ("all", new[] { value }));
                if (page.Contains("secret", StringComparison.Ordinal) || !page.Contains("which isn't data.", StringComparison.Ordinal))
                    findings.Add(page, Remedy);
            }
        findings.Try("a task as a value", Remedy);
        var task = EngineUnderTest.Rendered(dialect.Value("v"), ("v", Task.FromResult(1)));
        if (!task.Contains("Await it in the view", StringComparison.Ordinal)) findings.Add(task, Remedy);
    }

    internal static void Names(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Get other templates only with TemplateLibrary.Get, GetSource and Exists, which check names.";
        var dialect = engine.Dialect;
        string[] names =
        [
            "../secret.txt", "../../etc/passwd", "a/../../secret.txt", "/etc/passwd", "//etc/passwd", "..\\secret.txt",
            "C:\\windows\\win.ini",
            "page.html\0.txt", "page.html::$DATA", "%2e%2e/secret.txt", "./page.html", "a//page.html", ".hidden", "a/.git/config", "CON",
            "nul.html", "page.html/", "page.html.", "", "a", new('a', 100_000), string.Concat(Enumerable.Repeat("../", 50_000)),
        ];
        engine.Add("page.html", "page").Add("a/page.html", "inner").Add(".hidden", "hidden").Add("secret.txt", "TOP SECRET", ".")
            .Add("includes.html", dialect.IncludeNamed("name"));
        using var scope = engine.App().TestRequestContext("/");
        foreach (var name in names)
        {
            findings.Try($"the template name {Findings.Of(name)}", Remedy);
            if (EngineUnderTest.Thrown(() => RenderTemplate(name).ToString()) is not TemplateNotFoundException)
                findings.Add("an error that isn't a TemplateNotFoundException", Remedy);
            if (dialect.IncludeNamed("name") is null) continue;
            var error = EngineUnderTest.Thrown(() => RenderTemplate("includes.html", ("name", name)).ToString());
            if (error is not ModularException || error.Message.Contains("SECRET", StringComparison.Ordinal))
                findings.Add(error.Message, Remedy);
        }
    }

    sealed class Holder
    {
        public readonly string Field = "field";

        public static string Static => "static";

        public Type Type { get; } = typeof(string);

        public Action Action { get; } = () => { };

        public string Text { get; } = "text";

        internal string Secret { get; } = "secret";
    }

    static Lazy<Exception> Created(Exception error)
    {
        var lazy = new Lazy<Exception>(() => error);
        _ = lazy.Value;
        return lazy;
    }

    sealed record Record(Exception Error);

    readonly record struct Small(Exception Error);
}
