using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Uploads.Tests;

/// <summary>An application on a real Kestrel at a free port.</summary>
sealed class Server : IAsyncDisposable
{
    readonly WebApplication _host;
    readonly Counter _begun = new();
    readonly Counter _ended = new();

    Server(ModularApp app)
    {
        // Outermost, so it is reported after all clean-up.
        app.BeforeRequest(() => _begun.Add());
        app.TeardownRequest(_ => _ended.Add());
        app.Services.AddLogging(logging => logging.ClearProviders());
        _host = app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // What the server itself keeps of a body that comes faster than it is read is not to be measured.
            kestrel.Limits.MaxRequestBufferSize = 64 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0);
        }));
    }

    internal static async Task<Server> Start(ModularApp app)
    {
        var server = new Server(app);
        await server._host.StartAsync();
        return server;
    }

    internal Uri Url => new(_host.Urls.First());

    internal HttpClient Client() => new() { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Sends text as Latin-1 and leaves the connection open.</summary>
    internal async Task<Socket> Send(string text)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Url.Port);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        return socket;
    }

    /// <summary>The status of the answer, as soon as it starts; 0 when the server closed instead.</summary>
    internal static async Task<int> Status(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        var count = 0;
        try
        {
            count = await socket.ReceiveAsync(buffer, patience.Token);
        }
        catch (SocketException)
        {
            // The server reset the connection, which counts as closed.
        }
        return count == 0 ? 0 : int.Parse(Encoding.ASCII.GetString(buffer, 0, count).AsSpan(9, 3));
    }

    /// <summary>Waits until so many requests have reached the application.</summary>
    internal Task Begun(int requests) => _begun.Reach(requests);

    /// <summary>Waits until so many requests are over, with all their clean-up.</summary>
    internal Task Over(int requests) => _ended.Reach(requests);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    sealed class Counter
    {
        readonly Lock _gate = new();
        readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
        int _count;

        internal void Add()
        {
            lock (_gate)
            {
                _count++;
                foreach (var (count, reached) in _waiting)
                    if (count <= _count) reached.TrySetResult();
            }
        }

        internal Task Reach(int count)
        {
            lock (_gate)
            {
                if (count <= _count) return Task.CompletedTask;
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add((count, reached));
                return reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
            }
        }
    }
}
