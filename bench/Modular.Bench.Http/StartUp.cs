using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Modular.Bench.Http;

/// <summary>Starts a program that takes a port as its only argument, and looks how long its first answer takes and how much memory it holds then.</summary>
static class StartUp
{
    const int Rounds = 10;

    internal static async Task Measure(string program)
    {
        List<(double Milliseconds, long Kilobytes)> rounds = [];
        for (var i = 0; i < Rounds; i++) rounds.Add(await Once(program, 6200 + i));
        rounds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"first answer: best {rounds[0].Milliseconds:F0} ms, median {rounds[Rounds / 2].Milliseconds:F0} ms; resident: {rounds[Rounds / 2].Kilobytes / 1024.0:F1} MB"));
    }

    static async Task<(double, long)> Once(string program, int port)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, [port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        try
        {
            while (!await Answers(port))
                if (watch.Elapsed > TimeSpan.FromSeconds(20)) throw new InvalidOperationException($"\"{program}\" did not answer within 20 seconds. Look whether it starts by hand.");
            var elapsed = watch.Elapsed.TotalMilliseconds;
            process.Refresh();
            return (elapsed, process.WorkingSet64 / 1024);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    static async Task<bool> Answers(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            var stream = client.GetStream();
            await stream.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
            return await stream.ReadAsync(new byte[64]) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
