using Microsoft.Extensions.Logging;

namespace Modular.WebSockets;

static partial class WebSocketsLog
{
    [LoggerMessage(1, LogLevel.Information, "The WebSocket {Path} was refused because a page of another site opened it: Origin {Origin}; " +
        "this host is {Host}. If that page is yours, add its origin to WebSocketsOptions.AllowedOrigins. If the host is wrong, tell the " +
        "application about its proxy.")]
    internal static partial void CrossSite(ILogger logger, string path, string origin, string host);
}
