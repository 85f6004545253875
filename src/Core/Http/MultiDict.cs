namespace Modular;

/// <summary>Names with one or more values each, as a query or a form sends them; immutable, and case-sensitive.</summary>
/// <remarks>As a dictionary, and as JSON, it has each name's first value; <see cref="Pairs"/> has them all.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "MultiDict is the word of Flask and Werkzeug.")]
public sealed class MultiDict : IReadOnlyDictionary<string, string>
{
    readonly KeyValuePair<string, string>[] _pairs;
    readonly string _where;

    /// <summary>A dictionary of these pairs, in this order.</summary>
    public MultiDict(IEnumerable<KeyValuePair<string, string>> pairs) : this([.. pairs], nameof(MultiDict)) { }

    internal MultiDict(KeyValuePair<string, string>[] pairs, string where) => (_pairs, _where) = (pairs, where);

    /// <summary>The first value of a name.</summary>
    /// <exception cref="MissingKeyException">The name is missing; unhandled, this is a 400.</exception>
    public string this[string name] => Find(name) ?? throw new MissingKeyException(name, _where);

    /// <summary>The number of different names.</summary>
    public int Count => ByName.Count;

    /// <summary>The different names, in the order of their first occurrence.</summary>
    public IEnumerable<string> Keys => ByName.Select(values => values.Key);

    /// <summary>Every name and value in the order in which they were sent, including further values of a name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    ILookup<string, string> ByName => field ??= _pairs.ToLookup(pair => pair.Key, pair => pair.Value);

    /// <summary>True when the name was sent, even with an empty value.</summary>
    public bool ContainsKey(string name) => ByName.Contains(name);

    /// <summary>The first value of a name, or null.</summary>
    public string? Find(string name) => ByName[name].FirstOrDefault();

    /// <summary>The first value of a name as a number, a date and the like, read strictly in the invariant culture.</summary>
    /// <exception cref="HttpException">400: the name is missing, or its value isn't a valid <typeparamref name="T"/>.</exception>
    public T Get<T>(string name) where T : IParsable<T> => StrictText.TryParse<T>(this[name], out var value) ? value
        : throw new HttpException(400, $"\"{name}\" isn't a valid {TypeName.Of(typeof(T))}.");

    /// <summary>As <see cref="Get{T}(string)"/>, or <paramref name="fallback"/> when it would throw.</summary>
    /// <example><code>
    /// var page = request.Args.Get("page", 1);
    /// int? limit = request.Args.Get&lt;int&gt;("limit", null);
    /// </code></example>
    public T Get<T>(string name, T fallback) where T : IParsable<T> =>
        Find(name) is { } text && StrictText.TryParse<T>(text, out var value) ? value : fallback;

    /// <inheritdoc cref="Get{T}(string, T)"/>
    public T? Get<T>(string name, T? fallback) where T : struct, IParsable<T> =>
        Find(name) is { } text && StrictText.TryParse<T>(text, out var value) ? value : fallback;

    /// <summary>All values of a name in the order in which they were sent; empty when the name is missing.</summary>
    public IReadOnlyList<string> GetAll(string name) => [.. ByName[name]];

    /// <summary>One pair per name, with the name's first value.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        ByName.Select(values => KeyValuePair.Create(values.Key, values.First())).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    IEnumerable<string> IReadOnlyDictionary<string, string>.Values => ByName.Select(values => values.First());

    bool IReadOnlyDictionary<string, string>.TryGetValue(string key, [MaybeNullWhen(false)] out string value) =>
        (value = Find(key)) is not null;
}
