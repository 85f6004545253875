using System.Text;
using System.Text.Json;

namespace Modular.Tests.Support;

/// <summary>Checks the cases of one file of facts about Flask and Werkzeug (tests/Vectors), each against upstream or against the deviation that is named for it.</summary>
/// <param name="name">The file, or the part of it that is checked; for the report.</param>
/// <param name="output">Takes the report.</param>
/// <param name="deviations">Our answer and its reason, by the case's key; null when nothing deviates.</param>
public sealed class VectorFile(string name, ITestOutputHelper output, IReadOnlyDictionary<string, (string Answer, string Reason)>? deviations = null)
{
    readonly List<string> _wrong = [];
    int _cases, _deviating;

    /// <summary>As the other constructor.</summary>
    public VectorFile(string name, ITestOutputHelper output, params (string Key, string Answer, string Reason)[] deviations)
        : this(name, output, deviations.ToDictionary(row => row.Key, row => (row.Answer, row.Reason)))
    {
    }

    /// <summary>The file's JSON, with Flask's error pages as ours are.</summary>
    public static JsonElement Load(string file) => ErrorPages.Of(Bytes(file));

    /// <summary>The file, from the folder <c>MODULAR_VECTORS</c> when that is set.</summary>
    public static byte[] Bytes(string file)
    {
        var folder = Environment.GetEnvironmentVariable("MODULAR_VECTORS") is { Length: > 0 } set ? set : Path.Combine(AppContext.BaseDirectory, "Vectors");
        return File.ReadAllBytes(Path.Combine(folder, file));
    }

    /// <summary>Counts one case, and keeps it when the result is wrong.</summary>
    /// <param name="deviation">The right result, when it isn't upstream's and not among the deviations by key.</param>
    public void Check(string key, string upstream, string ours, string? deviation = null)
    {
        _cases++;
        if (deviation is null && deviations is not null && deviations.TryGetValue(key, out var known)) deviation = known.Answer;
        if (deviation is not null) _deviating++;
        if (ours != (deviation ?? upstream)) _wrong.Add($"{key}\n    {(deviation is null ? "upstream" : "deviates")} {deviation ?? upstream}\n    ours     {ours}");
    }

    /// <summary>Prints the counts, and fails with the first twenty wrong cases.</summary>
    public void Finish()
    {
        output.WriteLine($"{name}: {_cases} cases, {_cases - _deviating - _wrong.Count} as upstream, {_deviating} deviate");
        Assert.True(_cases > 0, $"{name} has no cases.");
        Assert.True(_wrong.Count == 0, $"{name}: {_wrong.Count} wrong cases\n{string.Join('\n', _wrong.Take(20))}");
    }

    /// <summary><c>[["a","1"],…]</c> with the values of a name together, as the files write a multi-dict.</summary>
    public static string Text(MultiDict dict)
    {
        var pairs = dict.Keys.SelectMany(key => dict.GetAll(key), (key, value) => $"[{Quote(key)},{Quote(value)}]");
        return $"[{string.Join(',', pairs)}]";
    }

    /// <summary>JSON without white space.</summary>
    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Text))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(p => $"{Quote(p.Name)}:{Text(p.Value)}"))}}}",
        JsonValueKind.String => Quote(value.GetString()!),
        _ => value.GetRawText(),
    };

    /// <summary>The text as a JSON string.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text);

    /// <summary>Converts header text from a WSGI server's form (each byte a character) to an ASP.NET server's.</summary>
    public static string FromWsgi(string header) =>
        header.All(c => c < 256) ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header)) : header;
}
