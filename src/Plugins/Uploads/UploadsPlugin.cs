using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Modular.Uploads;

sealed class UploadsPlugin(UploadOptions options) : IPlugin
{
    internal static readonly Slot<RequestFiles> Slot = new("uploaded files", "app.UseUploads()");
    internal static readonly Slot<UploadStream> StreamSlot = new("upload stream", "app.UseUploads()");

    public PluginManifest Manifest { get; } = new("Modular.Uploads", core: BuiltFor.Core);

    public void Install(PluginBuilder builder)
    {
        var own = builder.Options("Uploads", options with { });
        builder.Validate(_ => Directory.Exists(own.TemporaryFolder) ? null
            : $"The folder for temporary files, \"{own.TemporaryFolder}\", doesn't exist. " +
            "Create it, or set UploadOptions.TemporaryFolder to another folder.");
        builder.Services.TryAddSingleton(services => new UploadMonitor(services.GetService<TimeProvider>() ?? TimeProvider.System));
        builder.AddRequestSlot(Slot, context => RequestFiles.Of(context, own));
        builder.FormReader(FormParts.MediaType, (context, body, cancellationToken) => context.Get(Slot).ReadAsync(context.Request, body,
            cancellationToken));
        builder.AddRequestSlot(StreamSlot, context => new UploadStream(context, own));
        builder.ViewParameter(context => context.Get(StreamSlot), readsBody: true);
        builder.App.TeardownRequest(CleanUp);
    }

    static ValueTask CleanUp(RequestContext context, Exception? error)
    {
        context.Find(Slot)?.Dispose();
        context.Find(StreamSlot)?.Finish();
        return default;
    }
}
