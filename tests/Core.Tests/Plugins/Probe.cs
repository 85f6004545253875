namespace Modular.Tests;

/// <summary>A plugin with a given manifest, for one promise at a time. ToyPlugins are complete plugins.</summary>
sealed class Probe(PluginManifest manifest, Action<PluginBuilder>? install = null) : IPlugin
{
    internal Probe(string id, Action<PluginBuilder>? install = null) : this(new PluginManifest(id, "[0.1,)"), install)
    {
    }

    public PluginManifest Manifest { get; } = manifest;

    public void Install(PluginBuilder builder) => install?.Invoke(builder);

    /// <summary>One that writes its id down before and after each view.</summary>
    internal static Probe Tracing(PluginManifest manifest, Action<string> write) => new(manifest, builder =>
    {
        builder.App.BeforeRequest(() => write(manifest.Id));
        builder.App.AfterRequest(_ => write($"/{manifest.Id}"));
    });
}
