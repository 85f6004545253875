using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Modular.Templating.Jinja;

// Iteration, length, items and slices.
static partial class Py
{
    /// <summary>The items of a value that can be iterated. Doesn't count them.</summary>
    internal static IEnumerator<object?> Raw(object? value) => value switch
    {
        string text => CodePoints.Of(text),
        Markup markup => CodePoints.Of(markup.ToString()),
        PyGenerator generator => generator.GetEnumerator(),
        PyRange range => range.GetEnumerator(),
        PyTuple tuple => ((IEnumerable<object?>)tuple.Items).GetEnumerator(),
        PyView view => view.GetEnumerator(),
        Undefined undefined => Empty(undefined),
        null => throw NotIterable(value),
        IList list => ByIndex(list),
        ITuple tuple => ByIndex(tuple),
        JsonElement { ValueKind: JsonValueKind.Array } json => Raw(TemplateData.Plain(json)),
        _ when Mapping.Of(value) is { } mapping => mapping.Pairs.Select(pair => pair.Key).GetEnumerator(),
        _ when TemplateData.IsRuntime(value) => throw new ModularException(NotIterable(value).Message),
        IEnumerable items when !TemplateData.HasOwnMembers(value.GetType()) => All(items),
        _ => throw NotIterable(value),
    };

    internal static bool IsIterable(object? value) => value is string or Markup or PyTuple or PyRange or Undefined or IEnumerable or ITuple
        or JsonElement { ValueKind: JsonValueKind.Array } || Mapping.Is(value);

    /// <summary>The items of a value that can be iterated. Each counts against the page's limits.</summary>
    internal static IEnumerable<object?> Items(object? value, RenderState state)
    {
        using var items = Raw(value);
        while (items.MoveNext())
        {
            state.Render.Step();
            yield return Plain(items.Current);
        }
    }

    internal static PyList List(object? value, RenderState state) => new(Items(value, state));

    /// <summary>A value of .NET as the engine computes with it: JSON and characters become plain values.</summary>
    internal static object? Plain(object? value) => value switch
    {
        JsonElement json => TemplateData.Plain(json),
        char c => c.ToString(),
        StringValues values => values.ToString(),
        _ => value,
    };

    static JinjaError NotIterable(object? value) => new($"'{TypeName(value)}' object is not iterable");

    static IEnumerator<object?> Empty(Undefined undefined)
    {
        undefined.CheckIterable();
        return Enumerable.Empty<object?>().GetEnumerator();
    }

    // A list can grow while it is read.
    static IEnumerator<object?> ByIndex(IList list)
    {
        for (var i = 0; i < list.Count; i++) yield return list[i];
    }

    static IEnumerator<object?> ByIndex(ITuple tuple)
    {
        for (var i = 0; i < tuple.Length; i++) yield return tuple[i];
    }

    static IEnumerator<object?> All(IEnumerable items)
    {
        foreach (var item in items) yield return item;
    }

    /// <summary>The number of items. Null when the value has none.</summary>
    internal static long? TryLength(object? value, RenderState state) => value switch
    {
        string text => CodePoints.Count(text),
        Markup markup => CodePoints.Count(markup.ToString()),
        PyTuple tuple => tuple.Count,
        PyRange range => range.Count,
        PyView view => view.Count,
        Undefined undefined => Checked(undefined),
        null or PyGenerator => null,
        ICollection items => items.Count,
        ITuple tuple => tuple.Length,
        LoopObject loop => loop.Length(state),
        JsonElement { ValueKind: JsonValueKind.Array } json => json.GetArrayLength(),
        _ when Mapping.Of(value) is { } mapping => mapping.Count,
        IEnumerable items when !TemplateData.HasOwnMembers(value.GetType()) => Items(items, state).LongCount(),
        _ => null,
    };

    static long Checked(Undefined undefined)
    {
        undefined.CheckIterable();
        return 0;
    }

    internal static long Length(object? value, RenderState state) =>
        TryLength(value, state) ?? throw new JinjaError($"object of type '{TypeName(value)}' has no len()");

