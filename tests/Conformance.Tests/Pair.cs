using System.Net;
using System.Text;

namespace Conformance.Tests;

/// <summary>A request, and both responses.</summary>
sealed class Pair(RawRequest request, Answer flask, Answer modular)
{
    internal RawRequest Request => request;

    internal Answer FlaskAnswer => flask;

    internal Answer ModularAnswer => modular;

    internal SortedDictionary<string, string> Flask { get; } = Normal.Of(flask, request);

    internal SortedDictionary<string, string> Modular { get; } = Normal.Of(modular, request);

    /// <summary>The names of the parts that are not the same: status, body, leak, or a header's name.</summary>
    internal IEnumerable<string> Different => Flask.Keys.Union(Modular.Keys).Where(part => Of(Flask, part) != Of(Modular, part)).Order(StringComparer.Ordinal);

    /// <summary>The parts that differ, where, and how it ended: two pairs of a kind are likely the same matter.</summary>
    internal string Kind => $"{string.Join(' ', request.Path.Split('/').Take(3))} {string.Join(' ', Different)} {flask.Status} {modular.Status}";

    internal string? InFlask(string part) => Of(Flask, part);

    internal string? InModular(string part) => Of(Modular, part);

    internal (int Flask, int Modular) Status => (flask.Status, modular.Status);

    internal bool IsAt(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
            if (request.Path.StartsWith(path, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>A query argument, decoded; null when it is not there.</summary>
    internal string? Argument(string name) => request.Target.Split('?', 2).Skip(1).SelectMany(query => query.Split('&')).Select(pair => pair.Split('=', 2))
        .Where(pair => pair is [var key, _] && key == name).Select(pair => WebUtility.UrlDecode(pair[1])).FirstOrDefault();

    internal string? Header(string name) => request.Headers.LastOrDefault(header => header.Name == name).Value;

    /// <summary>Whether a part differs, but is equal when both sides are rewritten so.</summary>
    internal bool IsEqualAs(string part, Func<string, string> rewrite) =>
        Of(Flask, part) is { } one && Of(Modular, part) is { } other && one != other && rewrite(one) == rewrite(other);

    public override string ToString()
    {
        var text = new StringBuilder().Append("  ").Append(Request).Append('\n');
        foreach (var part in Different) text.Append($"    * {part}\n        Flask:   {Shown(Flask, part)}\n        Modular: {Shown(Modular, part)}\n");
        return text.ToString();
    }

    // From a little before the first letter that differs.
    string Shown(SortedDictionary<string, string> side, string part)
    {
        if (Of(side, part) is not { } value) return "(none)";
        var other = Of(ReferenceEquals(side, Flask) ? Modular : Flask, part) ?? "";
        var start = Math.Max(0, value.AsSpan().CommonPrefixLength(other) - 60);
        return $"{(start > 0 ? "…" : "")}{value.AsSpan(start, Math.Min(value.Length - start, 300))}";
    }

    static string? Of(SortedDictionary<string, string> side, string part) => side.GetValueOrDefault(part);
}
