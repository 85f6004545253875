using System.Diagnostics;
using System.Threading.Channels;

namespace Modular.Tests.Support;

/// <summary>A program beside the tests, in its own process.</summary>
public sealed class ServedProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    readonly Task<string> _error;
    readonly List<string> _seen = [];

    ServedProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _ = Pump();
    }

    public static ServedProcess Start(string dll, string[] arguments, params (string Name, string Value)[] environment) => Start([], dll, arguments, environment);

    /// <param name="before">A command that starts the program, such as <c>prlimit</c>.</param>
    public static ServedProcess Start(string[] before, string dll, string[] arguments, params (string Name, string Value)[] environment)
    {
        StartsProgramsAttribute.Check();
        string[] command = [.. before, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, dll), .. arguments];
        // A shell's background job, and what it starts, may ignore SIGINT; env sets that right and gives way to the program.
        if (Tools.Find(Tool.Coreutils) is { } env) command = [env, "--default-signal=INT,TERM", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>The address of the banner.</summary>
    public async Task<Uri> Url() => new((await Line(" * Running on http"))[" * Running on ".Length..]);

    /// <summary>Waits for a line of its output that starts so.</summary>
    public async Task<string> Line(string start)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await foreach (var line in _output.Reader.ReadAllAsync(deadline.Token))
        {
            _seen.Add(line);
            if (line.StartsWith(start, StringComparison.Ordinal)) return line;
        }
        throw new InvalidOperationException($"No line \"{start}\" came. Output: {string.Join('\n', _seen)} Errors: {await _error}");
    }

    /// <summary>Sends INT, TERM or KILL. Needs <see cref="Tool.Coreutils"/>.</summary>
    public async Task Signal(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int Code, string Output, string Error)> Exit()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await foreach (var line in _output.Reader.ReadAllAsync()) _seen.Add(line);
        return (_process.ExitCode, string.Join('\n', _seen), await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    async Task Pump()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) _output.Writer.TryWrite(line);
        _output.Writer.Complete();
    }
}
