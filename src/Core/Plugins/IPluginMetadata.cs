namespace Modular.Plugins;

/// <summary>Metadata of an endpoint that has an effect only with a plugin. Without the plugin the application doesn't start.</summary>
public interface IPluginMetadata
{
    /// <summary>The plugin, with the line that installs it.</summary>
    PluginDependency Plugin { get; }
}
