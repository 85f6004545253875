using Modular;
using Modular.Plugins;
using Modular.Templating;

namespace Acme.Templating.Fluid;

/// <summary>How Fluid renders. Folders and limits are in the options of Modular.Templating.</summary>
public sealed record FluidOptions
{
    /// <summary>Adds filters, which can be asynchronous, or changes other options of Fluid. Called once for each engine.</summary>
    public Action<global::Fluid.TemplateOptions>? Configure { get; init; }
}

public static class FluidExtensions
{
    /// <summary>Renders templates with Fluid: those that end in <c>.fluid</c>, and all others if no other engine is installed.</summary>
    public static ModularApp UseFluid(this ModularApp app, FluidOptions? options = null) =>
        app.UseTemplating().Use(new FluidPlugin(options ?? new()));
}

public sealed class FluidPlugin(FluidOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Acme.Templating.Fluid", core: "[0.2,1.0)")
    {
        Dependencies = [new("Modular.Templating", "app.UseTemplating()", "[0.2,1.0)")],
    };

    public void Install(PluginBuilder builder) =>
        builder.TemplateEngine("fluid", [".fluid"], library => new FluidEngine(library, options));
}
