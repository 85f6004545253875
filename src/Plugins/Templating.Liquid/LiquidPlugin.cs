namespace Modular.Templating.Liquid;

sealed class LiquidPlugin(LiquidOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Modular.Templating.Liquid", core: BuiltFor.Core)
    {
        Dependencies = [new PluginDependency("Modular.Templating", "app.UseTemplating()")],
    };

    public void Install(PluginBuilder builder)
    {
        builder.Validate(_ => LiquidFilters.Check(options.Filters));
        builder.TemplateEngine("liquid", [".liquid"], library => new LiquidEngine(library, options));
    }
}
