using System.Net.WebSockets;

namespace Modular;

/// <summary>A view on a WebSocket: accepts the handshake, calls the view, and closes what the view left open.</summary>
sealed class WebSocketView(ViewSource inner) : ViewSource
{
    internal static readonly Slot<WebSocket> Slot = new("web socket");

    // The handshake has no body.
    internal override bool ReadsBody => true;

    internal override View Bind(ViewServices services)
    {
        var view = inner.Bind(services);
        return async context =>
        {
            using var socket = await context.Http.WebSockets.AcceptWebSocketAsync();
            context.Set(Slot, socket);
            await view(context);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            return Response.Written();
        };
    }
}
