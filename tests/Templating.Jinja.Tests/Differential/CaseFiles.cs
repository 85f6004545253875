using System.Text.Json.Nodes;

namespace Modular.Templating.Jinja.Tests;

/// <summary>The cases in <c>Differential/cases</c>.</summary>
static class CaseFiles
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Differential", "cases");

    internal static string Context { get; } = File.ReadAllText(Path.Combine(Folder, "context.json"));

    /// <summary>The cases of a file: one template a line, where ⏎ is a line end; or several templates for a case.</summary>
    internal static List<JsonObject> Of(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{file}.txt")).Replace("\r\n", "\n", StringComparison.Ordinal);
        return file == "templates" ? [.. $"\n{text}".Split("\n#### ").Skip(1).Select(WithTemplates)]
            : [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => OfSource(line.Replace('⏎', '\n')))];
    }

    /// <summary>
    /// The cases of a file whose first line has what they share (their context, globals and templates), and each other line a case of its own.
    /// </summary>
    internal static List<JsonObject> OfLines(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, $"{file}.jsonl"));
        return [.. lines.Skip(1).Select(line => With(JsonNode.Parse(lines[0])!.AsObject(), JsonNode.Parse(line)!.AsObject()))];
    }

    static JsonObject With(JsonObject shared, JsonObject own)
    {
        foreach (var (name, value) in own.ToList()) shared[name] = value!.DeepClone();
        return shared;
    }

    internal static JsonObject OfSource(string source, string options = "{}") => new()
    {
        ["source"] = source,
        ["context"] = JsonNode.Parse(Context),
        ["options"] = JsonNode.Parse(options),
    };

    static JsonObject WithTemplates(string block)
    {
        var parts = block.Split('\n', 2);
        var found = JsonNode.Parse(parts[0])!.AsObject();
        JsonObject templates = [];
        foreach (var part in $"\n{parts[1]}".Split("\n==== ").Skip(1))
            templates[part.Split('\n', 2)[0]] = part.Split('\n', 2) is [_, var text] ? text : "";
        (found["name"], found["templates"], found["context"]) = ("page", templates, JsonNode.Parse(Context));
        return found;
    }
}
