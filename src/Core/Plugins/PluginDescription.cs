namespace Modular.Plugins;

/// <summary>An installed plugin, for command lines and error pages.</summary>
public sealed class PluginDescription
{
    internal PluginDescription(PluginBuilder plugin) => (Manifest, Version, Declared) =
        (plugin.Manifest, plugin.Version, [.. plugin.Declared.Where(declared => declared.Word != nameof(PluginManifest.Provides))
            .Select(declared => (declared.Word, declared.Name))]);

    /// <summary>Its manifest.</summary>
    public PluginManifest Manifest { get; }

    /// <summary>The manifest's version, or that of the plugin's assembly.</summary>
    public string? Version { get; }

    /// <summary>Its declarations, in order: the builder's method and its subject, as in <c>("Converter", "visitor")</c>.</summary>
    public IReadOnlyList<(string Word, string Name)> Declared { get; }
}
