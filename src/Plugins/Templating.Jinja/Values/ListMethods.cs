using System.Collections;

namespace Modular.Templating.Jinja;

/// <summary>The methods of lists and tuples.</summary>
static class ListMethods
{
    static readonly Dictionary<string, (Signature Signature, BuiltIn Code)> Readers = Table(
        ("index(value, start=0)", (state, list, a) => IndexOf(list!, a[0], a[1], state)),
        ("count(value)", (state, list, a) => Num.Box(Py.Items(list, state).LongCount(item => Py.AreEqual(item, a[0])))));

    static readonly Dictionary<string, (Signature Signature, BuiltIn Code)> Changers = Table(
        ("append(item)", (state, list, a) => Done(() => Add(list!, a[0], state))),
        ("extend(items)", (state, list, a) => Done(() => ((PyList)list!).AddRange([.. Py.Items(a[0], state)]))),
        ("insert(index, item)", (state, list, a) => Done(() =>
        {
            state.Render.Step();
            var items = (PyList)list!;
            var at = Index(a[0]);
            items.Insert((int)Math.Clamp(at < 0 ? at + items.Count : at, 0, items.Count), a[1]);
        })),
        ("pop(index=-1)", (_, list, a) => Pop((PyList)list!, Index(a[0]))),
        ("remove(value)", (_, list, a) => Done(() =>
        {
            var items = (PyList)list!;
            var at = items.FindIndex(item => Py.AreEqual(item, a[0]));
            if (at < 0) throw new JinjaError("list.remove(x): x not in list");
            items.RemoveAt(at);
        })),
        ("clear()", (_, list, _) => Done(((PyList)list!).Clear)),
        ("reverse()", (_, list, _) => Done(((PyList)list!).Reverse)),
        ("sort(key=None, reverse=False)", (state, list, a) => Done(() =>
        {
            if (a[0] is not null) throw new JinjaError("sort() with a key isn't supported. Use the filter sort with an attribute.");
            var items = (PyList)list!;
            var sorted = Sorting.Sort(items, item => item, Py.Truth(a[1]));
            items.Clear();
            items.AddRange(sorted);
        })),
        ("copy()", (state, list, _) => Py.List(list, state)));

    internal static bool TryGet(object target, string name, out object? value)
    {
        var isFound = Readers.TryGetValue(name, out var method) || target is PyList && Changers.TryGetValue(name, out method);
        if (!isFound && name == "copy" && target is IList and not PyTuple) (isFound, method) = (true, Changers["copy"]);
        if (!isFound && target is IList && Changers.ContainsKey(name)) throw new JinjaError(
            $"The list is a value of the application, which a template can't change. Copy it first: {{% set items = items | list %}}.");
        value = isFound ? new Method(method.Signature, target, method.Code) : null;
        return isFound;
    }

    internal static Dictionary<string, (Signature Signature, BuiltIn Code)> Table(params (string Signature, BuiltIn Code)[] methods) =>
        methods.Select(method => (Signature: Signature.Of(method.Signature), method.Code)).ToDictionary(method => method.Signature.Name);

    static object? Done(Action change)
    {
        change();
        return null;
    }

    static void Add(object list, object? item, RenderState state)
    {
        state.Render.Step();
        ((PyList)list).Add(item);
    }

    static long Index(object? value) => Num.TryLong(value, out var index) ? index
        : throw new JinjaError($"'{Py.TypeName(value)}' object cannot be interpreted as an integer");

    static object? Pop(PyList list, long index)
    {
        if (index < 0) index += list.Count;
        if (index < 0 || index >= list.Count)
            throw new JinjaError(list.Count == 0 ? "pop from empty list" : "pop index out of range");
        var item = list[(int)index];
        list.RemoveAt((int)index);
        return item;
    }

    static object IndexOf(object list, object? value, object? start, RenderState state)
    {
        long at = 0;
        foreach (var item in Py.Items(list, state))
        {
            if (at >= Index(start) && Py.AreEqual(item, value)) return Num.Box(at);
            at++;
        }
        throw new JinjaError($"{Py.Repr(value)} is not in list");
    }
}

