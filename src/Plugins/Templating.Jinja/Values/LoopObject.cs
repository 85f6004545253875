using System.Globalization;

namespace Modular.Templating.Jinja;

/// <summary>The variable <c>loop</c>.</summary>
sealed class LoopObject : IAttributes, ICallable
{
    readonly IEnumerator<object?> _items;
    readonly Func<RenderState, object?, long, object?>? _recurse;
    readonly long _depth;
    readonly Queue<object?> _ahead = new();
    long? _length;
    object? _current = Marker.Missing;
    object? _previous = Marker.Missing;
    object?[]? _lastChanged;

    internal LoopObject(IEnumerator<object?> items, long? length, long depth, Func<RenderState, object?, long, object?>? recurse) =>
        (_items, _length, _depth, _recurse) = (items, length, depth, recurse);

    internal long Index { get; private set; } = -1;

    internal object? Current => _current;

    /// <summary>Moves to the next item.</summary>
    internal bool MoveNext(out object? item)
    {
        if (!_ahead.TryDequeue(out item))
        {
            if (!_items.MoveNext()) return false;
            item = _items.Current;
        }
        (_previous, _current) = (_current, item);
        Index++;
        return true;
    }

    object? Peek()
    {
        if (_ahead.TryPeek(out var next)) return next;
        if (!_items.MoveNext()) return Marker.Missing;
        _ahead.Enqueue(_items.Current);
        return _items.Current;
    }

    internal long Length(RenderState state)
    {
        if (_length is { } known) return known;
        while (_items.MoveNext())
        {
            state.Render.Step();
            _ahead.Enqueue(_items.Current);
        }
        _length = Index + 1 + _ahead.Count;
        return _length.Value;
    }

    public bool TryGet(RenderState state, string name, out object? value)
    {
        value = name switch
        {
            "index" => Num.Box(Index + 1),
            "index0" => Num.Box(Index),
            "first" => Index == 0,
            "last" => ReferenceEquals(Peek(), Marker.Missing),
            "length" => Num.Box(Length(state)),
            "revindex" => Num.Box(Length(state) - Index),
            "revindex0" => Num.Box(Length(state) - Index - 1),
            "depth" => Num.Box(_depth + 1),
            "depth0" => Num.Box(_depth),
            "previtem" => ReferenceEquals(_previous, Marker.Missing)
                ? Undefined.OfHint(state.Undefined, "there is no previous item") : Py.Plain(_previous),
            "nextitem" => Peek() is var next && ReferenceEquals(next, Marker.Missing)
                ? Undefined.OfHint(state.Undefined, "there is no next item") : Py.Plain(next),
            "cycle" => new Method("cycle(*args)", (_, _, a) => ((PyTuple)a[0]!).Items is { Length: > 0 } items
                ? items[Index % items.Length] : throw new JinjaError("no items for cycling given")),
            "changed" => new Method("changed(*args)", (_, _, a) => IsChanged(((PyTuple)a[0]!).Items)),
            _ => Marker.Missing,
        };
        return !ReferenceEquals(value, Marker.Missing);
    }

    bool IsChanged(object?[] values)
    {
        if (_lastChanged is { } last && last.Length == values.Length && last.Zip(values).All(pair => Py.AreEqual(pair.First, pair.Second)))
            return false;
        _lastChanged = values;
        return true;
    }

    public object? Call(RenderState state, Arguments arguments)
    {
        if (_recurse is null) throw new JinjaError(
            "The loop must have the 'recursive' marker to be called recursively: {% for item in items recursive %}");
        if (arguments.Positional is not [var items] || arguments.Named.Length > 0) throw new JinjaError("loop() takes one argument");
        return _recurse(state, items, _depth + 1);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"<LoopContext {Index + 1}/{_length?.ToString(CultureInfo.InvariantCulture) ?? "?"}>");
}
