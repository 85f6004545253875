using System.Text;
using Modular.Templating;
using Modular.Templating.Jinja;

namespace Modular.Fuzz;

/// <summary>A template for Jinja, which is compiled and rendered with some values.</summary>
static class JinjaTarget
{
    static readonly ModularApp App = Create();

    static readonly (string, object?)[] Values =
    [
        ("n", 3), ("s", "text <b>"), ("seq", new[] { 1, 2, 3 }), ("users", new[] { new Dictionary<string, object?> { ["name"] = "ann", ["age"] = 30 } }),
        ("x", 5), ("html", "<b>"), ("m", new Markup("<i>")), ("d", new Dictionary<string, object?> { ["a"] = 1 }), ("foo", new[] { "bar" }),
    ];

    internal static void Run(ReadOnlySpan<byte> input)
    {
        using var scope = App.TestRequestContext("/");
        try
        {
            TemplatingFunctions.RenderTemplateString(Encoding.UTF8.GetString(input), Values);
        }
        catch (ModularException error)
        {
            Targets.Demand(error.Message.Length > 0, "The error says nothing.");
        }
    }

    static ModularApp Create()
    {
        var app = new ModularApp();
        app.UseTemplating(new() { Folders = [], Limits = new() { MaxIterations = 20_000, MaxOutput = 100_000, MaxTime = TimeSpan.FromSeconds(2) } });
        app.UseJinja(new() { Extensions = ["do", "loopcontrols", "i18n", "debug"], LineStatementPrefix = "%%", LineCommentPrefix = "##" });
        return app;
    }
}
