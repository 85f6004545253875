namespace Modular.Templating.Liquid;

sealed class LiquidPlugin(LiquidOptions options) : IPlugin
{
    public PluginCard Card { get; } = new("Modular.Templating.Liquid", core: "[0.1,1.0)")
    {
        Needs = [new PluginNeed("Modular.Templating", "app.UseTemplating()")],
    };

    public void Install(IPluginHost host)
    {
        host.Check(_ => LiquidFilters.Check(options.Filters));
        host.TemplateEngine("liquid", [".liquid"], library => new LiquidEngine(library, options));
    }
}
