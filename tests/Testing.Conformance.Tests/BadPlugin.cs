namespace Modular.Testing.Conformance.Tests;

/// <summary>A plugin whose installation and manifest a test writes.</summary>
sealed class BadPlugin(Action<PluginBuilder> install, PluginManifest? manifest = null) : IPlugin
{
    internal const string Id = "Modular.Testing.Conformance.Tests";

    public PluginManifest Manifest { get; } = manifest ?? new(Id, core: "[0.2,1.0)");

    public void Install(PluginBuilder builder) => install(builder);
}
