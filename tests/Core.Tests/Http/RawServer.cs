using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Modular.Tests.Http;

/// <summary>A real Kestrel on a free port. Tests send bytes, so a client library can't correct them.</summary>
sealed class RawServer : IAsyncDisposable
{
    readonly WebApplication _app;

    RawServer(WebApplication app) => _app = app;

    int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    internal static async Task<RawServer> Start(RequestDelegate view, Action<IApplicationBuilder>? before = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        before?.Invoke(app);
        app.Run(view);
        await app.StartAsync();
        return new RawServer(app);
    }

    /// <summary>A server whose answer is a text made from the request.</summary>
    internal static Task<RawServer> Start(Func<HttpContext, string> view, Action<IApplicationBuilder>? before = null) =>
        Start(http => http.Response.WriteAsync(view(http)), before);

    /// <summary>Sends the bytes (text as Latin-1) and reads until the server closes.</summary>
    internal async Task<RawAnswer> Send(params string[] pieces)
    {
        using var socket = await Connect();
        foreach (var piece in pieces) await socket.SendAsync(Encoding.Latin1.GetBytes(piece));
        return await Receive(socket);
    }

    /// <summary>The status of the answer as soon as it starts, while the client still could send more.</summary>
    internal async Task<int> StatusOf(string text)
    {
        using var socket = await Connect();
        await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[4096];
        var count = await socket.ReceiveAsync(buffer, deadline.Token);
        return int.Parse(Encoding.ASCII.GetString(buffer, 0, count).AsSpan(9, 3));
    }

    /// <summary>Sends the bytes and disconnects, without waiting for a response.</summary>
    internal async Task SendAndHangUp(string text)
    {
        using var socket = await Connect();
        await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>A GET of the target as written.</summary>
    internal Task<RawAnswer> Get(string target) => Send($"GET {target} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task<Socket> Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return socket;
    }

    static async Task<RawAnswer> Receive(Socket socket)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var all = new MemoryStream();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, deadline.Token) is > 0 and var count) all.Write(buffer, 0, count);
        return RawAnswer.Parse(Encoding.UTF8.GetString(all.ToArray()));
    }
}

/// <summary>Status and body; a chunked body is put together.</summary>
readonly record struct RawAnswer(int Status, string Body)
{
    internal static RawAnswer Parse(string text)
    {
        if (text.Length == 0) return new(0, "");
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = text[..end];
        var body = text[(end + 4)..];
        return new(int.Parse(head.AsSpan(9, 3)), head.Contains("chunked", StringComparison.OrdinalIgnoreCase) ? Unchunk(body) : body);
    }

    static string Unchunk(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body).AsSpan();
        var text = new StringBuilder();
        while (bytes.IndexOf("\r\n"u8) is > 0 and var line)
        {
            var length = Convert.ToInt32(Encoding.ASCII.GetString(bytes[..line]), 16);
            text.Append(Encoding.UTF8.GetString(bytes.Slice(line + 2, length)));
            bytes = bytes[(line + 4 + length)..];
        }
        return text.ToString();
    }
}
