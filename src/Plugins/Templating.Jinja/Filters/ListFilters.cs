using System.Collections;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>The filters for lists and dictionaries.</summary>
static class ListFilters
{
    internal static (string Signature, BuiltIn Code)[] All { get; } =
    [
        ("length/count()", (state, value, _) => Num.Box(Py.Length(value, state))),
        ("list()", (state, value, _) => Py.List(value, state)),
        ("first()", (state, value, _) => First(state, value)),
        ("last()", (state, value, _) => Last(state, value)),
        ("random()", (state, value, _) => Py.List(value, state) is { Count: > 0 } items ? items[Random.Shared.Next(items.Count)]
            : Undefined.OfHint(state.Undefined, "No random item, sequence was empty.")),
        ("join(d='', attribute=None)", (state, value, a) => Join(state, value, a[0], a[1])),
        ("reverse()", (state, value, _) => Reverse(state, value)),
        ("sort(reverse=False, case_sensitive=False, attribute=None)", (state, value, a) => new PyList(Sorting.Sort(
            Py.Items(value, state), AttributePath.MultiReader(a[2], state, !Py.Truth(a[1])), Py.Truth(a[0]), inLists: true))),
        ("unique(case_sensitive=False, attribute=None)", (state, value, a) =>
            new PyGenerator(Unique(state, value, AttributePath.Reader(a[1], state, isFolded: !Py.Truth(a[0]))))),
        ("min(case_sensitive=False, attribute=None)", (state, value, a) => Extreme(state, value, a, "<")),
        ("max(case_sensitive=False, attribute=None)", (state, value, a) => Extreme(state, value, a, ">")),
        ("sum(attribute=None, start=0)", (state, value, a) => Sum(state, value, a[0], a[1])),
        ("batch(linecount, fill_with=None)", (state, value, a) => new PyGenerator(Batch(state, value, TextMethods.Int(a[0]), a[1]))),
        ("slice(slices, fill_with=None)", (state, value, a) => new PyGenerator(Slice(state, value, TextMethods.Int(a[0]), a[1]))),
        ("dictsort(case_sensitive=False, by='key', reverse=False)", (state, value, a) =>
            DictSort(state, value, Py.Truth(a[0]), Py.Str(a[1]), Py.Truth(a[2]))),
        ("items()", (_, value, _) => value is Undefined ? new PyGenerator([])
            : new PyGenerator(new PyView("items", Mapping.Of(value) ?? throw new JinjaError("Can only get item pairs from a mapping."),
                pair => new PyTuple(pair.Key, Py.Plain(pair.Value))))),
        ("groupby(attribute, default=None, case_sensitive=False)", (state, value, a) => GroupBy(state, value, a[0], a[1], Py.Truth(a[2]))),
    ];

    static object? First(RenderState state, object? value)
    {
        foreach (var item in Py.Items(value, state)) return item;
        return Undefined.OfHint(state.Undefined, "No first item, sequence was empty.");
    }

    static object? Last(RenderState state, object? value)
    {
        if (value is PyGenerator) throw new JinjaError("'generator' object is not reversible");
        if (value is string or Markup && Py.TryIndex(value, -1, out var letter)) return letter;
        if (value is IList { Count: > 0 } list) return Py.Plain(list[^1]);
        object? last = Undefined.OfHint(state.Undefined, "No last item, sequence was empty.");
        foreach (var item in Py.Items(value, state)) last = item;
        return last;
    }

    static object Join(RenderState state, object? value, object? between, object? attribute)
    {
        var items = Py.Items(value, state);
        if (attribute is not null) items = items.Select(AttributePath.Reader(attribute, state));
        if (!state.Autoescape) return Joined(items.Select(item => Py.Str(item, state)), Py.Str(between, state), state);
        List<object?> all = [.. items];
        if (between is Markup) return new Markup(Joined(all.Select(item => Text.Html(item, state)), between.ToString()!, state));
        if (!all.Exists(item => item is Markup)) return Joined(all.Select(item => Py.Str(item, state)), Py.Str(between, state), state);
        return new Markup(Joined(all.Select(item => Text.Html(item, state)), Text.Html(between, state), state));
    }

    static string Joined(IEnumerable<string> items, string between, RenderState state)
    {
        var builder = new StringBuilder();
        var isNext = false;
        foreach (var item in items)
        {
            if (isNext) builder.Append(between);
            isNext = true;
            builder.Append(item);
            state.Grown(builder.Length);
        }
        return state.Make(builder.ToString());
    }

