namespace Modular;

/// <summary>An installed plugin, for command lines and error pages.</summary>
public sealed class PluginDescription
{
    internal PluginDescription(PluginRecord plugin)
    {
        (Card, Version) = (plugin.Card, plugin.Version);
        Declared =
        [
            .. plugin.Declared, .. plugin.Scopes.SelectMany(scope => scope.Globals).Select(global => ("TemplateGlobal", global.Name)),
            .. plugin.Scopes.SelectMany(scope => scope.Filters).Select(filter => ("TemplateFilter", filter.Name)), .. plugin.Scopes.SelectMany(scope => scope.Functions).Select(function => ("TemplateFunction", function.Name)),
        ];
    }

    /// <summary>Its card.</summary>
    public PluginCard Card { get; }

    /// <summary>The card's version, or that of the plugin's assembly.</summary>
    public string? Version { get; }

    /// <summary>
    /// What it declared, in order: the word of <see cref="IPluginHost"/> and what it was for, if anything: <c>("Converter", "visitor")</c>, <c>("App", "BeforeRequest")</c>, <c>("Wrap", "")</c>. A rule has the word <c>Route</c>.
    /// </summary>
    public IReadOnlyList<(string Word, string Name)> Declared { get; }
}
