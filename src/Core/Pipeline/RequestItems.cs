namespace Modular;

/// <summary>The application's data for one request; Flask's <c>g</c>. New for each request.</summary>
/// <remarks>Thread: not thread-safe, as a dictionary. Serialized to JSON as an object.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "HttpContext.Items is ASP.NET's word for the same.")]
public sealed class RequestItems : IReadOnlyDictionary<string, object?>
{
    readonly Dictionary<string, object?> _values = [];

    /// <summary>The value under a name.</summary>
    /// <exception cref="ModularException">This request has no value with the name.</exception>
    public object? this[string name]
    {
        get => _values.TryGetValue(name, out var value) ? value : throw new ModularException(
            $"Current.G[\"{name}\"] was read, but it wasn't set in this request.{Suggest.DidYouMean(name, _values.Keys)}"
            + $" Set it in a BeforeRequest hook, or read it with Current.G.Get(\"{name}\", fallback).");
        set => _values[name] = value;
    }

    /// <summary>The value under a name, as <typeparamref name="T"/>.</summary>
    /// <exception cref="ModularException">This request has no value with the name, or one of another type.</exception>
    public T Get<T>(string name) => this[name] switch
    {
        T value => value,
        null when default(T) is null => default!,
        var other => throw new ModularException(
            $"Current.G[\"{name}\"] holds {(other is null ? "null" : TypeName.Of(other.GetType()))}, not {TypeName.Of(typeof(T))}."
            + $" Write Current.G.Get<{TypeName.Of(other?.GetType() ?? typeof(object))}>(\"{name}\")."),
    };

    /// <summary>The value under a name, or <paramref name="fallback"/> without a value of this type.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public T? Get<T>(string name, T? fallback) => _values.TryGetValue(name, out var value) && value is T typed ? typed : fallback;

    /// <summary>The value under a name. When it is missing, <paramref name="make"/> creates it.</summary>
    public T GetOrAdd<T>(string name, Func<T> make)
    {
        if (!_values.ContainsKey(name)) _values[name] = make();
        return Get<T>(name);
    }

    /// <summary>Removes a value and returns it; null when it is missing.</summary>
    public object? Pop(string name)
    {
        _values.Remove(name, out var value);
        return value;
    }

    /// <summary>True when the name has a value, even null.</summary>
    public bool ContainsKey(string name) => _values.ContainsKey(name);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int IReadOnlyCollection<KeyValuePair<string, object?>>.Count => _values.Count;
    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => _values.Keys;
    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => _values.Values;
    bool IReadOnlyDictionary<string, object?>.TryGetValue(string key, out object? value) => _values.TryGetValue(key, out value);
}
