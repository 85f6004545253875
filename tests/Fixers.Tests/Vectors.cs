using System.Text.Json;
using Xunit.Abstractions;

namespace Modular.Fixers.Tests;

/// <summary>The cases of one file of facts about Werkzeug; see tests/Vectors.</summary>
sealed class Vectors(string file, ITestOutputHelper output)
{
    readonly List<string> _wrong = [];
    int _asUpstream;
    int _deviating;

    /// <summary>From the folder that <c>MODULAR_VECTORS</c> names, or from the copies beside the tests.</summary>
    internal IEnumerable<JsonElement> Cases
    {
        get
        {
            var named = Environment.GetEnvironmentVariable("MODULAR_VECTORS");
            var folder = named is { Length: > 0 } ? named : Path.Combine(AppContext.BaseDirectory, "Vectors");
            return JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, file))).EnumerateArray();
        }
    }

    /// <summary>Counts one case.</summary>
    /// <param name="deviation">What is right here, where it is not upstream's answer.</param>
    internal void Check(string key, string upstream, string ours, string? deviation = null)
    {
        if (ours != (deviation ?? upstream)) _wrong.Add($"{key}\n    expected {deviation ?? upstream}\n    ours     {ours}");
        else if (ours == upstream) _asUpstream++;
        else _deviating++;
    }

    /// <summary>Prints the counts, and fails with the first wrong cases.</summary>
    internal void Finish()
    {
        output.WriteLine($"{file}: {_asUpstream + _deviating + _wrong.Count} cases, {_asUpstream} as upstream, {_deviating} deviate");
        Assert.True(_asUpstream > 0, $"{file} has no cases.");
        Assert.True(_wrong.Count == 0, $"{file}: {_wrong.Count} wrong\n{string.Join('\n', _wrong.Take(20))}");
    }
}
