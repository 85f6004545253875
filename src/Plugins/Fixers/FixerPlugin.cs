namespace Modular.Fixers;

/// <summary>The plugin that installs a fixer.</summary>
/// <param name="name">The fixer's name, which is the last part of its id.</param>
/// <param name="layer">Checks the options when the application is frozen, and returns the middleware.</param>
/// <param name="setUp">Declares the section of the configuration.</param>
/// <param name="isLogged">True: a request log records the original request. False: it records the fixed request.</param>
sealed class FixerPlugin(string name, Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>> layer,
    Action<PluginBuilder>? setUp = null, bool isLogged = false) : IPlugin
{
    const string Log = "Modular.Logging";

    public PluginManifest Manifest { get; } = new($"Modular.Fixers.{name}", core: BuiltFor.Core)
    {
        Before = isLogged ? [] : [Log],
        After = isLogged ? [Log] : [],
    };

    public void Install(PluginBuilder builder)
    {
        setUp?.Invoke(builder);
        builder.UseMiddleware(layer);
    }
}
