namespace Modular;

/// <summary>A plugin's own hooks, handlers and endpoints, for the application or for one blueprint.</summary>
sealed class PluginScope(PluginBuilder plugin, Blueprint? blueprint) : Scaffold
{
    internal Blueprint? Blueprint { get; } = blueprint;

    // Here and not in the blueprint, because other applications may have it too.
    internal List<RouteSpec> Routes { get; } = [];

    internal override void Take(RouteSpec spec)
    {
        spec.Plugin = plugin.Manifest.Id;
        Routes.Add(spec);
        plugin.Declared.Add(new("Route", spec.Rule));
    }

    // Reported with all other problems of the plugin.
    internal override void CheckFilterName(string name)
    {
    }

    internal override void CheckChange([CallerMemberName] string word = "")
    {
        plugin.CheckChange(word);
        if (word is "Route" or "TemplateGlobal" or "TemplateFilter" or "TemplateFunction") return;
        plugin.Declared.Add(Blueprint is null ? new("App", word) : new("ForBlueprint", $"{word} of blueprint {Blueprint.Name}"));
    }
}
