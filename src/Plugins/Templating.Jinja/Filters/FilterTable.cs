using System.Collections.Frozen;

namespace Modular.Templating.Jinja;

/// <summary>A filter or a test with unbound arguments.</summary>
delegate object? BuiltInFilter(RenderState state, object? value, Arguments arguments);

/// <summary>The filters of an application: Jinja's and its own.</summary>
static class FilterTable
{
    static readonly FrozenSet<string> OfContract = FrozenSet.Create("safe", "e", "escape", "forceescape", "striptags", "tojson");

    static readonly FrozenDictionary<string, BuiltInFilter> BuiltIn = Bound(
        [.. TextFilters.All, .. HtmlFilters.All, .. NumberFilters.All, .. ListFilters.All, .. SelectFilters.All,
            .. OtherFilters.All]).ToFrozenDictionary();

    internal static IEnumerable<KeyValuePair<string, BuiltInFilter>> Bound(IEnumerable<(string Signature, BuiltIn Code)> filters)
    {
        foreach (var (text, code) in filters)
        {
            var names = text[..text.IndexOf('(', StringComparison.Ordinal)].Split('/');
            var signature = Signature.Of(names[0] + text[text.IndexOf('(', StringComparison.Ordinal)..]);
            foreach (var name in names)
                yield return new(name, (state, value, arguments) => code(state, value, signature.Bind(arguments)));
        }
    }

    internal static FrozenDictionary<string, BuiltInFilter> Of(TemplateLibrary library)
    {
        Dictionary<string, BuiltInFilter> all = new(BuiltIn);
        foreach (var (name, filter) in library.Filters)
        {
            if (OfContract.Contains(name)) continue;
            all[name] = (state, value, arguments) =>
            {
                var result = Py.Plain(filter(ForApplication.Value(value, state), arguments.ForApplication(state)));
                if (result is string text) state.Made(text.Length);
                return result;
            };
        }
        return all.ToFrozenDictionary();
    }

    /// <summary>True for a filter of the application or of a plugin.</summary>
    internal static bool IsOwn(TemplateLibrary library, string name) => library.Filters.ContainsKey(name) && !OfContract.Contains(name);
}

/// <summary>Values for functions and filters of the application, which are written in C#.</summary>
static class ForApplication
{
    internal static object? Value(object? value, RenderState state) => value switch
    {
        Undefined undefined => undefined.Kind == JinjaUndefined.Strict ? throw undefined.Fail() : null,
        PyTuple tuple => tuple.Items.Select(item => Value(item, state)).ToArray(),
        PyDict dict => dict.Pairs.ToDictionary(pair => Py.Str(pair.Key, state), pair => Value(pair.Value, state)),
        PyRange or PyGenerator or PyView => Py.List(value, state).Select(item => Value(item, state)).ToList(),
        _ => value,
    };
}
