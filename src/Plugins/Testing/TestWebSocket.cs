using System.Net.WebSockets;
using System.Text;

namespace Modular.Testing;

/// <summary>A WebSocket of a test client: <c>await using var socket = await client.WebSocketAsync("/chat")</c>.</summary>
public sealed class TestWebSocket : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly byte[] _buffer = new byte[64 * 1024];

    internal TestWebSocket(WebSocket socket) => Socket = socket;

    /// <summary>The underlying socket, for operations that this class doesn't have.</summary>
    public WebSocket Socket { get; }

    /// <summary>The subprotocol that the application selected. Null for none.</summary>
    public string? Protocol => Socket.SubProtocol;

    /// <summary>The close status from the application. Null while the socket is open.</summary>
    public WebSocketCloseStatus? CloseStatus => Socket.CloseStatus;

    /// <summary>Sends a text message.</summary>
    public async Task SendAsync(string text, CancellationToken cancellationToken = default) =>
        await Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Sends a binary message.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        await Socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

    /// <summary>Receives the next message as text. Null when the application has closed the socket.</summary>
    /// <exception cref="TimeoutException">No message arrived within a minute.</exception>
    public async Task<string?> ReceiveAsync(CancellationToken cancellationToken = default) =>
        await ReceiveBytesAsync(cancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Receives the next message as bytes. Null when the application has closed the socket.</summary>
    /// <exception cref="TimeoutException">No message arrived within a minute.</exception>
    public async Task<byte[]?> ReceiveBytesAsync(CancellationToken cancellationToken = default)
    {
        using var message = new MemoryStream();
        while (true)
        {
            var piece = await Socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            if (piece.MessageType == WebSocketMessageType.Close) return null;
            message.Write(_buffer, 0, piece.Count);
            if (piece.EndOfMessage) return message.ToArray();
        }
    }

    /// <summary>Closes the socket and waits for the application to close its side.</summary>
    public Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string? reason = null,
        CancellationToken cancellationToken = default) =>
        Socket.CloseAsync(status, reason, cancellationToken);

    /// <summary>Aborts the socket unless it is closed.</summary>
    public ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return default;
    }
}
