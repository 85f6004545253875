using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Modular;

/// <summary>
/// Names with one or more values each, as a query or a form sends them. Names are case-sensitive.
/// As a collection it is one pair per name, with the name's first value; <see cref="Pairs"/> has them all.
/// </summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
[JsonConverter(typeof(MultiDictJson))]
[SuppressMessage("Naming", "CA1710", Justification = "MultiDict is the word of Flask and Werkzeug.")]
public sealed class MultiDict : IReadOnlyCollection<KeyValuePair<string, string>>
{
    // Up to here a walk over the pairs is faster than hashing, and needs no memory.
    const int WalkLimit = 8;

    readonly KeyValuePair<string, string>[] _pairs;
    readonly string _where;
    readonly Dictionary<string, int>? _first;   // name → index of its first pair; null up to WalkLimit
    readonly int[] _next = [];                  // index → index of the next pair of the same name, or -1; filled with _first

    /// <summary>A dictionary of these pairs, in this order.</summary>
    public MultiDict(IEnumerable<KeyValuePair<string, string>> pairs) : this([.. pairs], nameof(MultiDict)) { }

    /// <param name="pairs">Owned by the dictionary from here on.</param>
    /// <param name="where">What to call it in <see cref="MissingKeyException"/>.</param>
    internal MultiDict(KeyValuePair<string, string>[] pairs, string where)
    {
        _pairs = pairs;
        _where = where;
        if (pairs.Length > WalkLimit) (_first, _next) = Chain(pairs);
        Count = _first?.Count ?? CountNames();
    }

    /// <summary>A dictionary without a name in it.</summary>
    public static MultiDict Empty { get; } = new([], nameof(MultiDict));

    /// <summary>The first value of a name.</summary>
    /// <exception cref="MissingKeyException">The name is not there; unhandled it is a 400 answer.</exception>
    public string this[string name] => Get(name) ?? throw new MissingKeyException(name, _where);

    /// <summary>How many different names there are.</summary>
    public int Count { get; }

    /// <summary>The different names, in the order in which each came first.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            foreach (var pair in this) yield return pair.Key;
        }
    }

    /// <summary>Every name and value in the order in which they came, also the second value of a name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>True when the name was sent, also when its value is empty.</summary>
    public bool ContainsKey(string name) => First(name) >= 0;

    /// <summary>The first value of a name, or null.</summary>
    public string? Get(string name) => First(name) is >= 0 and var index ? _pairs[index].Value : null;

    /// <summary>The first value of a name, or <paramref name="fallback"/> when the name is missing.</summary>
    public string Get(string name, string fallback) => Get(name) ?? fallback;

    /// <summary>The first value of a name as a number, a date, a <see cref="Guid"/> and the like, read in the invariant culture.</summary>
    /// <remarks>
    /// Numbers have no thousands separators, no sign behind and no hex digits; dates are those of ISO 8601; white space around a value is an error.
    /// A type of your own reads itself by its <c>TryParse</c>.
    /// </remarks>
    /// <returns><paramref name="fallback"/> when the name is missing or its value cannot be read as a <typeparamref name="T"/>.</returns>
    /// <example><code>var page = request.Args.Get("page", 1);</code></example>
    public T Get<T>(string name, T fallback) where T : IParsable<T> => Get(name) is { } text && StrictText.TryParse<T>(text, out var value) ? value : fallback;

    /// <inheritdoc cref="Get{T}(string, T)"/>
    /// <example><code>int? page = request.Args.Get("page", (int?)null);</code></example>
    public T? Get<T>(string name, T? fallback) where T : struct, IParsable<T> => Get(name) is { } text && StrictText.TryParse<T>(text, out var value) ? value : fallback;

    /// <summary>All values of a name in the order in which they came; empty when the name is missing.</summary>
    public IReadOnlyList<string> GetAll(string name)
    {
        var first = First(name);
        if (first < 0) return [];
        var count = 0;
        for (var i = first; i >= 0; i = Next(i)) count++;
        var values = new string[count];
        for (int i = first, at = 0; i >= 0; i = Next(i)) values[at++] = _pairs[i].Value;
        return values;
    }

    /// <summary>One pair per name, with the name's first value.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < _pairs.Length; i++)
            if (First(_pairs[i].Key) == i) yield return _pairs[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int First(string name) => _first is null ? Walk(name, 0) : _first.GetValueOrDefault(name, -1);

    int Next(int index) => _first is null ? Walk(_pairs[index].Key, index + 1) : _next[index];

    int Walk(string name, int from)
    {
        for (var i = from; i < _pairs.Length; i++)
            if (_pairs[i].Key == name) return i;
        return -1;
    }

    int CountNames()
    {
        var count = 0;
        for (var i = 0; i < _pairs.Length; i++)
            if (Walk(_pairs[i].Key, 0) == i) count++;
        return count;
    }

    static (Dictionary<string, int> First, int[] Next) Chain(KeyValuePair<string, string>[] pairs)
    {
        var first = new Dictionary<string, int>(pairs.Length);
        var next = new int[pairs.Length];
        // Backwards, so that each name's chain ends up at its first pair.
        for (var i = pairs.Length - 1; i >= 0; i--)
        {
            next[i] = first.GetValueOrDefault(pairs[i].Key, -1);
            first[pairs[i].Key] = i;
        }
        return (first, next);
    }
}
