namespace Modular.Sessions;

/// <summary>
/// An application type that a session keeps, like a tag of Flask's <c>TaggedJSONSerializer</c>. Create one as <see cref="SessionTag{T}"/>.
/// </summary>
public abstract class SessionTag
{
    internal SessionTag(string name) => Name = name;

    /// <summary>The key that marks the type in the cookie: a space and at least one ASCII character, such as <c> money</c>.</summary>
    public string Name { get; }

    internal abstract Type Type { get; }
    internal abstract bool Fits(object value);
    internal abstract object? Write(object value);
    internal abstract object Read(object? value);
}

/// <summary>Keeps values of one type in a session: <c>{" name": result of write}</c>.</summary>
/// <remarks>
/// Tags are tried before lists, tuples and dictionaries, so the type may be one of these. Thread: several requests call the functions at
/// the same time.
/// </remarks>
/// <example><code>
/// new SessionTag&lt;Money&gt;(" money", money =&gt; $"{money.Amount} {money.Currency}", value =&gt; Money.Parse((string)value!))
/// </code></example>
/// <param name="name">A space and at least one ASCII character. All names are checked when the application is frozen.</param>
/// <param name="write">Returns text, numbers, lists or any other type that a session stores, including other tags.</param>
/// <param name="read">Gets the stored result of <paramref name="write"/>. If it throws a FormatException, or an exception for a wrong
/// cast, argument, key, index or size, the visitor gets an empty session.</param>
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
        catch (Exception error) when (error is FormatException or InvalidCastException or ArgumentException
            or KeyNotFoundException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException($"The value isn't a {typeof(T).Name}.", error);
        }
    }
}