    static object? Reverse(RenderState state, object? value)
    {
        if (value is string or Markup) return Py.Slice(value, null, null, -1, state);
        if (value is Undefined undefined) undefined.CheckIterable();
        if (!Py.IsIterable(value)) throw new JinjaError("argument must be iterable");
        var items = Py.List(value, state);
        items.Reverse();
        return value is PyGenerator ? items : new PyGenerator(items, "list_reverseiterator");
    }

    static IEnumerable<object?> Unique(RenderState state, object? value, Func<object?, object?> key)
    {
        PyDict seen = new();
        foreach (var item in Py.Items(value, state))
        {
            var found = key(item);
            if (seen.TryGet(found, out _)) continue;
            seen[found] = true;
            yield return item;
        }
    }

    static object? Extreme(RenderState state, object? value, object?[] a, string op)
    {
        var key = AttributePath.Reader(a[1], state, isFolded: !Py.Truth(a[0]));
        object? best = Marker.Missing, bestKey = null;
        foreach (var item in Py.Items(value, state))
        {
            var found = key(item);
            if (!ReferenceEquals(best, Marker.Missing) && !CompareNode.Holds(op, found, bestKey, state)) continue;
            (best, bestKey) = (item, found);
        }
        return ReferenceEquals(best, Marker.Missing) ? Undefined.OfHint(state.Undefined, "No aggregated item, sequence was empty.") : best;
    }

    static object? Sum(RenderState state, object? value, object? attribute, object? start)
    {
        var read = AttributePath.Reader(attribute, state);
        if (start is string) throw new JinjaError("sum() can't sum strings [use ''.join(seq) instead]");
        foreach (var item in Py.Items(value, state)) start = Ops.Binary(BinaryOp.Add, start, read(item), state);
        return start;
    }

    static IEnumerable<object?> Batch(RenderState state, object? value, long count, object? fill)
    {
        PyList line = [];
        foreach (var item in Py.Items(value, state))
        {
            if (line.Count == count)
            {
                yield return line;
                line = [];
            }
            line.Add(item);
        }
        if (line.Count == 0) yield break;
        while (fill is not null && line.Count < count)
        {
            state.Render.Step();
            line.Add(fill);
        }
        yield return line;
    }

    static IEnumerable<object?> Slice(RenderState state, object? value, long slices, object? fill)
    {
        var items = Py.List(value, state);
        if (slices == 0) throw new JinjaError("integer division or modulo by zero");
        var (size, more) = (items.Count / slices, items.Count % slices);
        var start = 0;
        for (long i = 0; i < slices; i++)
        {
            state.Render.Step();
            var count = (int)(size + (i < more ? 1 : 0));
            PyList part = new(items.GetRange(start, count));
            start += count;
            if (fill is not null && i >= more) part.Add(fill);
            yield return part;
        }
    }

    static PyList DictSort(RenderState state, object? value, bool isExact, string by, bool isReversed)
    {
        if (by is not ("key" or "value")) throw new JinjaError("You can only sort by either \"key\" or \"value\"");
        if (value is Undefined undefined) throw undefined.Fail();
        var mapping = Mapping.Of(value) ?? throw new JinjaError($"'{Py.TypeName(value)}' object has no attribute 'items'");
        var at = by == "key" ? 0 : 1;
        return new(Sorting.Sort(mapping.Pairs.Select(pair => new PyTuple(pair.Key, Py.Plain(pair.Value))),
            pair => isExact ? pair.Items[at] : Sorting.Folded(pair.Items[at]), isReversed));
    }

    static PyList GroupBy(RenderState state, object? value, object? attribute, object? fallback, bool isExact)
    {
        var key = AttributePath.Reader(attribute, state, fallback, isFolded: !isExact);
        var shown = AttributePath.Reader(attribute, state, fallback);
        PyList groups = [];
        PyList? items = null;
        object? last = null;
        foreach (var item in Sorting.Sort(Py.Items(value, state), key, isReversed: false))
        {
            var found = key(item);
            if (items is null || !Py.AreEqual(found, last))
            {
                items = [];
                groups.Add(new PyGroup(shown(item), items));
                last = found;
            }
            items.Add(item);
        }
        return groups;
    }
}
