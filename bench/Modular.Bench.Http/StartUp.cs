using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Modular.Bench.Http;

/// <summary>Starts a program that takes a port as its only argument, and looks how long its first answer takes and how much memory it holds then.</summary>
static class StartUp
{
    const int Rounds = 15;

    /// <param name="program">The one that is measured.</param>
    /// <param name="bare">What it is compared with; started in turn with it.</param>
    /// <param name="names">What both are called.</param>
    internal static async Task Measure(string program, string bare, (string Own, string Other) names)
    {
        List<(double Milliseconds, long Kilobytes)> own = [], other = [];
        for (var i = 0; i < Rounds; i++)
        {
            own.Add(await Once(program, 6200 + 2 * i));
            other.Add(await Once(bare, 6201 + 2 * i));
        }
        Console.WriteLine($"  {names.Own}: {Text(own)}\n  {names.Other}: {Text(other)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  ratio of the medians: {Median(own).Milliseconds / Median(other).Milliseconds:F2} in time, {(double)Median(own).Kilobytes / Median(other).Kilobytes:F2} in memory"));
    }

    static string Text(List<(double Milliseconds, long Kilobytes)> rounds) => string.Create(CultureInfo.InvariantCulture,
        $"first answer {Median(rounds).Milliseconds:F0} ms in the median ({rounds.Min().Milliseconds:F0} to {rounds.Max().Milliseconds:F0}); resident {Median(rounds).Kilobytes / 1024.0:F1} MB");

    static (double Milliseconds, long Kilobytes) Median(List<(double Milliseconds, long Kilobytes)> rounds) => rounds.Order().ElementAt(rounds.Count / 2);

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
