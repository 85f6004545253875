using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Modular.Templating.Jinja;

/// <summary>A dictionary of any type, as Python sees it.</summary>
abstract class Mapping
{
    internal abstract int Count { get; }

    internal abstract IEnumerable<KeyValuePair<object?, object?>> Pairs { get; }

    internal abstract bool TryGet(object? key, out object? value);

    /// <summary>The value as a dictionary. Null when it isn't one.</summary>
    internal static Mapping? Of(object? value) => value switch
    {
        Mapping mapping => mapping,
        null or string or Markup or IList => null,
        IDictionary<string, object?> entries => new Entries<object?>(entries.Count, entries, entries.TryGetValue),
        IDictionary entries => new Untyped(entries),
        IReadOnlyDictionary<string, object?> entries => new Entries<object?>(entries.Count, entries, entries.TryGetValue),
        MultiDict values => new Entries<string>(values.Count, First(values), (string name, out string? found) =>
        {
            found = values.Find(name);
            return found is not null;
        }),
        IReadOnlyDictionary<string, string> entries => new Entries<string>(entries.Count, entries,
            (string name, out string? found) => entries.TryGetValue(name, out found)),
        JsonElement { ValueKind: JsonValueKind.Object } json => PyDict.Of(json),
        IConfiguration config => new Entries<object?>(0, Sections(config), (string name, out object? found) =>
            TryGetSection(config, name, out found)),
        _ => null,
    };

    internal static bool Is(object? value) => Of(value) is not null;

    static IEnumerable<KeyValuePair<string, string>> First(MultiDict values) =>
        values.Keys.Select(key => KeyValuePair.Create(key, values[key]));

    static IEnumerable<KeyValuePair<string, object?>> Sections(IConfiguration config) => config.GetChildren()
        .Select(section => new KeyValuePair<string, object?>(section.Key, (object?)section.Value ?? section));

    static bool TryGetSection(IConfiguration config, string name, out object? value)
    {
        var section = config.GetSection(name);
        value = section.Value ?? (section.GetChildren().Any() ? section : null) as object;
        return value is not null;
    }

    delegate bool Finder<T>(string name, out T? value);

    sealed class Entries<T>(int count, IEnumerable<KeyValuePair<string, T>> pairs, Finder<T> find) : Mapping
    {
        internal override int Count => count > 0 ? count : pairs.Count();

        internal override IEnumerable<KeyValuePair<object?, object?>> Pairs
        {
            get
            {
                foreach (var (key, value) in pairs) yield return new(key, value);
            }
        }

        internal override bool TryGet(object? key, out object? value)
        {
            if ((key as string ?? (key as Markup)?.ToString()) is { } name && find(name, out var found))
            {
                value = found;
                return true;
            }
            value = null;
            return false;
        }
    }

    sealed class Untyped(IDictionary entries) : Mapping
    {
        internal override int Count => entries.Count;

        internal override IEnumerable<KeyValuePair<object?, object?>> Pairs
        {
            get
            {
                foreach (DictionaryEntry entry in entries) yield return new(entry.Key, entry.Value);
            }
        }

        internal override bool TryGet(object? key, out object? value)
        {
            if (key is Markup) key = key.ToString();
            value = null;
            if (key is null) return false;
            if (entries.Contains(key))
            {
                value = entries[key];
                return true;
            }
            // Keys of another integer type, such as long.
            if (!Num.IsNumber(key)) return false;
            foreach (DictionaryEntry entry in entries)
                if (Num.IsNumber(entry.Key) && Py.AreEqual(entry.Key, key))
                {
                    value = entry.Value;
                    return true;
                }
            return false;
        }
    }
}

/// <summary>A dictionary that a template created: in order of insertion, with keys of any type that are equal as in Python.</summary>
sealed class PyDict : Mapping
{
    static readonly object NoneKey = new();

    readonly OrderedDictionary<object, object?> _entries = new(PyEquality.Instance);

    internal override int Count => _entries.Count;

    internal override IEnumerable<KeyValuePair<object?, object?>> Pairs
    {
        get
        {
            foreach (var (key, value) in _entries) yield return new(ReferenceEquals(key, NoneKey) ? null : key, value);
        }
    }

    internal object? this[object? key]
    {
        set => _entries[key ?? NoneKey] = value;
    }

    internal override bool TryGet(object? key, out object? value) => _entries.TryGetValue(key ?? NoneKey, out value);

    internal bool Remove(object? key) => _entries.Remove(key ?? NoneKey);

    internal void Clear() => _entries.Clear();

    internal static PyDict Of(Mapping mapping)
    {
        var copy = new PyDict();
        foreach (var (key, value) in mapping.Pairs) copy[key] = value;
        return copy;
    }

    internal static PyDict Of(JsonElement json)
    {
        var dict = new PyDict();
        foreach (var property in json.EnumerateObject()) dict[property.Name] = TemplateData.Plain(property.Value);
        return dict;
    }

    internal static object CheckKey(object? key) => key switch
    {
        PyList or PyDict => throw new JinjaError($"unhashable type: '{Py.TypeName(key)}'"),
        null => NoneKey,
        _ => key,
    };
}

/// <summary>The equality of Python for keys: 1, 1.0 and True are equal.</summary>
sealed class PyEquality : IEqualityComparer<object>
{
    internal static readonly PyEquality Instance = new();

    /// <summary>The value, if it can be the key of a dictionary.</summary>
    /// <exception cref="JinjaError">It is a list or a dictionary.</exception>
    internal static object? Hashable(object? value)
    {
        if (value is not (null or string)) Instance.GetHashCode(value);
        return value;
    }

    public new bool Equals(object? x, object? y) => Py.AreEqual(x, y);

    public int GetHashCode(object key) => key switch
    {
        string text => text.GetHashCode(StringComparison.Ordinal),
        Markup markup => markup.ToString().GetHashCode(StringComparison.Ordinal),
        bool flag => flag ? 1d.GetHashCode() : 0d.GetHashCode(),
        PyTuple tuple => tuple.Items.Aggregate(17, (hash, item) => hash * 31 + (item is null ? 0 : GetHashCode(item))),
        ITuple tuple => Enumerable.Range(0, tuple.Length).Aggregate(17, (hash, i) => hash * 31 + (tuple[i] is { } item ? GetHashCode(Py.Plain(item)!) : 0)),
        Undefined { Kind: JinjaUndefined.Strict } strict => throw strict.Fail(),
        Undefined undefined => (int)undefined.Kind,
        PyList or IList => throw new JinjaError($"unhashable type: '{Py.TypeName(key)}'"),
        _ when Num.IsNumber(key) => Num.ToDouble(key).GetHashCode(),
        _ when Mapping.Is(key) => throw new JinjaError("unhashable type: 'dict'"),
        _ => key.GetHashCode(),
    };
}
