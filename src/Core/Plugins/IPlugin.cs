namespace Modular;

/// <summary>Something that an application gets by one line: <c>app.Use(new MyPlugin())</c>.</summary>
/// <remarks>One instance may serve several applications, so it keeps no state of one.</remarks>
public interface IPlugin
{
    /// <summary>Its id, and what it requires.</summary>
    PluginManifest Manifest { get; }

    /// <summary>Declares everything that it adds: no I/O, no statics. Called once for each application, by <c>app.Use</c>.</summary>
    /// <param name="builder">Takes the declarations. It refuses them after Install.</param>
    void Install(PluginBuilder builder);
}
