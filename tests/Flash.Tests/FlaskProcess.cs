using System.Diagnostics;
using System.Globalization;

namespace Flashing.Tests;

/// <summary>The real Flask (apt: python3-flask) in its own process.</summary>
sealed class FlaskProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly Task<string> _log;

    FlaskProcess(Process process) => (_process, _log) = (process, process.StandardError.ReadToEndAsync());

    internal Uri Url { get; private set; } = null!;

    internal static async Task<FlaskProcess> Start(string key)
    {
        var start = new ProcessStartInfo(Tools.Path(Tool.Flask), [Path.Combine(AppContext.BaseDirectory, "flask_app.py")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SECRET_KEY"] = key;
        var flask = new FlaskProcess(Process.Start(start)!);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var line = await flask._process.StandardOutput.ReadLineAsync(deadline.Token);
        flask.Url = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? new Uri($"http://127.0.0.1:{port}") : throw new InvalidOperationException($"Flask did not start: {await flask._log}");
        return flask;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _log;
        _process.Dispose();
    }
}
