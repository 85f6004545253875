using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>The filters that concern HTML and URLs.</summary>
static class HtmlFilters
{
    internal static (string Signature, BuiltIn Code)[] All { get; } =
    [
        ("e/escape()", (state, value, _) => value is Markup ? value : new Markup(state.Make(Text.Html(value, state)))),
        ("forceescape()", (state, value, _) => new Markup(state.Make(Text.Escape(Py.Str(value, state))))),
        ("safe()", (state, value, _) => value is Markup ? value : new Markup(Py.Str(value, state))),
        ("striptags()", (state, value, _) => new Markup(Py.Str(value, state)).StripTags()),
        ("urlencode()", (state, value, _) => state.Make(UrlEncode(value, state))),
        ("urlize(trim_url_limit=None, nofollow=False, target=None, rel=None, extra_schemes=None)", (state, value, a) =>
        {
            HashSet<string> rel = [.. CodePoints.Words(a[3] is null ? "" : Py.Str(a[3], state)), "noopener"];
            if (Py.Truth(a[1])) rel.Add("nofollow");
            string[] schemes = a[4] is null ? [] : [.. Py.Items(a[4], state).Select(scheme => Py.Str(scheme, state))];
            var html = Links.Urlize(Text.Html(value, state), a[0] is null ? null : TextMethods.Int(a[0]),
                string.Join(' ', rel.Order(StringComparer.Ordinal)),
                a[2] is null ? null : Py.Str(a[2], state), schemes, state);
            return state.Result(state.Make(html));
        }),
        ("xmlattr(autospace=True)", (state, value, a) => XmlAttributes(state, value, Py.Truth(a[0]))),
        ("tojson(indent=None)", (state, value, a) => new Markup(state.Make(PyJson.Html(value, a[0], state)))),
    ];

    static string UrlEncode(object? value, RenderState state)
    {
        if (value is string or Markup || !Py.IsIterable(value)) return Quote(Py.Str(value, state), isQuery: false);
        IEnumerable<(object?, object?)> pairs = Mapping.Of(value) is { } mapping
            ? mapping.Pairs.Select(pair => (pair.Key, Py.Plain(pair.Value)))
            : Py.Items(value, state).Select(item => Py.Items(item, state).ToList() is [var key, var part] ? (key, part)
                : throw new JinjaError("urlencode needs pairs of a name and a value"));
        return string.Join('&', pairs.Select(pair => $"{Quote(Py.Str(pair.Item1, state), true)}={Quote(Py.Str(pair.Item2, state), true)}"));
    }

    internal static string Quote(string text, bool isQuery)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || c == '/' && !isQuery) builder.Append(c);
            else if (c == ' ' && isQuery) builder.Append('+');
            else builder.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return builder.ToString();
    }

    static object XmlAttributes(RenderState state, object? value, bool autospace)
    {
        if (value is Undefined undefined) throw undefined.Fail();
        if (Mapping.Of(value) is not { } mapping) throw new JinjaError($"'{Py.TypeName(value)}' object has no attribute 'items'");
        List<string> items = [];
        foreach (var (key, item) in mapping.Pairs)
        {
            if (item is null or Undefined) continue;
            var name = Py.AsText(key) ?? throw new JinjaError($"expected string or bytes-like object, got '{Py.TypeName(key)}'");
            if (name.AsSpan().ContainsAny('/', '>', '=') || name.Any(CodePoints.IsSpace))
                throw new JinjaError($"Invalid character in attribute name: {Py.Repr(name)}");
            items.Add($"{Text.Html(key, state)}=\"{Text.Html(Py.Plain(item), state)}\"");
        }
        var text = state.Make(string.Join(' ', items));
        return state.Result(autospace && text.Length > 0 ? $" {text}" : text);
    }
}