/// <summary>The methods of dictionaries.</summary>
static class DictMethods
{
    static readonly Dictionary<string, (Signature Signature, BuiltIn Code)> Readers = ListMethods.Table(
        ("items()", (_, dict, _) => new PyView("items", (Mapping)dict!, pair => new PyTuple(pair.Key, Py.Plain(pair.Value)))),
        ("keys()", (_, dict, _) => new PyView("keys", (Mapping)dict!, pair => pair.Key)),
        ("values()", (_, dict, _) => new PyView("values", (Mapping)dict!, pair => Py.Plain(pair.Value))),
        ("get(key, default=None)", (_, dict, a) => ((Mapping)dict!).TryGet(PyEquality.Hashable(a[0]), out var value) ? Py.Plain(value)
            : a[1]),
        ("copy()", (_, dict, _) => PyDict.Of((Mapping)dict!)),
        ("fromkeys(keys, value=None)", (state, _, a) =>
        {
            PyDict made = new();
            foreach (var key in Py.Items(a[0], state)) made[key] = a[1];
            return made;
        }
    ));

    static readonly Dictionary<string, (Signature Signature, BuiltIn Code)> Changers = ListMethods.Table(
        ("update(*args, **kwargs)", (state, dict, a) => Update((PyDict)dict!, (PyTuple)a[0]!, (PyDict)a[1]!, state)),
        ("setdefault(key, default=None)", (state, dict, a) =>
        {
            if (((PyDict)dict!).TryGet(a[0], out var known)) return known;
            state.Render.Step();
            ((PyDict)dict)[a[0]] = a[1];
            return a[1];
        }
    ),
        ("pop(key, *args)", (_, dict, a) => Pop((PyDict)dict!, a[0], (PyTuple)a[1]!)),
        ("popitem()", (_, dict, _) =>
        {
            if (((PyDict)dict!).Count == 0) throw new JinjaError("popitem(): dictionary is empty");
            var (key, value) = ((PyDict)dict).Pairs.Last();
            ((PyDict)dict).Remove(key);
            return new PyTuple(key, value);
        }
    ),
        ("clear()", (_, dict, _) =>
        {
            ((PyDict)dict!).Clear();
            return null;
        }
    ));

    internal static bool Has(string name) => Readers.ContainsKey(name);

    internal static bool TryGet(object target, Mapping mapping, string name, out object? value)
    {
        value = Readers.TryGetValue(name, out var method) || target is PyDict && Changers.TryGetValue(name, out method)
            ? new Method(method.Signature, mapping, method.Code) : null;
        return value is not null;
    }

    internal static object? Update(PyDict dict, PyTuple from, PyDict named, RenderState state)
    {
        foreach (var source in from.Items)
        {
            if (source is not null && Mapping.Of(source) is { } mapping)
            {
                foreach (var (key, value) in mapping.Pairs.ToList()) Set(key, Py.Plain(value));
                continue;
            }
            foreach (var pair in Py.Items(source, state))
                if (Py.Items(pair, state).ToList() is [var key, var value]) Set(key, value);
                else throw new JinjaError("dictionary update sequence element has the wrong length; 2 is required");
        }
        foreach (var (key, value) in named.Pairs) Set(key, value);
        return null;

        void Set(object? key, object? value)
        {
            state.Render.Step();
            dict[key] = value;
        }
    }

    static object? Pop(PyDict dict, object? key, PyTuple fallback)
    {
        if (!dict.TryGet(key, out var value))
            return fallback.Count > 0 ? fallback.Items[0] : throw new JinjaError($"KeyError: {Py.Repr(key)}");
        dict.Remove(key);
        return value;
    }
}

/// <summary>The methods of numbers.</summary>
static class NumberMethods
{
    static readonly Dictionary<string, (Signature Signature, BuiltIn Code)> Real = ListMethods.Table(
        ("is_integer()", (_, number, _) => double.IsInteger(Num.ToDouble(number!))),
        ("conjugate()", (_, number, _) => number));

    static readonly Dictionary<string, (Signature Signature, BuiltIn Code)> Whole = ListMethods.Table(
        ("bit_length()", (_, number, _) => Num.Box(System.Numerics.BigInteger.Abs(Num.ToBig(number!)).GetBitLength())),
        ("conjugate()", (_, number, _) => number));

    internal static bool TryGet(object target, string name, out object? value)
    {
        value = (name, Num.IsFloat(target)) switch
        {
            ("real", _) => target,
            ("imag", true) => 0d,
            ("imag", false) => Num.Box(0L),
            ("numerator", false) => target,
            ("denominator", false) => Num.Box(1L),
            _ => (Num.IsFloat(target) ? Real : Whole).TryGetValue(name, out var method)
                ? new Method(method.Signature, target, method.Code) : null,
        };
        return value is not null;
    }
}
