using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Modular.Tests.Support;

/// <summary>A separate redis-server on a free loopback port, which can be stopped and started again with its data.</summary>
public sealed class Redis : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("modular-redis").FullName;
    Process? _process;

    Redis(int port) => Port = port;

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public static async Task<Redis> Start()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var redis = new Redis(((IPEndPoint)probe.LocalEndpoint).Port);
        probe.Stop();
        await redis.StartAgain();
        return redis;
    }

    public async Task StartAgain()
    {
        var start = new ProcessStartInfo(Tools.Path(Tool.Redis), ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder, "--appendonly", "yes", "--appendfsync", "always", "--save", ""]);
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        throw new InvalidOperationException("redis-server ended. Is the port taken?");
    }

    public async Task Stop()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await Stop();
        Directory.Delete(_folder, recursive: true);
    }
}
