namespace Acme.Plugin1;

sealed class RequestIdPlugin(RequestIdOptions options) : IPlugin
{
    // Request data is in a slot and not in a field, because one plugin object can serve several applications.
    internal static readonly Slot<string> Slot = new("request id");

    public PluginManifest Manifest { get; } = new("Acme.Plugin1", core: "[0.2,1.0)");

    public void Install(PluginBuilder builder)
    {
        builder.AddRequestSlot(Slot, context => context.Request.Headers[options.Header] is [{ Length: > 0 and <= 64 } sent] ? sent : Guid.NewGuid().ToString("N"));
        builder.BeforeSend((context, response) =>
        {
            response.Headers[options.Header] = context.Get(Slot);
            return default;
        });
        builder.App.TemplateGlobal("request_id", context => context.Get(Slot));
    }
}
