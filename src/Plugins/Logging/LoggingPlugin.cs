using Microsoft.Extensions.DependencyInjection;

namespace Modular.Logging;

/// <summary>Adds no provider: the lines go to the application's providers.</summary>
sealed class LoggingPlugin(LoggingOptions options) : IPlugin
{
    internal static readonly Slot<RequestLog> Slot = new("request log", "app.UseLogging()");

    public PluginManifest Manifest { get; } = new("Modular.Logging", core: BuiltFor.Core) { Provides = ["RequestLog"] };

    public void Install(PluginBuilder builder)
    {
        // The section Logging belongs to .NET's log levels.
        var own = builder.Options("RequestLog", options with { });
        var (logger, strange) = (builder.Logger, new RequestIds(own));
        builder.UseMiddleware(services =>
        {
            var requests = new RequestLogger(own, logger, services.GetService<TimeProvider>() ?? TimeProvider.System);
            return next => http => requests.Answer(http, next);
        });
        builder.AddRequestSlot(Slot, context => context.Http.Features.Get<RequestLog>() ?? new(strange.Of(context.Http), "", "", null));
        builder.App.BeforeRequest(context =>
        {
            if (context.Http.Features.Get<RequestLog>() is { } log) log.Endpoint = context.Endpoint;
            return default;
        });
    }
}