    /// <summary>True when the container has the item.</summary>
    internal static bool Contains(object? container, object? item, RenderState state)
    {
        switch (container)
        {
            case string or Markup:
                return AsText(container)!.Contains(AsText(item) ?? throw new JinjaError(
                    $"'in <string>' requires string as left operand, not {TypeName(item)}"), StringComparison.Ordinal);
            case PyRange range when Num.TryLong(item, out var number): return range.Contains(number);
            case PyView { Name: "keys" } view: return view.Mapping.TryGet(PyEquality.Hashable(item), out _);
        }
        if (container is not null && Mapping.Of(container) is { } mapping) return mapping.TryGet(PyEquality.Hashable(item), out _);
        if (!IsIterable(container)) throw new JinjaError($"argument of type '{TypeName(container)}' is not iterable");
        foreach (var found in Items(container, state))
            if (AreEqual(found, item)) return true;
        return false;
    }

    /// <summary>An item by its position. Returns false when there is none.</summary>
    internal static bool TryIndex(object target, long index, out object? item)
    {
        item = null;
        switch (target)
        {
            case string or Markup:
                var letter = CodePoints.At(AsText(target)!, index);
                item = letter is null || target is string ? letter : new Markup(letter);
                return letter is not null;
            case PyTuple tuple: return Pick(tuple.Count, i => tuple.Items[i], out item);
            case IList list: return Pick(list.Count, i => list[i], out item);
            case ITuple tuple: return Pick(tuple.Length, i => tuple[i], out item);
            case PyRange range:
                var count = range.Count;
                if (index < 0) index += count;
                if (index < 0 || index >= count) return false;
                item = range.At(index);
                return true;
            case JsonElement { ValueKind: JsonValueKind.Array } json:
                return Pick(json.GetArrayLength(), i => TemplateData.Plain(json[i]), out item);
            default: return false;
        }

        bool Pick(int count, Func<int, object?> at, out object? found)
        {
            found = null;
            if (index < 0) index += count;
            if (index < 0 || index >= count) return false;
            found = Plain(at((int)index));
            return true;
        }
    }

    /// <summary>A part of a sequence: <c>value[start:stop:step]</c>.</summary>
    internal static object? Slice(object? value, object? start, object? stop, object? step, RenderState state)
    {
        if (value is Undefined undefined) return undefined.Member();
        var by = step is null ? 1 : Bound(step);
        if (value is ITuple foreign and not PyTuple) value = new PyTuple([.. Items(foreign, state)]);
        if (value is JsonElement json) value = TemplateData.Plain(json);
        if (value is not (string or Markup or PyTuple or IList or PyRange))
            throw new JinjaError($"'{TypeName(value)}' object is not subscriptable");
        if (by == 0) throw new JinjaError("slice step cannot be zero");
        var length = TryLength(value, state)!.Value;
        var (first, end) = by > 0
            ? (Clamp(start, 0, 0, length), Clamp(stop, length, 0, length))
            : (Clamp(start, length - 1, -1, length - 1), Clamp(stop, -1, -1, length - 1));
        if (value is PyRange range) return new PyRange(range.Start + first * range.Step, range.Start + end * range.Step, range.Step * by);
        List<long> indexes = [];
        if (value is string or Markup)
        {
            var part = CodePoints.Slice(AsText(value)!, first, end, by, state);
            return value is string ? part : new Markup(part);
        }
        for (var i = first; by > 0 ? i < end : i > end; i += by)
        {
            state.Render.Step();
            indexes.Add(i);
        }
        return value is PyTuple tuple ? new PyTuple([.. indexes.Select(i => tuple.Items[i])])
            : new PyList(indexes.Select(i => Plain(((IList)value)[(int)i])));

        long Clamp(object? bound, long absent, long low, long high)
        {
            if (bound is null) return absent;
            var at = Bound(bound);
            return Math.Clamp(at < 0 ? at + length : at, low, high);
        }

        static long Bound(object bound) => Num.TryLong(bound, out var number) ? Math.Clamp(number, -int.MaxValue, int.MaxValue)
            : Num.IsInt(bound) ? Num.ToBig(bound).Sign * (long)int.MaxValue
            : throw new JinjaError("slice indices must be integers or None or have an __index__ method");
    }
}
