namespace Modular.Sessions;

/// <summary>A type of the application's own that a session keeps as it is; as a tag of Flask's <c>TaggedJSONSerializer</c>. Made as <see cref="SessionTag{T}"/>.</summary>
public abstract class SessionTag
{
    internal SessionTag(string name) => Name = name;

    /// <summary>What marks the type in the cookie: a space and at least one character of ASCII, such as <c> money</c>.</summary>
    public string Name { get; }

    internal abstract Type Type { get; }
    internal abstract bool Fits(object value);
    internal abstract object? Write(object value);
    internal abstract object Read(object? value);
}

/// <summary>Keeps values of one type in a session: <c>{" name": what write gave}</c>.</summary>
/// <remarks>It is asked before lists, tuples and dictionaries are looked for, so it may be one of these. Thread: the functions are called by many requests at once.</remarks>
/// <example><code>
/// new SessionTag&lt;Money&gt;(" money", money =&gt; $"{money.Amount} {money.Currency}", value =&gt; Money.Parse((string)value!))
/// </code></example>
/// <param name="name">A space and at least one character of ASCII. Checked with all names when the application is frozen.</param>
/// <param name="write">Gives text, numbers, lists and whatever else a session keeps, other tags included.</param>
/// <param name="read">Gets what <paramref name="write"/> gave, as it comes out of a session. A FormatException, or one of a wrong cast, argument, key, index or size, makes an empty session of the cookie.</param>
public sealed class SessionTag<T>(string name, Func<T, object?> write, Func<object?, T> read) : SessionTag(name) where T : notnull
{
    internal override Type Type => typeof(T);
    internal override bool Fits(object value) => value is T;
    internal override object? Write(object value) => write((T)value);

    internal override object Read(object? value)
    {
        try
        {
            return read(value);
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or ArgumentException or KeyNotFoundException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException($"No {typeof(T).Name}.", error);
        }
    }
}
