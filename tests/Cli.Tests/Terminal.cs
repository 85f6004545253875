using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Modular.Cli.Tests;

/// <summary>The shop in its own process, in a pipe or in a real terminal.</summary>
sealed class Terminal : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    readonly StringBuilder _output = new();
    readonly Task<string> _error;
    readonly Task _pump;

    Terminal(ProcessStartInfo start, (string Name, string Value)[] environment)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        StartsProgramsAttribute.Check();
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _error = _process.StandardError.ReadToEndAsync();
        _pump = Pump();
    }

    /// <summary>The folder of the program <c>shop</c>.</summary>
    internal static string Folder { get; } = AppContext.BaseDirectory;

    static string Shop { get; } = Path.Combine(Folder, OperatingSystem.IsWindows() ? "shop.exe" : "shop");

    /// <summary>Into pipes, as a script sees it.</summary>
    internal static Terminal Pipe(string[] args, params (string, string)[] environment) =>
        // A background job of a shell, and what it starts, may ignore SIGINT; env sets that right.
        new(Tools.Find(Tool.Coreutils) is { } env ? new ProcessStartInfo(env, ["--default-signal=INT,TERM", Shop, .. args]) : new(Shop, args), environment);

    /// <summary>Into a pseudo-terminal, as a person sees it; both outputs are one there.</summary>
    internal static Terminal Pty(string[] args, params (string, string)[] environment) =>
        new(new ProcessStartInfo(Tools.Path(Tool.Script), ["-qec", $"exec env --default-signal=INT,TERM {string.Join(' ', args.Prepend(Shop).Select(arg => $"'{arg}'"))}", "/dev/null"]), environment);

    /// <summary>Any other program.</summary>
    internal static Terminal Of(string program, string[] args) => new(new ProcessStartInfo(program, args), []);

    /// <summary>Runs it to its end.</summary>
    internal static async Task<CommandResult> Run(params string[] args)
    {
        await using var terminal = Pipe(args);
        return await terminal.Exit();
    }

    /// <summary>Waits for a line that starts so.</summary>
    internal async Task<string> Line(string start)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await foreach (var line in _lines.Reader.ReadAllAsync(deadline.Token))
            if (line.StartsWith(start, StringComparison.Ordinal)) return line;
        throw new InvalidOperationException($"No line \"{start}\" came. Output: {_output} Errors: {await _error}");
    }

    internal async Task<Uri> Url() => new((await Line(" * Running on http"))[" * Running on ".Length..].TrimEnd('\r'));

    internal async Task Signal(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    internal async Task<CommandResult> Exit()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _pump;
        return new(_process.ExitCode, _output.ToString(), await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    async Task Pump()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _output.Append(line).Append('\n');
            _lines.Writer.TryWrite(line);
        }
        _lines.Writer.Complete();
    }
}
