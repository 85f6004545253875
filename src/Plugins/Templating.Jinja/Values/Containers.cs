using System.Collections;

namespace Modular.Templating.Jinja;

/// <summary>A list that a template created, which it can change.</summary>
sealed class PyList : List<object?>
{
    internal PyList()
    {
    }

    internal PyList(IEnumerable<object?> items) : base(items)
    {
    }
}

/// <summary>A tuple of Python.</summary>
class PyTuple(params object?[] items)
{
    internal static PyTuple Empty { get; } = new();

    internal object?[] Items => items;

    internal int Count => items.Length;
}

/// <summary>A group of <c>groupby</c>: a tuple whose items have names.</summary>
sealed class PyGroup(object? grouper, PyList items) : PyTuple(grouper, items);

/// <summary>A range of integers, whose items aren't stored.</summary>
sealed class PyRange(long start, long stop, long step)
{
    internal long Start => start;
    internal long Stop => stop;
    internal long Step => step;

    internal long Count => step > 0
        ? start >= stop ? 0 : (long)(((Int128)stop - start - 1) / step + 1)
        : start <= stop ? 0 : (long)(((Int128)start - stop - 1) / -(Int128)step + 1);

    internal object At(long index) => Num.Box(start + index * step);

    internal IEnumerator<object?> GetEnumerator()
    {
        var count = Count;
        for (long i = 0; i < count; i++) yield return At(i);
    }

    internal bool Contains(long value) =>
        step > 0 ? value >= start && value < stop && (value - start) % step == 0
            : value <= start && value > stop && (start - value) % -step == 0;
}

/// <summary>A sequence that can be read once, such as the result of <c>map</c>. It is always true and has no length.</summary>
sealed class PyGenerator(IEnumerable<object?> items, string name = "generator") : IEnumerable<object?>
{
    readonly IEnumerator<object?> _items = items.GetEnumerator();

    internal string Name => name;

    public IEnumerator<object?> GetEnumerator() => _items;

    IEnumerator IEnumerable.GetEnumerator() => _items;
}

/// <summary>The keys, the values or the pairs of a dictionary.</summary>
sealed class PyView(string name, Mapping mapping, Func<KeyValuePair<object?, object?>, object?> pick) : IEnumerable<object?>
{
    internal string Name => name;

    internal int Count => mapping.Count;

    internal Mapping Mapping => mapping;

    public IEnumerator<object?> GetEnumerator()
    {
        foreach (var pair in mapping.Pairs) yield return pick(pair);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An object of the engine that defines its attributes, such as <c>loop</c>.</summary>
interface IAttributes
{
    bool TryGet(RenderState state, string name, out object? value);
}

/// <summary>An object of the engine that templates can call.</summary>
interface ICallable
{
    object? Call(RenderState state, Arguments arguments);
}

/// <summary>The sorts of value that a name's slot has before it is read or set.</summary>
sealed class Marker
{
    /// <summary>The slot has no value yet. The context is asked on first use.</summary>
    internal static readonly Marker Unresolved = new();

    /// <summary>The name has no value here.</summary>
    internal static readonly Marker Missing = new();
}
