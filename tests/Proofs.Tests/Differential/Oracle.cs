using System.Diagnostics;
using System.Text.Json;

namespace Modular.Proofs.Differential;

/// <summary>Werkzeug itself, in a Python process that reads a line of JSON and writes a line of JSON.</summary>
sealed class Oracle : IDisposable
{
    readonly Process _python;

    internal Oracle()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "oracle.py");
        _python = Process.Start(new ProcessStartInfo(Tools.Path(Tool.Flask), [script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Version = JsonSerializer.Deserialize<string>(Read())!;
    }

    /// <summary>2.2.2, or <c>newest</c> when MODULAR_WERKZEUG names a folder with Werkzeug 3.2 or later.</summary>
    internal string Version { get; }

    internal bool IsNewest => Version == "newest";

    /// <summary>The refused rules, and a result for each question.</summary>
    internal (int[] Refused, string[] Answers) Ask(object question)
    {
        _python.StandardInput.WriteLine(JsonSerializer.Serialize(question, JsonSerializerOptions.Web));
        _python.StandardInput.Flush();
        var answer = JsonDocument.Parse(Read()).RootElement;
        return (
            answer.GetProperty("refused").Deserialize<int[]>()!,
            answer.GetProperty("answers").Deserialize<string[]>()!);
    }

    public void Dispose()
    {
        _python.StandardInput.Close();
        _python.WaitForExit();
        _python.Dispose();
    }

    string Read() => _python.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("oracle.py ended without an answer. What it wrote is above.");
}
