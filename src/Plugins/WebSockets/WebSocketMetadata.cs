namespace Modular.WebSockets;

/// <summary>Without the plugin, an application with such a rule doesn't start.</summary>
sealed class WebSocketMetadata : IPluginMetadata
{
    public PluginDependency Plugin { get; } = new("Modular.WebSockets", "app.UseWebSockets()");
}
