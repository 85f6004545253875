using System.Collections;

namespace Modular.Sessions;

/// <summary>
/// The data that the application keeps for one visitor: a dictionary in a signed cookie. The visitor can read it but can't change it.
/// </summary>
/// <remarks>
/// <para>Stores text, numbers, bool, null, dates, <see cref="Guid"/>, bytes, <see cref="Markup"/>, lists, tuples and dictionaries of
/// these. <see cref="Set{T}(string, T)"/> stores objects.
/// Integers come back as int, long or BigInteger, the smallest that fits. Dates come back in UTC, in whole seconds.</para>
/// <para>The session is saved when a key was set or removed. It doesn't notice a change inside a list or dictionary: set
/// <see cref="Modified"/> after one.</para>
/// <para>Thread: not safe to share. It belongs to one request.</para>
/// </remarks>
public sealed partial class Session : IDictionary<string, object?>, IReadOnlyDictionary<string, object?>
{
    const string PermanentKey = "_permanent";

    readonly SessionScope _scope;
    bool _isModified;
    readonly Dictionary<string, object?> _values;

    internal Session(SessionScope scope, Dictionary<string, object?>? values) =>
        (_scope, _values, IsNew) = (scope, values ?? [], values is null);

    /// <summary>The value of a key. Setting a key saves the session, even if the value is the same.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    /// <exception cref="ModularException">A session can't store a value of this type, or the response has already been sent.</exception>
    public object? this[string key]
    {
        get => _values.TryGetValue(key, out var value) ? value : throw Missing(key);
        set
        {
            Change(key);
            _values[key] = SessionValues.Accept(value, _scope.Tags);
        }
    }

    /// <summary>The number of keys, including the framework's: <c>_permanent</c>, <c>_flashes</c>.</summary>
    public int Count => _values.Count;

    /// <summary>The keys.</summary>
    public ICollection<string> Keys => _values.Keys;

    /// <summary>The values.</summary>
    public ICollection<object?> Values => _values.Values;

    /// <summary>True when the visitor sent no valid session.</summary>
    public bool IsNew { get; }

    /// <summary>True when the session has to be saved. Set it after a change inside a value: <c>session.Modified = true</c>.</summary>
    public bool Modified
    {
        get => _isModified;
        set
        {
            if (value) _scope.CheckWritable(nameof(Modified));
            _isModified = value;
        }
    }

    /// <summary>
    /// True: the session outlives the browser and lasts for <see cref="SessionsOptions.PermanentLifetime"/>. Stored in the session as
    /// <c>_permanent</c>.
    /// </summary>
    public bool Permanent
    {
        get => _values.TryGetValue(PermanentKey, out var value) && value is true;
        set => this[PermanentKey] = value;
    }

    /// <summary>The value of a key, or null.</summary>
    public object? Find(string key) => _values.GetValueOrDefault(key);

    /// <summary>True when the session has the key.</summary>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <summary>Gets the value of a key. Returns false when the session doesn't have the key.</summary>
    public bool TryGetValue(string key, out object? value) => _values.TryGetValue(key, out value);

    /// <summary>Adds a key.</summary>
    /// <exception cref="ArgumentException">The session already has the key.</exception>
    public void Add(string key, object? value)
    {
        if (_values.ContainsKey(key))
            throw new ArgumentException(
                $"The session already has a value named \"{key}\". Write session[\"{key}\"] = … to replace it.", nameof(key));
        this[key] = value;
    }

    /// <summary>The value of a key. If the key is missing, stores <paramref name="value"/> first.</summary>
    /// <example><code>
    /// Current.Session.SetDefault("cart", new List&lt;object?&gt;()).Add(42);
    /// Current.Session.Modified = true;
    /// </code></example>
    /// <exception cref="ModularException">The stored value has another type.</exception>
    public T SetDefault<T>(string key, T value)
    {
        if (_values.TryGetValue(key, out var known)) return known is T typed ? typed : Convert<T>(key, known)!;
        this[key] = value;
        return value;
    }

    /// <summary>Removes a key.</summary>
    /// <returns>False when the session didn't have the key. The session is then unchanged.</returns>
    public bool Remove(string key) => Remove(key, out _);

    /// <summary>Removes a key and returns its value.</summary>
    /// <returns>False when the session didn't have the key. The session is then unchanged.</returns>
    public bool Remove(string key, out object? value)
    {
        if (!_values.TryGetValue(key, out value)) return false;
        Change(key);
        _values.Remove(key);
        IsCleared |= _values.Count == 0;
        return true;
    }

    /// <summary>Removes a key and returns its value, or null when the session didn't have it.</summary>
    public object? Pop(string key) => Remove(key, out var value) ? value : null;

    /// <summary>
    /// Removes all values and ends the session: the cookie and the stored values are deleted. Call it when a visitor logs out.
    /// </summary>
    /// <remarks>
    /// With a store, no request can restore the old session, even one that is already running. Values set after this call belong to a new
    /// session with a new id.
    /// </remarks>
    public void Clear()
    {
        Change("Clear");
        _values.Clear();
        IsCleared = true;
    }

    /// <summary>
    /// Gives the session a new id and keeps its values. Call it when a visitor logs in, so that an old id can't be used to take over the
    /// session.
    /// </summary>
    /// <remarks>
    /// With a store, the old id stops working, also for requests that are already running. Without a store, the browser gets a new cookie.
    /// The old cookie stays valid until it expires, because it contains its own, older values.
    /// </remarks>
    public void Regenerate()
    {
        Change("Regenerate");
        IsRegenerated = true;
        _scope.OnRegenerated(this);
    }

    /// <summary>The keys and values, in no particular order.</summary>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    internal bool IsRegenerated { get; private set; }

    /// <summary>True after the session was emptied. All its values are then from this request.</summary>
    internal bool IsCleared { get; private set; }

    /// <summary>True after the application has used the session. The response then varies by cookie.</summary>
    internal bool IsTouched { get; set; }

    internal SessionScope Scope => _scope;

    /// <summary>The values to save.</summary>
    internal Dictionary<string, object?> Plain => _values;

    static KeyNotFoundException Missing(string key) => new(
        $"The session has no value named \"{key}\". Read it with Current.Session.Find(\"{key}\") if it may be missing.");

    // Called before each change, so that a change that can't be saved is an error.
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
    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_values).Contains(item);
    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_values).Contains(item) && Remove(item.Key);
    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_values).CopyTo(array, arrayIndex);
}
