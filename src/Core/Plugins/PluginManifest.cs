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

    /// <summary>Ids of plugins that it replaces for those that require only their contract: <see cref="PluginDependency"/>.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>Ids of plugins, installed or not, that it runs outside, except for <c>BeforeSend</c>.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Ids of plugins, installed or not, that it runs inside, except for <c>BeforeSend</c>.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Ids of plugins whose <c>BeforeSend</c> functions run after this one's. Default: the innermost plugin's run first.</summary>
    public IReadOnlyList<string> SendsBefore { get; init; } = [];

    /// <summary>Ids of plugins whose <c>BeforeSend</c> functions run before this one's.</summary>
    public IReadOnlyList<string> SendsAfter { get; init; } = [];

    /// <summary>Ids of plugins that can't be installed beside it.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    internal bool Answers(string id) => Id == id || Provides.Contains(id);
}
