using Microsoft.Extensions.DependencyInjection;

namespace Modular.Templating;

sealed class TemplatingPlugin(TemplateOptions? options) : IPlugin
{
    public PluginCard Card { get; } = new("Modular.Templating", core: "[0.1,1.0)");

    public void Install(IPluginHost host)
    {
        var templates = new AppTemplates(options);
        host.Provide(AppTemplates.Slot, templates);
        host.Services.AddSingleton<AppTemplates.Frozen>();
        host.Check(templates.Freeze);
    }
}
