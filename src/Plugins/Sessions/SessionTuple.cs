using System.Collections;

namespace Modular.Sessions;

/// <summary>
/// A Python tuple in a session: a list that doesn't change. A C# tuple becomes one when it is stored: <c>session["point"] = (1, 2)</c>.
/// </summary>
/// <remarks>Two tuples are equal when their items are equal. JSON has it as an array.</remarks>
/// <param name="items">Values of the types that a session stores.</param>
public sealed class SessionTuple(params IReadOnlyList<object?> items) : IReadOnlyList<object?>, IEquatable<SessionTuple>
{
    readonly object?[] _items = [.. items];

    /// <inheritdoc/>
    public object? this[int index] => _items[index];

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public bool Equals(SessionTuple? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SessionTuple);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As <c>(1, a)</c>, for logs.</summary>
    public override string ToString() => $"({string.Join(", ", _items)})";
}
