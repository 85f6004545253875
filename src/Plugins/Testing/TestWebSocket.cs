using System.Net.WebSockets;
using System.Text;

namespace Modular.Testing;

/// <summary>A WebSocket of a test client: <c>await using var socket = await client.WebSocketAsync("/chat")</c>.</summary>
public sealed class TestWebSocket : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly byte[] _buffer = new byte[64 * 1024];

    internal TestWebSocket(WebSocket socket) => Socket = socket;

    /// <summary>The socket itself, for all that has no word here.</summary>
    public WebSocket Socket { get; }

    /// <summary>The protocol that the application chose; null for none.</summary>
    public string? Protocol => Socket.SubProtocol;

    /// <summary>Why the application closed it; null while it is open.</summary>
    public WebSocketCloseStatus? CloseStatus => Socket.CloseStatus;

    /// <summary>Sends a message of text.</summary>
    public async Task SendAsync(string text, CancellationToken cancellation = default) =>
        await Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    /// <summary>Sends a message of bytes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default) =>
        await Socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancellation);

    /// <summary>The next message as text; null when the application has closed the socket.</summary>
    /// <exception cref="TimeoutException">None came within a minute.</exception>
    public async Task<string?> ReceiveAsync(CancellationToken cancellation = default) =>
        await ReceiveBytesAsync(cancellation) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The next message as bytes; null when the application has closed the socket.</summary>
    /// <exception cref="TimeoutException">None came within a minute.</exception>
    public async Task<byte[]?> ReceiveBytesAsync(CancellationToken cancellation = default)
    {
        using var message = new MemoryStream();
        while (true)
        {
            var piece = await Socket.ReceiveAsync(_buffer.AsMemory(), cancellation).AsTask().WaitAsync(Patience, cancellation);
            if (piece.MessageType == WebSocketMessageType.Close) return null;
            message.Write(_buffer, 0, piece.Count);
            if (piece.EndOfMessage) return message.ToArray();
        }
    }

    /// <summary>Closes it and waits for the application to close its side.</summary>
    public Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string? reason = null, CancellationToken cancellation = default) =>
        Socket.CloseAsync(status, reason, cancellation);

    /// <summary>Breaks it off, unless it is closed.</summary>
    public ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return default;
    }
}
