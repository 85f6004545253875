namespace Modular.Plugins;

/// <summary>A plugin that another one requires, or uses when it is installed.</summary>
/// <param name="id">Its id, which is its package's name.</param>
/// <param name="install">The line that installs it, for the error: <c>app.UseSessions(…)</c>.</param>
/// <param name="versions">Its versions, as a NuGet range. Default null: all.</param>
/// <param name="optional">True: it may be missing. When it is installed, its version and the order count.</param>
/// <param name="contract">The only service that is used of it. A plugin that provides the id and the service then replaces it.</param>
public sealed class PluginDependency(string id, string install, string? versions = null, bool optional = false, Type? contract = null)
{
    /// <summary>Its id, which is its package's name.</summary>
    public string Id { get; } = id;

    /// <summary>The line that installs it.</summary>
    public string Install { get; } = install;

    /// <summary>Its versions, as a NuGet range; null for all.</summary>
    public string? Versions { get; } = versions;

    /// <summary>True when it may be missing.</summary>
    public bool IsOptional { get; } = optional;

    internal bool IsMetBy(PluginBuilder plugin) => plugin.Manifest.Id == Id
        || (contract is not null && plugin.Manifest.Provides.Contains(Id) && plugin.Services.Any(one => one.ServiceType == contract));
}
