namespace Modular.Fixers;

/// <summary>A fixer that is installed by a word of the application.</summary>
/// <param name="name">The fixer's own name, the last part of its id.</param>
/// <param name="layer">Checks its options when the application is frozen, and gives what lies around it.</param>
/// <param name="isLogged">True when a request log is to see a request as it came; otherwise the log lies inside, and sees what was fixed.</param>
sealed class FixerPlugin(string name, Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>> layer, bool isLogged = false) : IPlugin
{
    const string Log = "Modular.Logging";

    public PluginManifest Manifest { get; } = new($"Modular.Fixers.{name}", core: "[0.1,1.0)")
    {
        Before = isLogged ? [] : [Log],
        After = isLogged ? [Log] : [],
    };

    public void Install(PluginBuilder builder) => builder.UseMiddleware(layer);
}
