using System.Diagnostics;
using System.Text;

namespace Modular.Reload.Tests;

/// <summary>A program in its own terminal. It receives input as from a keyboard, and Ctrl-C as its signal.</summary>
sealed class Terminal : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    readonly Process _script;
    readonly StringBuilder _shown = new();
    readonly Task _reading;
    TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _read;

    Terminal(Process script)
    {
        _script = script;
        _reading = ReadAsync();
    }

    /// <summary>Starts a program in a terminal. <c>script</c> creates the terminal, and returns the program's exit code.</summary>
    internal static Terminal Open(string folder, string command, params (string Name, string Value)[] environment)
    {
        // What a background job of a shell starts may ignore SIGINT; env sets that right.
        var start = new ProcessStartInfo(Tools.Path(Tool.Script), ["--quiet", "--return", "--flush", "--command", $"exec env --default-signal=INT,TERM,HUP {command}", "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>The process whose terminal it is.</summary>
    internal int Id => _script.Id;

    /// <summary>The output.</summary>
    internal string Text
    {
        get
        {
            lock (_shown) return _shown.ToString();
        }
    }

    /// <summary>Waits for new output.</summary>
    internal async Task<string> ShowsAsync(string text)
    {
        var over = Task.Delay(Patience);
        while (true)
        {
            var more = Volatile.Read(ref _more).Task;
            var all = Text;
            var found = all.IndexOf(text, _read, StringComparison.Ordinal);
            if (found >= 0)
            {
                _read = found + text.Length;
                return all;
            }
            if (_reading.IsCompleted || await Task.WhenAny(more, _reading, over) == over) throw new InvalidOperationException($"\"{text}\" was not shown. Shown was:\n{Text}");
        }
    }

    /// <summary>The address in the next banner or another text.</summary>
    internal async Task<Uri> UrlAsync(string before = " * Running on ", string after = "\n")
    {
        await ShowsAsync(before);
        var start = _read;
        await ShowsAsync(after);
        return new(Text[start..(_read - after.Length)].Trim());
    }

    internal async Task PressCtrlCAsync()
    {
        await _script.StandardInput.WriteAsync('\x03');
        await _script.StandardInput.FlushAsync();
    }

    internal async Task<int> ExitCodeAsync()
    {
        await _script.WaitForExitAsync().WaitAsync(Patience);
        return _script.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_script.HasExited) _script.Kill(entireProcessTree: true);
        await _script.WaitForExitAsync();
        await _reading;
        _script.Dispose();
    }

    async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _script.StandardOutput.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_shown) _shown.Append(buffer.AsSpan(0, count));
            Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
