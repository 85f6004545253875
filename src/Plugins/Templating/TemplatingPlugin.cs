using Microsoft.Extensions.DependencyInjection;

namespace Modular.Templating;

sealed class TemplatingPlugin(TemplateOptions? options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Modular.Templating", core: BuiltFor.Core);

    public void Install(PluginBuilder builder)
    {
        var templates = new AppTemplates(options, builder.Options("Templating", new TemplateSection()));
        builder.AddAppSlot(AppTemplates.Slot, templates);
        builder.Services.AddSingleton<AppTemplates.Frozen>();
        builder.Validate(templates.Freeze);
    }
}
