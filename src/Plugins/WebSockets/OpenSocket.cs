using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Modular.WebSockets;

/// <summary>The filter around each view: accepts the socket, runs the view and closes the socket.</summary>
static class OpenSocket
{
    internal static async ValueTask<object?> RunAsync(EndpointFilterDelegate view, EndpointFilterInvocationContext invocation)
    {
        using var socket = await Current.Context.GetAsync(WebSocketsPlugin.Slot);
        // HTTP status codes can't be sent any more; the socket's own codes say the same (RFC 6455 §7.4.1).
        try
        {
            var written = await view(invocation);
            if (IsOpen(socket)) await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, invocation.HttpContext.RequestAborted);
            return written;
        }
        catch (WebSocketException error) when (error.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
        {
            // The client closed the connection, as browsers do. The view isn't at fault.
        }
        catch (HttpException error) when (error.Status < 500)
        {
            await BreakAsync(socket, WebSocketCloseStatus.PolicyViolation, $"{error.Status} {error.Name}");
        }
        catch
        {
            await BreakAsync(socket, WebSocketCloseStatus.InternalServerError, null);
            throw;
        }
        return new Response(Results.Empty) { Status = invocation.HttpContext.Response.StatusCode };
    }

    static bool IsOpen(WebSocket socket) => socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    static async Task BreakAsync(WebSocket socket, WebSocketCloseStatus status, string? reason)
    {
        try
        {
            if (IsOpen(socket)) await socket.CloseOutputAsync(status, reason, CancellationToken.None);
        }
        catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException)
        {
            // The connection is gone, so nothing can be sent.
        }
    }
}
