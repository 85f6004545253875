using System.Text.Json;
using Xunit.Abstractions;

namespace Modular.Tests;

/// <summary>Runs the cases of one vector file, counts them, and lists the first wrong ones.</summary>
/// <param name="file">A name in the folder MODULAR_VECTORS, else in Vectors beside the tests.</param>
/// <param name="deviations">Where our answer differs on purpose: the case's key, our answer, and why. Asserted like the rest.</param>
sealed class ResponseVectors(ITestOutputHelper output, string file, params (string Key, string Ours, string Why)[] deviations)
{
    readonly Dictionary<string, string> _deviations = deviations.ToDictionary(row => row.Key, row => row.Ours);
    readonly HashSet<string> _deviated = [];
    readonly List<string> _wrong = [];
    int _cases;
    int _deviating;

    internal JsonElement Load()
    {
        var folder = Environment.GetEnvironmentVariable("MODULAR_VECTORS") ?? Path.Combine(AppContext.BaseDirectory, "Vectors");
        using var document = ErrorPages.Of(File.ReadAllBytes(Path.Combine(folder, file)));
        return document.RootElement.Clone();
    }

    internal void Check(string key, string expected, string actual)
    {
        _cases++;
        if (_deviations.TryGetValue(key, out var ours))
        {
            _deviating++;
            _deviated.Add(key);
            expected = ours;
        }
        if (actual != expected) _wrong.Add($"{key}\n  expected {expected}\n  but got  {actual}");
    }

    internal void Finish()
    {
        output.WriteLine($"{file}: {_cases} cases, {_cases - _deviating - _wrong.Count} as upstream, {_deviating} deviate");
        foreach (var key in _deviations.Keys.Except(_deviated)) output.WriteLine($"no case for the deviation {key}");
        Assert.True(_wrong.Count == 0, $"{_wrong.Count} of {_cases} wrong:\n{string.Join('\n', _wrong.Take(20))}");
    }
}
