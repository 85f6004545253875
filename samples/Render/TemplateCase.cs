using System.Text.Json;
using System.Text.Json.Nodes;

namespace Render;

/// <summary>One template that is rendered, and its answer.</summary>
public static class TemplateCase
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ForPage = TimeSpan.FromSeconds(4);

    /// <summary>The answer in JSON to a case in JSON.</summary>
    public static string Answer(string line)
    {
        JsonObject answer = [];
        try
        {
            using var document = JsonDocument.Parse(line, new() { MaxDepth = 1000 });
            var given = document.RootElement;
            if (given.TryGetProperty("id", out var id)) answer["id"] = JsonNode.Parse(id.GetRawText());
            var rendering = Task.Run(() => Page(given));
            // A template that doesn't end isn't waited for.
            if (!rendering.Wait(Longest)) return Failure(answer, "limit", new TimeoutException("The case took longer than five seconds."));
            answer["output"] = rendering.Result;
            return answer.ToJsonString();
        }
        catch (Exception error)
        {
            var cause = error is AggregateException { InnerException: { } inner } ? inner : error;
            return Failure(answer, Kind(cause), cause);
        }
    }

    static string Failure(JsonObject answer, string kind, Exception error)
    {
        answer["error"] = kind;
        answer["message"] = error is TemplateException { Problem: var problem } ? problem : error.Message;
        if (error is TemplateException placed)
        {
            answer["template"] = placed.Template;
            if (placed.Line > 0) (answer["line"], answer["column"]) = (placed.Line, placed.Column);
        }
        return answer.ToJsonString();
    }

    static string Kind(Exception error) => error switch
    {
        JinjaSyntaxException => "syntax",
        TemplateNotFoundException => "notfound",
        TemplateLimitException => "limit",
        JinjaUndefinedException => "undefined",
        TemplateException { Line: > 0, InnerException: null } => "syntax",
        _ => "runtime",
    };

    static async Task<string> Page(JsonElement given)
    {
        var engine = given.TryGetProperty("engine", out var name) ? name.GetString()! : "jinja";
        await using var app = App(given, engine);
        using var scope = app.TestRequestContext("/");
        var context = given.TryGetProperty("context", out var values) ? Values.Named(values) : [];
        return given.TryGetProperty("source", out var source)
            ? RenderTemplateString(source.GetString()!, context).ToString()
            : RenderTemplate(given.GetProperty("name").GetString()!, context).ToString();
    }

    static ModularApp App(JsonElement given, string engine)
    {
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(Microsoft.Extensions.Logging.Abstractions.NullLoggerProvider.Instance);
        var templates = given.TryGetProperty("templates", out var texts)
            ? texts.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!) : [];
        app.UseTemplating(new()
        {
            Folders = [],
            Providers = [new MemoryFiles(templates)],
            PlainEndings = [],
            Limits = new() { MaxTime = ForPage },
        });
        _ = engine switch
        {
            "jinja" => app.UseJinja(Settings.Of(given)),
            "liquid" => app.UseLiquid(),
            "handlebars" => app.UseHandlebars(),
            _ => throw new ArgumentException($"There is no engine \"{engine}\". Write jinja, liquid or handlebars."),
        };
        if (given.TryGetProperty("globals", out var globals))
            foreach (var (name, value) in Values.Named(globals)) app.TemplateGlobal(name, value);
        return app;
    }
}
