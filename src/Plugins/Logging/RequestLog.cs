using System.Collections;
using System.Diagnostics;
using System.Globalization;

namespace Modular.Logging;

/// <summary>
/// The scope of every line during a request. It contains only text, so a task that outlives its request can still log with it.
/// </summary>
sealed class RequestLog(string id, string method, string path, string? remoteAddr) : IReadOnlyList<KeyValuePair<string, object?>>
{
    readonly ActivityTraceId? _trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId : null;

    internal string Id { get; } = id;
    internal string Method { get; } = method;
    internal string Path { get; } = path;
    internal string? RemoteAddr { get; } = remoteAddr;

    /// <summary>The endpoint. It is set after matching.</summary>
    internal string? Endpoint { get; set; }

    public int Count => _trace is null ? 5 : 6;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("RequestId", Id),
        1 => new("Method", Method),
        2 => new("Path", Path),
        3 => new("Endpoint", Endpoint),
        4 => new("RemoteAddr", RemoteAddr),
        5 when _trace is { } trace => new("TraceId", trace.ToHexString()),
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, $"The scope has {Count} values."),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The scope as text, for providers that show it that way.</summary>
    public override string ToString() =>
        string.Join(' ', this.Where(pair => pair.Value is not null)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}:{pair.Value}")));
}
