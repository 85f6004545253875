namespace Modular;

/// <summary>Something that an application can be given by one line: <c>app.Use(new MyPlugin())</c>.</summary>
/// <remarks>One instance may serve several applications, so it keeps no state of one.</remarks>
public interface IPlugin
{
    /// <summary>Who it is and what it needs.</summary>
    PluginCard Card { get; }

    /// <summary>Declares all that it adds: no I/O, no statics. Called once for each application, by <c>app.Use</c>.</summary>
    /// <param name="host">Takes the declarations. Must not be kept for later: it refuses them then.</param>
    void Install(IPluginHost host);
}
