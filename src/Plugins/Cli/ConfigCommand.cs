using System.Text.Json.Nodes;

namespace Modular.Cli;

/// <summary><c>config</c>: the settings of the application and their sources.</summary>
sealed class ConfigCommand(ModularApp app, ConsoleOutput output)
{
    internal const string Name = "config";

    readonly CommandParameter<string> _filter = new("filter", "Only settings with this text in their name.") { IsRequired = false };
    readonly CommandParameter<bool> _json = new("--json", "Writes JSON.");

    internal AppCommand Command => new(Name, "Shows the settings in effect and where each comes from. Secrets are masked.", Show)
    {
        Parameters = [_filter, _json],
        Examples = ["config", "config database", "config --json"],
    };

    void Show(CommandCall call)
    {
        var settings = Settings.Of(app)
            .Where(setting => !call.Has(_filter) || setting.Name.Contains(call.Get(_filter), StringComparison.OrdinalIgnoreCase)).ToList();
        if (call.Has(_json)) output.Json(new JsonArray([.. settings.Select(setting => (JsonNode)new JsonObject
        {
            ["name"] = setting.Name, ["value"] = setting.Shown, ["source"] = setting.Source, ["masked"] = setting.IsSecret,
        })]));
        else output.Table(["Name", "Value", "Source"],
            settings.Select(setting => (string[])[setting.Name, OneLine(setting.Shown), setting.Source]));
    }

    static string OneLine(string? value) => (value ?? "").ReplaceLineEndings("⏎");
}
