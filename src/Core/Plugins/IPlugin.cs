namespace Modular.Plugins;

/// <summary>A plugin, installed by one line: <c>app.Use(new MyPlugin())</c>. One instance may serve several applications.</summary>
public interface IPlugin
{
    /// <summary>Its id and requirements.</summary>
    PluginManifest Manifest { get; }

    /// <summary>Declares everything that it adds: no I/O, no statics. Called once for each application, by <c>app.Use</c>.</summary>
    void Install(PluginBuilder builder);
}
