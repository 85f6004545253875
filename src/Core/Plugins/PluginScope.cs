namespace Modular;

/// <summary>A plugin's own hooks, handlers and endpoints, for the application or for one blueprint.</summary>
sealed class PluginScope(PluginRecord record, Blueprint? blueprint) : Scaffold
{
    internal Blueprint? Blueprint { get; } = blueprint;

    /// <summary>Kept here and not in the blueprint, which other applications may have too.</summary>
    internal List<RouteSpec> Routes { get; } = [];

    internal override void Take(RouteSpec spec)
    {
        spec.Plugin = record.Card.Id;
        Routes.Add(spec);
        record.Declared.Add(("Route", spec.Rule));
    }

    // Told with all else that is wrong with the plugin.
    internal override void CheckFilterName(string name)
    {
    }

    internal override void CheckChange([CallerMemberName] string word = "")
    {
        record.CheckChange(word);
        if (word is not ("Route" or "TemplateGlobal" or "TemplateFilter" or "TemplateFunction")) record.Declared.Add(Blueprint is null ? ("App", word) : ("In", $"{word} of blueprint {Blueprint.Name}"));
    }
}
