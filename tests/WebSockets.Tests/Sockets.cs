using System.Text;
using Modular.Tests.Hosting;

namespace Modular.WebSockets.Tests;

/// <summary>A client that gives up after half a minute, and the view that most tests use.</summary>
sealed class Sockets : IDisposable
{
    readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    internal CancellationToken Deadline => _deadline.Token;

    internal async Task<ClientWebSocket> ConnectAsync(Served server, string path, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(Address(server, path), Deadline);
        return socket;
    }

    internal static Uri Address(Served server, string path) => new($"ws://{server.Url.Authority}{path}");

    internal static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Null when the other side has closed.</summary>
    internal async Task<string?> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[1024];
        var got = await socket.ReceiveAsync(buffer, Deadline);
        return got.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, got.Count);
    }

    internal static async Task Echo(WebSocket socket)
    {
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, Current.Context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } got)
            await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, Current.Context.RequestAborted);
    }

    public void Dispose() => _deadline.Dispose();
}
