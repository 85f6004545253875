namespace Modular.Templating.Handlebars;

sealed class HandlebarsPlugin(HandlebarsOptions options) : IPlugin
{
    public PluginCard Card { get; } = new("Modular.Templating.Handlebars", core: "[0.1,1.0)")
    {
        Needs = [new PluginNeed("Modular.Templating", "app.UseTemplating()")],
    };

    public void Install(IPluginHost host) =>
        host.TemplateEngine("handlebars", [".hbs", ".handlebars"], library => new HandlebarsEngine(library, options));
}
