using System.Net;
using System.Net.Sockets;

namespace Conformance.Tests;

/// <summary>Sends a request on a new connection, and reads until the server closes it.</summary>
static class RawClient
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static async Task<Answer> Send(int port, RawRequest request, string cookies = "")
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), deadline.Token);
        // Read while writing, because a server that refuses a body responds before it has all of it.
        var reading = Read(socket, deadline.Token);
        await Write(socket, request.Bytes(cookies), deadline.Token);
        return Answer.Parse(await reading, isHead: request.Method == "HEAD");
    }

    static async Task Write(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken deadline)
    {
        try
        {
            while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, deadline)..];
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // The server doesn't read more of it. The other task reads its response, which is compared.
        }
    }

    static async Task<byte[]> Read(Socket socket, CancellationToken deadline)
    {
        var (received, buffer) = (new MemoryStream(), new byte[65536]);
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline) is > 0 and var count) received.Write(buffer, 0, count);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The same as a normal end: a truncated response is recognized by its length.
        }
        return received.ToArray();
    }
}
