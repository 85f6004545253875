using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Tests.Hosting;

/// <summary>An application on a real Kestrel and a free port, its log kept.</summary>
sealed class Served : IAsyncDisposable
{
    readonly WebApplication _host;

    Served(WebApplication host, HostLog log)
    {
        (_host, Log, Url) = (host, log, new Uri(host.Urls.First()));
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };
    }

    internal Uri Url { get; }
    internal HostLog Log { get; }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    internal HttpClient Client { get; }

    internal static async Task<Served> Start(ModularApp app, Action<WebApplicationBuilder>? configure = null)
    {
        var log = new HostLog();
        var host = app.Build(builder =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(log);
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            configure?.Invoke(builder);
        });
        await host.StartAsync();
        return new(host, log);
    }

    internal async Task<Socket> Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Url.Port);
        return socket;
    }

    /// <summary>Sends the bytes (text as Latin-1) and reads until the server closes.</summary>
    internal async Task<Reply> Send(string request, bool hangUp = false)
    {
        using var socket = await Connect();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var reading = Read(socket, deadline.Token);
        try
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(request), deadline.Token);
            if (hangUp) socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has already closed the connection.
        }
        return await reading;
    }

    /// <summary>A GET of the target as written, with more header lines perhaps.</summary>
    internal Task<Reply> Get(string target, string headers = "") => Send($"GET {target} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n{headers}\r\n");

    /// <summary>A POST with a body of its true length.</summary>
    internal Task<Reply> Post(string target, string type, string body) =>
        Send($"POST {target} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }

    static async Task<Reply> Read(Socket socket, CancellationToken deadline)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline) is > 0 and var count) all.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            // A reset after the answer: what came before it counts.
        }
        return new(Encoding.UTF8.GetString(all.ToArray()));
    }
}

/// <summary>A response as received.</summary>
readonly record struct Reply(string Raw)
{
    /// <summary>0 when the server closed the connection without a response.</summary>
    internal int Status => Raw.Length == 0 ? 0 : int.Parse(Raw.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    internal string Head => Raw.Split("\r\n\r\n", 2)[0];

    internal string Body => Raw.Split("\r\n\r\n", 2) is [_, var body] ? body : "";

    internal string? Header(string name) => Head.Split("\r\n").Skip(1).Select(line => line.Split(": ", 2))
        .FirstOrDefault(pair => pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];
}
