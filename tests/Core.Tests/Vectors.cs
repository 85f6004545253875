using System.Text.Json;
using Xunit.Abstractions;

namespace Modular.Tests;

/// <summary>The files of facts about Flask and Werkzeug; see tests/Vectors.</summary>
static class Vectors
{
    /// <summary>Reads a file from the folder that <c>MODULAR_VECTORS</c> names, or from the copies beside the tests.</summary>
    internal static JsonDocument Load(string file)
    {
        var folder = Environment.GetEnvironmentVariable("MODULAR_VECTORS") is { Length: > 0 } named
            ? named
            : Path.Combine(AppContext.BaseDirectory, "Vectors");
        return ErrorPages.Of(File.ReadAllBytes(Path.Combine(folder, file)));
    }
}

/// <summary>Counts the cases of one file, and holds each against upstream or against the deviation that is named for it.</summary>
/// <param name="file">The file, for the report.</param>
/// <param name="deviations">Our answer and its reason, by the case's key; null when nothing deviates.</param>
sealed class VectorReport(string file, IReadOnlyDictionary<string, (string Answer, string Reason)>? deviations = null)
{
    readonly List<string> _wrong = [];
    int _asUpstream;
    int _deviating;

    internal void Check(string key, string upstream, string ours)
    {
        if (deviations is not null && deviations.TryGetValue(key, out var deviation))
        {
            if (ours == deviation.Answer) _deviating++;
            else _wrong.Add($"{key}\n    deviates to {deviation.Answer} ({deviation.Reason})\n    but gives   {ours}");
        }
        else if (ours == upstream) _asUpstream++;
        else _wrong.Add($"{key}\n    upstream {upstream}\n    ours     {ours}");
    }

    /// <summary>Prints the counts, and fails with the first twenty wrong cases.</summary>
    internal void Finish(ITestOutputHelper output)
    {
        output.WriteLine($"{file}: {_asUpstream + _deviating + _wrong.Count} cases, {_asUpstream} as upstream, {_deviating} deviate");
        Assert.True(_wrong.Count == 0, $"{file}: {_wrong.Count} wrong cases\n{string.Join('\n', _wrong.Take(20))}");
    }
}
