namespace Modular.Plugins;

/// <summary>A plugin's identity and requirements. All manifests are checked together before the first request.</summary>
/// <param name="id">The package's name, such as <c>Modular.Sessions</c>. One application has one plugin of an id.</param>
/// <param name="core">The versions of Modular.Core that it was made for, as a NuGet range: <c>[0.2,1.0)</c>.</param>
public sealed class PluginManifest(string id, string core)
{
    /// <summary>The package's name.</summary>
    public string Id { get; } = id;

    /// <summary>Its versions of Modular.Core.</summary>
    public string CoreRange { get; } = core;

    /// <summary>The plugin's own version. Null: that of its assembly.</summary>
    public string? Version { get; init; }

    /// <summary>Plugins that must be installed too. It runs inside them: after them on the way in, before them on the way out.</summary>
    public IReadOnlyList<PluginDependency> Dependencies { get; init; } = [];

    /// <summary>Other ids that it satisfies, when a plugin requires one of them.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>Ids of plugins, installed or not, that it runs outside.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Ids of plugins, installed or not, that it runs inside.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    internal bool Answers(string id) => Id == id || Provides.Contains(id);
}
