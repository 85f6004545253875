namespace Modular.Plugins;

/// <summary>A plugin that another one requires.</summary>
/// <param name="id">Its id, which is its package's name.</param>
/// <param name="install">The line that installs it, for the error: <c>app.UseSessions(…)</c>.</param>
public sealed class PluginDependency(string id, string install)
{
    /// <summary>Its id, which is its package's name.</summary>
    public string Id { get; } = id;

    /// <summary>The line that installs it.</summary>
    public string Install { get; } = install;
}
