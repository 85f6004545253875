namespace Modular;

/// <summary>The values that a URL is built from. A null counts as not given; of values with one name the first fills a variable.</summary>
readonly ref struct UrlValues(ReadOnlySpan<(string Name, object? Value)> values)
{
    readonly ReadOnlySpan<(string Name, object? Value)> _values = values;

    public ReadOnlySpan<(string Name, object? Value)>.Enumerator GetEnumerator() => _values.GetEnumerator();

    /// <summary>The value of this name; null when it is not given.</summary>
    internal object? Find(string name)
    {
        foreach (var (candidate, value) in _values)
            if (value is not null && candidate == name) return value;
        return null;
    }

    /// <summary>True when the rule can build with these values: none is missing, and none contradicts a default.</summary>
    internal bool Fit(Rule rule, string? method)
    {
        if (method is not null && !rule.Answers(method)) return false;
        foreach (var name in rule.Arguments)
            if (Find(name) is null && !rule.Defaults.ContainsKey(name)) return false;
        foreach (var (name, fallback) in rule.DefaultPairs)
            if (Find(name) is { } value && !SameValue.Are(fallback, value)) return false;
        return true;
    }

    internal Dictionary<string, object?> ToDictionary()
    {
        Dictionary<string, object?> dictionary = [];
        foreach (var (name, value) in _values)
            if (value is not null) dictionary.TryAdd(name, value);
        return dictionary;
    }
}
