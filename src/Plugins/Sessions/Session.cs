using System.Collections;

namespace Modular.Sessions;

/// <summary>What the application remembers of one visitor: a dictionary that travels in a signed cookie, which the visitor can read and cannot change.</summary>
/// <remarks>
/// <para>Keeps text, numbers, bool, null, dates, <see cref="Guid"/>, bytes, <see cref="Markup"/>, lists, tuples and dictionaries of these; objects by <see cref="Set{T}(string, T)"/>.
/// Integers come back as int, long or BigInteger, whatever holds them; dates in whole seconds of UTC.</para>
/// <para>It is saved when a key was set or removed. A change inside of a list or dictionary is not seen: set <see cref="Modified"/> then.</para>
/// <para>Thread: for the code of one request, as any dictionary.</para>
/// </remarks>
public sealed partial class Session : IDictionary<string, object?>, IReadOnlyDictionary<string, object?>
{
    const string PermanentKey = "_permanent";

    readonly SessionScope _scope;
    bool _isModified;
    readonly Dictionary<string, object?> _values;

    internal Session(SessionScope scope, Dictionary<string, object?>? values) => (_scope, _values, IsNew) = (scope, values ?? [], values is null);

    /// <summary>The value of a key. Setting one saves the session, also when it is the same value again.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    /// <exception cref="ModularException">The value is of a type that a session does not keep, or the response was sent already.</exception>
    public object? this[string key]
    {
        get => _values.TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(
            $"The session has no value named \"{key}\". Read it with Current.Session.Get(\"{key}\") if it may be missing.");
        set
        {
            Change(key);
            _values[key] = SessionValues.Accept(value, _scope.Tags);
        }
    }

    /// <summary>Keys, those of the framework included: <c>_permanent</c>, <c>_flashes</c>.</summary>
    public int Count => _values.Count;

    /// <summary>The keys.</summary>
    public ICollection<string> Keys => _values.Keys;

    /// <summary>The values.</summary>
    public ICollection<object?> Values => _values.Values;

    /// <summary>True when the visitor sent no session that could be used.</summary>
    public bool IsNew { get; }

    /// <summary>True once the session has to be saved. Set it after a change inside of a value: <c>session.Modified = true</c>.</summary>
    public bool Modified
    {
        get => _isModified;
        set
        {
            if (value) _scope.CheckWritable(nameof(Modified));
            _isModified = value;
        }
    }

    /// <summary>True: the session outlives the browser, for <see cref="SessionsOptions.PermanentLifetime"/>. Kept in the session as <c>_permanent</c>.</summary>
    public bool Permanent
    {
        get => _values.TryGetValue(PermanentKey, out var value) && value is true;
        set => this[PermanentKey] = value;
    }

    /// <summary>The value of a key, or null.</summary>
    public object? Get(string key) => _values.GetValueOrDefault(key);

    /// <summary>True when there is such a key.</summary>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <summary>The value of a key, when there is one.</summary>
    public bool TryGetValue(string key, out object? value) => _values.TryGetValue(key, out value);

    /// <summary>Adds a key.</summary>
    /// <exception cref="ArgumentException">It is there already.</exception>
    public void Add(string key, object? value)
    {
        if (_values.ContainsKey(key)) throw new ArgumentException($"The session has a value named \"{key}\" already. Write session[\"{key}\"] = … to replace it.", nameof(key));
        this[key] = value;
    }

    /// <summary>The value of a key; when there is none, the given one is stored first.</summary>
    /// <example><code>
    /// Current.Session.SetDefault("cart", new List&lt;object?&gt;()).Add(42);
    /// Current.Session.Modified = true;
    /// </code></example>
    /// <exception cref="ModularException">The stored value is of another type.</exception>
    public T SetDefault<T>(string key, T value)
    {
        if (_values.TryGetValue(key, out var known)) return known is T typed ? typed : Convert<T>(key, known)!;
        this[key] = value;
        return value;
    }

    /// <summary>Removes a key.</summary>
    /// <returns>False when there was none; nothing has changed then.</returns>
    public bool Remove(string key) => Remove(key, out _);

    /// <summary>Removes a key and gives its value.</summary>
    /// <returns>False when there was none; nothing has changed then.</returns>
    public bool Remove(string key, out object? value)
    {
        if (!_values.TryGetValue(key, out value)) return false;
        Change(key);
        _values.Remove(key);
        IsCleared |= _values.Count == 0;
        return true;
    }

    /// <summary>Removes a key and gives its value, or null when there was none.</summary>
    public object? Pop(string key) => Remove(key, out var value) ? value : null;

    /// <summary>Removes everything and ends the session: the cookie is deleted, and what is on the server. Call it when a visitor logs out.</summary>
    /// <remarks>On the server no request can bring the old session back, also none that is under way. What is set after this belongs to a new session, with a new id.</remarks>
    public void Clear()
    {
        Change("Clear");
        _values.Clear();
        IsCleared = true;
    }

    /// <summary>Gives the session a new identity, and keeps its values. Call it when a visitor logs in, so that nobody who knew the old one gets in with it.</summary>
    /// <remarks>On the server the old id has ended, also for requests that are under way. In a cookie it makes a new cookie; the old one stays valid until it expires, as it holds its own, older values.</remarks>
    public void Regenerate()
    {
        Change("Regenerate");
        IsRegenerated = true;
    }

    /// <summary>The pairs, in no order.</summary>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    internal bool IsRegenerated { get; private set; }

    /// <summary>True once it was emptied, so that nothing in it is from before this request.</summary>
    internal bool IsCleared { get; private set; }

    /// <summary>True once the application has looked at it, which makes the answer vary with the cookie.</summary>
    internal bool IsTouched { get; set; }

    internal SessionScope Scope => _scope;

    /// <summary>What is saved.</summary>
    internal Dictionary<string, object?> Plain => _values;

    // Before each change, so that nothing is lost in silence.
    void Change(string what)
    {
        _scope.CheckWritable(what);
        _isModified = true;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => _values.Keys;
    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => _values.Values;
    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => false;
    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);
    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) => ((ICollection<KeyValuePair<string, object?>>)_values).Contains(item);
    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_values).Contains(item) && Remove(item.Key);
    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_values).CopyTo(array, arrayIndex);
}
