using System.Text.Json.Nodes;

namespace Modular.Cli;

/// <summary><c>plugins</c>: the installed plugins, outermost first.</summary>
sealed class PluginsCommand(ModularApp app, ConsoleOutput output)
{
    internal const string Name = "plugins";

    readonly CommandParameter<bool> _json = new("--json", "Writes JSON.");

    internal AppCommand Command =>
        new(Name, "Shows the plugins from the outermost to the innermost: manifest, version, and additions.", Show)
        {
            Parameters = [_json],
            Examples = ["plugins", "plugins --json"],
        };

    void Show(CommandCall call)
    {
        var plugins = app.Plugins;
        if (call.Has(_json)) output.Json(new JsonArray([.. plugins.Select(Json)]));
        else if (plugins.Count == 0) output.Line("There are no plugins.");
        else for (var i = 0; i < plugins.Count; i++) Text(i + 1, plugins[i]);
    }

    void Text(int place, PluginDescription plugin)
    {
        var card = plugin.Manifest;
        output.Line($"{place}. {output.Paint.Bold(card.Id)} {plugin.Version}  {output.Paint.Dim($"for Modular.Core {card.CoreRange}")}");
        Line("needs", card.Dependencies.Select(need => need.Id));
        Line("provides", card.Provides);
        Line("before", card.Before);
        Line("after", card.After);
        foreach (var kind in Additions(plugin).GroupBy(addition => addition.Kind))
            Line($"adds {kind.Key}", kind.Select(addition => addition.Name));
    }

    void Line(string what, IEnumerable<string> names)
    {
        if (string.Join(", ", names) is { Length: > 0 } all) output.Line($"   {what + ":",-24} {all}");
    }

    static JsonNode Json(PluginDescription plugin) => new JsonObject
    {
        ["id"] = plugin.Manifest.Id,
        ["version"] = plugin.Version,
        ["core"] = plugin.Manifest.CoreRange,
        ["needs"] = Names(plugin.Manifest.Dependencies.Select(need => need.Id)),
        ["provides"] = Names(plugin.Manifest.Provides),
        ["before"] = Names(plugin.Manifest.Before),
        ["after"] = Names(plugin.Manifest.After),
        ["adds"] = new JsonArray([.. Additions(plugin)
            .Select(addition => (JsonNode)new JsonObject { ["kind"] = addition.Kind, ["name"] = addition.Name })]),
    };

    // Repeated additions are counted.
    static IEnumerable<(string Kind, string Name)> Additions(PluginDescription plugin) =>
        plugin.Declared.Select(Addition).CountBy(addition => addition)
            .Select(pair => (pair.Key.Kind, pair.Value == 1 ? pair.Key.Name : $"{pair.Key.Name} ×{pair.Value}"));

    static (string Kind, string Name) Addition((string Word, string Name) declared) => declared.Word switch
    {
        "AddRequestSlot" => ("slot", declared.Name),
        "AddAppSlot" => ("application slot", declared.Name),
        "Route" => ("rule", declared.Name),
        "Services" => ("service", declared.Name),
        "ResponseConverter" => ("response", declared.Name),
        "UseMiddleware" => ("layer", "around the application"),
        "ReplaceRun" => ("layer", "around app.Run"),
        "Validate" => ("check", "of the set-up"),
        "FormReader" => ("form", declared.Name),
        "BeforeSend" => ("hook", "before send"),
        "App" => ("hook", Words(declared.Name)),
        "ForBlueprint" when declared.Name.Split(' ', 2) is [var hook, var place] => ("hook", $"{Words(hook)} {place}"),
        var word => (Words(word), declared.Name),
    };

    // "TemplateGlobal" is a template global.
    static string Words(string word) =>
        string.Concat(word.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}
