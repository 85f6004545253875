namespace Modular;

sealed record ViewServices(Func<Type, bool> IsService, Func<Type, object, bool> IsKeyedService, ResponseConverter Converter,
    IReadOnlyDictionary<Type, PluginParameter> Parameters);

sealed record PluginParameter(Func<RequestContext, object> Value, bool ReadsBody);

abstract class ViewSource
{
    internal virtual bool ReadsBody(ViewServices services) => false;

    internal virtual void Describe(EndpointBuilder endpoint, ViewServices services) { }

    internal abstract View Bind(ViewServices services);
}

sealed class WebSocketView(ViewSource inner) : ViewSource
{
    internal static readonly Slot<WebSocket> Slot = new("web socket");

    // The handshake has no body.
    internal override bool ReadsBody(ViewServices services) => true;

    internal override View Bind(ViewServices services)
    {
        var view = inner.Bind(services);
        return async context =>
        {
            using var socket = await context.Http.WebSockets.AcceptWebSocketAsync();
            context.SetOwn(Slot, socket);
            await Run(view, context, socket);
            return Response.Written(context.Http.Response.StatusCode);
        };
    }

    // HTTP status codes can't be sent any more; the socket's own codes say the same (RFC 6455 §7.4.1).
    static async Task Run(View view, RequestContext context, WebSocket socket)
    {
        try
        {
            await view(context);
            if (IsOpen(socket)) await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        catch (WebSocketException error) when (error.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
        {
            // The client closed the connection, as browsers do. The view isn't at fault.
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
