using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;

namespace Modular.Debugger;

/// <summary>A running process of the application, with the reloader's end of its pipe.</summary>
sealed class ReloadChild : IDisposable
{
    readonly NamedPipeServerStream _pipe;
    readonly Process _process;
    readonly Task<string> _words;
    volatile bool _hears;

    /// <param name="port">The port for an application that accepts any port.</param>
    /// <param name="ended">Called once on another thread after the process has ended.</param>
    internal ReloadChild(int port, Action<ReloadChild> ended)
    {
        var name = $"modular-{Guid.NewGuid():N}";
        _pipe = new(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        foreach (var argument in Arguments()) start.ArgumentList.Add(argument);
        start.Environment[ReloadLink.Variable] = string.Create(CultureInfo.InvariantCulture, $"{name}:{port}");
        _process = Process.Start(start)!;
        var gone = new CancellationTokenSource();
        _words = ReadAsync(gone.Token);
        _ = WatchAsync();

        async Task WatchAsync()
        {
            await _process.WaitForExitAsync(CancellationToken.None);
            await gone.CancelAsync();
            Failure = await _words;
            gone.Dispose();
            ended(this);
        }
    }

    /// <summary>The reason from the application why it ended. Empty when it sent none. Set when it has ended.</summary>
    internal string Failure { get; private set; } = "";

    /// <summary>The exit code of the process. Set when it has ended.</summary>
    internal int ExitCode => _process.ExitCode;

    /// <summary>Notifies the application that its pages changed.</summary>
    internal void TellOfPages()
    {
        try
        {
            if (_hears && _pipe.IsConnected) _pipe.WriteByte((byte)'p');
        }
        catch (IOException)
        {
            // The process has ended, which the reloader detects separately.
        }
    }

    /// <summary>
    /// Stops the application as Ctrl-C does, and kills it after <paramref name="patience"/>. Blocks until the process has ended.
    /// </summary>
    internal void Stop(TimeSpan patience)
    {
        var hears = _pipe.IsConnected;
        _pipe.Dispose();
        if (!hears || !_process.WaitForExit(patience)) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        _pipe.Dispose();
        _process.Dispose();
    }

    internal void Kill() => _process.Kill(entireProcessTree: true);

    // The same command line as this process: "dotnet App.dll arguments", or "App arguments".
    static IEnumerable<string> Arguments()
    {
        var arguments = Environment.GetCommandLineArgs();
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? arguments : arguments.Skip(1);
    }

    async Task<string> ReadAsync(CancellationToken gone)
    {
        try
        {
            await _pipe.WaitForConnectionAsync(gone);
            await _pipe.WriteAsync(ReloadSecret.OfTheReloader, gone);
            _hears = true;
            using var reader = new StreamReader(_pipe);
            return await reader.ReadToEndAsync(CancellationToken.None);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return "";      // it ended without a message, or was stopped
        }
    }
}
