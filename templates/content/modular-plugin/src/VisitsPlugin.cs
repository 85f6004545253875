using Modular.Plugins;

namespace AcmePluginNamespace1;

sealed class VisitsPlugin(VisitsOptions? given) : IPlugin
{
    // Request data is in a slot and not in a field, because one plugin object can serve several applications.
    internal static readonly Slot<Visits> Slot = new("visits", "app.UseVisits()");

    public PluginManifest Manifest { get; } = new("AcmePluginPackage1", core: "[0.2,1.0)")
    {
        Dependencies = [new PluginDependency("Modular.Sessions", "app.UseSessions(…)")],
    };

    public void Install(PluginBuilder builder)
    {
        var options = given ?? VisitsOptions.Read(builder.Config.GetSection("Visits"));
        // The slot is filled when a view or a template reads it. Other requests don't use the session.
        builder.AddRequestSlot(Slot, context =>
            new Visits(context.Session, options, context.Services.GetRequiredService<TimeProvider>().GetUtcNow()));
        builder.App.TemplateGlobal("visits", context => context.Get(Slot).Count);
    }
}
