namespace Modular.Fixers;

/// <summary>A fixer that is installed by a word of the application. It lies outside of a request log, which is to see what was fixed.</summary>
/// <param name="name">The fixer's own name, the last part of its id.</param>
/// <param name="layer">Checks its options when the application is frozen, and gives what lies around it.</param>
sealed class FixerPlugin(string name, Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>> layer) : IPlugin
{
    public PluginCard Card { get; } = new($"Modular.Fixers.{name}", core: "[0.1,1.0)") { Before = ["Modular.Logging"] };

    public void Install(IPluginHost host) => host.Wrap(layer);
}
