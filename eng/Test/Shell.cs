using System.Diagnostics;

namespace Modular.Eng;

/// <summary>Runs programs. Ctrl-C ends them and their child processes.</summary>
static class Shell
{
    /// <summary>Runs a program and passes on each line of its output.</summary>
    /// <param name="onLine">Receives the lines of both outputs. Without it, they go to this program's outputs.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(string program, string[] arguments, Action<string>? onLine = null, CancellationToken cancellationToken = default, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = onLine is not null, RedirectStandardError = onLine is not null };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Hand(line.Data);
        process.ErrorDataReceived += (_, line) => Hand(line.Data);
        process.Start();
        if (onLine is not null)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        return process.ExitCode;

        void Hand(string? line)
        {
            if (line is null || onLine is null) return;
            lock (onLine) onLine(line);
        }
    }

    /// <summary>The output of a program; null when it fails or isn't there.</summary>
    internal static async Task<string?> OutputAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var output = new List<string>();
            return await RunAsync(program, arguments, output.Add, cancellationToken) == 0 ? string.Join('\n', output).Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
