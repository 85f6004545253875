using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Modular.Tests.Http;

/// <summary>Runs the cases of one vector file and tells how many came out as upstream.</summary>
sealed class VectorFile(string name, ITestOutputHelper output)
{
    readonly List<string> _wrong = [];
    int _cases;
    int _deviations;

    /// <summary>The file's JSON.</summary>
    internal static JsonElement Load(string file) => JsonElement.Parse(Bytes(file));

    /// <summary>The file, from the folder <c>MODULAR_VECTORS</c> when set.</summary>
    internal static byte[] Bytes(string file)
    {
        var set = Environment.GetEnvironmentVariable("MODULAR_VECTORS");
        return File.ReadAllBytes(Path.Combine(set is { Length: > 0 } ? set : Path.Combine(AppContext.BaseDirectory, "Vectors"), file));
    }

    /// <summary>Counts one case, and keeps it when the answer is wrong.</summary>
    internal void Check(string key, string expected, string actual, string? deviation = null)
    {
        _cases++;
        if (deviation is not null) _deviations++;
        if ((deviation ?? expected) != actual) _wrong.Add($"{key}\n  expected {deviation ?? expected}\n  actual   {actual}");
    }

    /// <summary>Prints the count and fails when a case was wrong.</summary>
    internal void Report()
    {
        output.WriteLine($"{name}: {_cases} cases, {_cases - _deviations - _wrong.Count} as upstream, {_deviations} deviate");
        Assert.True(_cases > 0, $"{name} has no cases.");
        Assert.True(_wrong.Count == 0, $"{_wrong.Count} wrong:\n{string.Join('\n', _wrong.Take(20))}");
    }

    /// <summary><c>[["a","1"],…]</c> with the values of a name together, as the files write a multi-dict.</summary>
    internal static string Text(MultiDict dict)
    {
        var pairs = dict.Keys.SelectMany(key => dict.GetAll(key), (key, value) => $"[{Quote(key)},{Quote(value)}]");
        return $"[{string.Join(',', pairs)}]";
    }

    internal static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Text))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(p => $"{Quote(p.Name)}:{Text(p.Value)}"))}}}",
        JsonValueKind.String => Quote(value.GetString()!),
        _ => value.GetRawText(),
    };

    internal static string Quote(string text) => JsonSerializer.Serialize(text);

    /// <summary>Header text as a WSGI server hands it on (each byte a character) turned into what an ASP.NET server hands on.</summary>
    internal static string FromWsgi(string header) =>
        header.All(c => c < 256) ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header)) : header;
}
