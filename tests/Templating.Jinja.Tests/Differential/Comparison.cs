using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Modular.Templating.Jinja.Tests;

/// <summary>Renders cases with the real Jinja2, in one process, and with this engine.</summary>
static partial class Comparison
{
    /// <summary>The cases whose answers differ, with both answers.</summary>
    internal static async Task<List<string>> Differences(IReadOnlyList<JsonObject> cases)
    {
        var expected = await Reference(cases);
        List<string> differences = [];
        for (var i = 0; i < cases.Count; i++)
        {
            var (theirs, ours) = (Shown(JsonNode.Parse(expected[i])!), Shown(JsonNode.Parse(Render.TemplateCase.Answer(cases[i].ToJsonString()))!));
            // Python computes very large numbers and texts until it fails. Here they have limits.
            if (theirs != ours && (theirs, ours) != ("error: runtime", "error: limit")) differences.Add($"{cases[i]["source"] ?? cases[i]["templates"]}\n   Jinja2 {theirs}\n   here   {ours}");
        }
        return differences;
    }

    /// <summary>The answers of Jinja2.</summary>
    internal static async Task<string[]> Reference(IReadOnlyList<JsonObject> cases)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Differential", "reference", "render.py");
        using var python = Process.Start(new ProcessStartInfo(Tools.Path(Tool.Flask), ["-X", "utf8", program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
        })!;
        var answers = python.StandardOutput.ReadToEndAsync();
        foreach (var item in cases) await python.StandardInput.WriteLineAsync(item.ToJsonString());
        python.StandardInput.Close();
        var lines = (await answers).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(cases.Count, lines.Length);
        return lines;
    }

    /// <summary>An answer as it is compared: the page without addresses of memory, or the kind of error, and the line of a mistake.</summary>
    internal static string Shown(JsonNode answer) => (string?)answer["output"] is { } page
        ? Addresses().Replace(page, "$1function$2")
        : $"error: {answer["error"]}{((string?)answer["error"] == "syntax" ? $" in line {answer["line"]}" : "")}";

    [GeneratedRegex(@"(<|&lt;)(?:generator|list_reverseiterator|built-in method|bound method|function)[^<>&]*(>|&gt;)")]
    private static partial Regex Addresses();
}
