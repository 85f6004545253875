using System.Net.WebSockets;

namespace Modular;

/// <summary>A view on a WebSocket: accepts the handshake, calls the view, and closes what the view left open.</summary>
sealed class WebSocketView(ViewSource inner) : ViewSource
{
    internal static readonly Slot<WebSocket> Slot = new("web socket");

    /// <summary>A view whose value would be dropped.</summary>
    internal static ModularException Returns(Type type, string what) => new(
        $"{Callback.Start(what)} returns a value of type {TypeName.Of(type)}, which a WebSocket doesn't send. Send it on the socket, and return Task.");

    /// <summary>Waits for the view, and refuses a value behind its bare task.</summary>
    internal static async ValueTask<Response> Ended(RequestContext context, Task task, string what)
    {
        await task;
        return Callback.HiddenValue(task) is { } value and not bool ? throw Returns(value.GetType(), what) : await ViewAnswer.Nothing(context, optional: false);
    }

    // The handshake has no body.
    internal override bool ReadsBody(ViewServices services) => true;

    internal override View Bind(ViewServices services)
    {
        var view = inner.Bind(services);
        return async context =>
        {
            using var socket = await context.Http.WebSockets.AcceptWebSocketAsync();
            context.Set(Slot, socket);
            await Run(view, context, socket);
            return Response.Written(context.Http.Response.StatusCode);
        };
    }

    // Status codes are of no use here any more; the socket's own say the same (RFC 6455 §7.4.1).
    static async Task Run(View view, RequestContext context, WebSocket socket)
    {
        try
        {
            await view(context);
            if (IsOpen(socket)) await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        catch (WebSocketException error) when (error.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
        {
            // The client went away without a word, as browsers do. That is no mistake of the view.
        }
        catch (HttpException error) when (error.Status < 500)
        {
            await Break(socket, WebSocketCloseStatus.PolicyViolation, $"{error.Status} {HttpStatus.ReasonPhrase(error.Status)}");
        }
        catch
        {
            await Break(socket, WebSocketCloseStatus.InternalServerError, null);
            throw;
        }
    }

    static bool IsOpen(WebSocket socket) => socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    // Without waiting for the client's own last word.
    static async Task Break(WebSocket socket, WebSocketCloseStatus status, string? reason)
    {
        try
        {
            if (IsOpen(socket)) await socket.CloseOutputAsync(status, reason, CancellationToken.None);
        }
        catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException)
        {
        }
    }
}
