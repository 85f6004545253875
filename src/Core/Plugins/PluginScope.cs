namespace Modular.Plugins;

/// <summary>A plugin's own hooks, handlers and endpoints, for the application or for one blueprint.</summary>
sealed class PluginScope(PluginBuilder plugin, Blueprint? blueprint) : RouteGroup
{
    internal PluginBuilder Plugin => plugin;
    internal string PluginId => plugin.Manifest.Id;
    internal Blueprint? Blueprint { get; } = blueprint;

    // Not in the blueprint, because other applications may also register it.
    internal List<RouteSpec> Routes { get; } = [];

    internal override void Take(RouteSpec spec)
    {
        spec.Plugin = PluginId;
        Routes.Add(spec);
    }

    // Two plugins that handle one error: the inner one would never run.
    bool IsClaim(string word) => word == nameof(ErrorHandler) && Blueprint is null && plugin.OnlyFor.Count == 0;

    internal override void CheckChange([CallerMemberName] string word = "") => plugin.CheckChange(word);

    internal override void Declare(string word, string? name) => plugin.Declared.Add(
        name is not null ? new(word, name, IsClaim(word) ? name : null) { Plugin = PluginId }
        : Blueprint is null ? new("App", word)
        : new("ForBlueprint", $"{word} of blueprint {Blueprint.Name}"));
}
