namespace Modular.Templating.Handlebars;

sealed class HandlebarsPlugin(HandlebarsOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Modular.Templating.Handlebars", core: BuiltFor.Core)
    {
        Dependencies = [new PluginDependency("Modular.Templating", "app.UseTemplating()")],
    };

    public void Install(PluginBuilder builder) =>
        builder.TemplateEngine("handlebars", [".hbs", ".handlebars"], library => new HandlebarsEngine(library, options));
}
