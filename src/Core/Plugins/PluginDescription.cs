using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Modular.Plugins;

/// <summary>An installed plugin, for command lines and error pages.</summary>
public sealed class PluginDescription
{
    internal PluginDescription(PluginBuilder plugin) => (Manifest, Version, Declared) =
        (plugin.Manifest, plugin.Version, [.. plugin.Declared.Select(declared => (declared.Word, declared.Name))]);

    /// <summary>Installs a plugin without an application, for its unit tests: what it requires and declares.</summary>
    /// <param name="services">Receives its services. Default: a new collection.</param>
    /// <exception cref="ModularException">A declaration is wrong. Other exceptions of <c>Install</c> are thrown as they are.</exception>
    public static PluginDescription Of(IPlugin plugin, IConfiguration? config = null, IServiceCollection? services = null)
    {
        var builder = new PluginBuilder(plugin, services ?? new ServiceCollection(), config ?? new ConfigurationManager(), _ => NullLogger.Instance);
        builder.Install(plugin);
        return new(builder);
    }

    /// <summary>Its manifest.</summary>
    public PluginManifest Manifest { get; }

    /// <summary>The manifest's version, or that of the plugin's assembly.</summary>
    public string? Version { get; }

    /// <summary>Its declarations, in order: the builder's method and its subject, as in <c>("Converter", "visitor")</c>.</summary>
    public IReadOnlyList<(string Word, string Name)> Declared { get; }
}
