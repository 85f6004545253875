using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Modular.WebSockets;

sealed class WebSocketsPlugin(WebSocketsOptions options) : IPlugin
{
    internal static readonly Slot<WebSocket> Slot = new("web socket", "app.UseWebSockets()");

    public PluginManifest Manifest { get; } = new("Modular.WebSockets", core: BuiltFor.Core);

    public void Install(PluginBuilder builder)
    {
        var (own, logger) = (builder.Options("WebSockets", options with { }), builder.Logger);
        builder.Validate(_ => own.AllowedOrigins.Select(OriginCheck.Problem).OfType<string>());
        builder.AddRequestSlot(Slot, context => AcceptAsync(context, own, logger));
        builder.ViewParameter(context => context.Find(Slot) ?? throw new ModularException(
            $"The view for rule \"{context.Rule}\" takes a WebSocket, but its rule has none. Write app.WebSocket(\"{context.Rule}\", …)."));
    }

    static async ValueTask<WebSocket> AcceptAsync(RequestContext context, WebSocketsOptions options, ILogger logger)
    {
        var (http, origin) = (context.Http, context.Http.Request.Headers.Origin.ToString());
        if (!OriginCheck.IsAllowed(origin, http.Request, options.AllowedOrigins))
        {
            WebSocketsLog.CrossSite(logger, Quoted.Text(context.Request.Path), Quoted.Text(origin), Quoted.Text(http.Request.Host.Value ?? ""));
            throw new HttpException(StatusCodes.Status403Forbidden, "A page of another site opened this WebSocket.");
        }
        return await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = options.KeepAliveInterval,
            KeepAliveTimeout = options.KeepAliveTimeout ?? Timeout.InfiniteTimeSpan,
        });
    }
}
