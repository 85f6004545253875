namespace Modular.Templating.Jinja;

/// <summary>The filters that use other filters and tests: <c>map</c>, <c>select</c>, <c>reject</c> and those with an attribute.</summary>
static class SelectFilters
{
    internal static (string Signature, BuiltIn Code)[] All { get; } =
    [
        ("map(*args, **kwargs)", (state, value, a) => Map(state, value, ((PyTuple)a[0]!).Items, (PyDict)a[1]!)),
        ("select(*args, **kwargs)", (state, value, a) => Select(state, value, a, keeps: true, hasAttribute: false)),
        ("reject(*args, **kwargs)", (state, value, a) => Select(state, value, a, keeps: false, hasAttribute: false)),
        ("selectattr(*args, **kwargs)", (state, value, a) => Select(state, value, a, keeps: true, hasAttribute: true)),
        ("rejectattr(*args, **kwargs)", (state, value, a) => Select(state, value, a, keeps: false, hasAttribute: true)),
    ];

    static PyGenerator Map(RenderState state, object? value, object?[] positional, PyDict named)
    {
        return new(Results(), "generator");

        IEnumerable<object?> Results()
        {
            if (!Py.Truth(value)) yield break;
            var change = Change();
            foreach (var item in Py.Items(value, state)) yield return change(item);
        }

        Func<object?, object?> Change()
        {
            if (positional.Length == 0 && named.TryGet("attribute", out var attribute))
            {
                foreach (var (key, _) in named.Pairs)
                    if (Py.Str(key) is not ("attribute" or "default")) throw new JinjaError($"Unexpected keyword argument {Py.Repr(key)}");
                return AttributePath.Reader(attribute, state, named.TryGet("default", out var fallback) ? fallback : null);
            }
            if (positional.Length == 0) throw new JinjaError("map requires a filter argument");
            var name = Py.Str(positional[0], state);
            var filter = state.Engine.FindFilter(name) ?? throw new JinjaError($"No filter named {Py.Repr(name)}.");
            var arguments = Rest(positional, 1, named);
            return item => filter(state, item, arguments);
        }
    }

    static Arguments Rest(object?[] positional, int from, PyDict named) =>
        new(positional[Math.Min(from, positional.Length)..], [.. named.Pairs.Select(pair => (Py.Str(pair.Key), pair.Value))]);

    static PyGenerator Select(RenderState state, object? value, object?[] a, bool keeps, bool hasAttribute)
    {
        return new(Results(), "generator");

        IEnumerable<object?> Results()
        {
            if (!Py.Truth(value)) yield break;
            var positional = ((PyTuple)a[0]!).Items;
            var from = hasAttribute ? 1 : 0;
            if (positional.Length < from) throw new JinjaError("Missing parameter for attribute name");
            var read = AttributePath.Reader(hasAttribute ? positional[0] : null, state);
            BuiltInFilter? test = null;
            var arguments = Arguments.None;
            if (positional.Length > from)
            {
                var name = Py.Str(positional[from], state);
                test = state.Engine.FindTest(name) ?? throw new JinjaError($"No test named {Py.Repr(name)}.");
                arguments = Rest(positional, from + 1, (PyDict)a[1]!);
            }
            foreach (var item in Py.Items(value, state))
            {
                var found = read(item);
                if (Py.Truth(test is null ? found : test(state, found, arguments)) == keeps) yield return item;
            }
        }
    }
}
