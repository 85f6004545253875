using static Modular.Templating.TemplatingFunctions;

namespace Modular.Testing.Conformance;

/// <summary>Errors with the template and the place.</summary>
static class ErrorChecks
{
    internal static void Places(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Throw a TemplateException with the source, the line and the column. 0 is right when the place is unknown.";
        var dialect = engine.Dialect;
        var (mistake, line, column) = dialect.Mistake;
        var fails = dialect.Call("fail", "1", "x", "1");
        engine.Add("mistake.html", mistake).Add("fails.html", $"a\n\n  {fails}")
            .Add("page.html", dialect.Include("part.html")).Add("part.html", $"\n {fails}")
            .Add("missing.html", $"\n{dialect.Include("none.html")}");
        using var scope = engine.App().TestRequestContext("/");

        findings.Try($"a template with a mistake: {mistake}", Remedy);
        if (Error("mistake.html") is { } wrong)
        {
            findings.Equal($"mistake.html {line} {column}", $"{wrong.Template} {wrong.Line} {wrong.Column}", Remedy);
            if (wrong.Problem.Trim().Length < 10)
                findings.Add($"the problem \"{wrong.Problem}\"", "Say what is wrong and what to write instead.");
            if (line > 0 && !wrong.Message.Contains($"> {line} | ", StringComparison.Ordinal))
                findings.Add(wrong.Message, "Create the exception with the source, whose lines it shows.");
        }
        findings.Try("a function that fails", Remedy);
        if (Error("fails.html") is { } failed)
        {
            if (failed.Template != "fails.html" || failed.Line is not (0 or 3)) findings.Add(failed.Message, Remedy);
            if (failed is not { InnerException: InvalidOperationException, Problem: "It failed." })
                findings.Add(failed.Message, "Keep the message of the exception, and the exception itself as the inner one.");
        }
        findings.Try("a function that fails in an included template", Remedy);
        if (Error("page.html") is { } included && (included.Template is not ("part.html" or "page.html")
                || included.Line > 0 && (included.Template, included.Line) != ("part.html", 2)))
            findings.Add(included.Message, Remedy);
        findings.Try("a missing template that another one includes", "The error names the template that is missing.");
        if (Error("missing.html") is { } missing && !missing.Message.Contains("none.html", StringComparison.Ordinal))
            findings.Add(missing.Message, "The error names the template that is missing.");

        TemplateException? Error(string name)
        {
            try
            {
                var error = EngineUnderTest.Thrown(() => RenderTemplate(name).ToString());
                if (error is TemplateException placed) return placed;
                findings.Threw(error);
            }
            catch (Difference difference)
            {
                findings.Threw(difference);
            }
            return null;
        }
    }

    internal static void Kinds(EngineUnderTest engine, Findings findings)
    {
        const string Remedy = "Let an HttpException, an OperationCanceledException and a TemplateException pass as they are.";
        var dialect = engine.Dialect;
        using var scope = engine.App(setUp: app =>
        {
            app.TemplateFunction("aborts", (_, _) => throw new HttpException(404));
            app.TemplateFunction("stops", (_, _) => throw new OperationCanceledException());
            app.TemplateFunction("limits", (_, _) => throw new TemplateLimitException("Too much.", "here"));
        }).TestRequestContext("/");
        foreach (var (function, type) in ((string, Type)[])
            [("aborts", typeof(HttpException)), ("stops", typeof(OperationCanceledException)), ("limits", typeof(TemplateLimitException))])
        {
            findings.Try($"a function that throws a {type.Name}", Remedy);
            var error = EngineUnderTest.Thrown(() => RenderTemplateString(dialect.Call(function, "1", "x", "1")).ToString());
            if (!error.GetType().IsAssignableTo(type)) findings.Add($"{error.GetType().Name}: {error.Message}", Remedy);
        }
        findings.Try("a page after an error", "An error of one page must not change the next one.");
        findings.Equal("x", EngineUnderTest.Rendered(dialect.Value("v"), ("v", "x")), "An error of one page must not change the next one.");
    }
}
