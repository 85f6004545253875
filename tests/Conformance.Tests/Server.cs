using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Conformance.Tests;

/// <summary>A web server in a process of its own, stopped by its process id.</summary>
sealed class Server : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    readonly Process _process;
    readonly ConcurrentQueue<string> _log = new();
    readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly string _sign;
    int _signs;

    Server(Process process, string sign, int signs)
    {
        (_process, _sign, _signs) = (process, sign, signs);
        process.OutputDataReceived += Noted;
        process.ErrorDataReceived += Noted;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"{process.StartInfo.FileName} did not start:\n{Log}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last lines of its output.</summary>
    internal string Log => string.Join('\n', _log.TakeLast(40));

    /// <summary>Starts it, and waits until so many lines of what it writes hold the sign that it is there.</summary>
    internal static async Task<Server> Start(ProcessStartInfo start, string sign, int signs = 1)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var server = new Server(Process.Start(start)!, sign, signs);
        await server._ready.Task.WaitAsync(Patience);
        return server;
    }

    /// <summary>A free port of this machine, followed by another free port.</summary>
    internal static int FreePorts()
    {
        while (true)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            using var second = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                second.Bind(new IPEndPoint(IPAddress.Loopback, port + 1));
                return port;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another pair, then.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    void Noted(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        _log.Enqueue(line.Data);
        if (line.Data.Contains(_sign, StringComparison.Ordinal) && Interlocked.Decrement(ref _signs) == 0) _ready.TrySetResult();
    }
}
