using System.Runtime.CompilerServices;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>The methods of texts. Those of markup escape their arguments and give markup.</summary>
static class TextMethods
{
    delegate object? Code(RenderState state, string text, object?[] arguments);

    static readonly Dictionary<string, (Signature Signature, Code Code)> Table = new (string Signature, Code Code)[]
    {
        ("upper()", (_, s, _) => Casing.Upper(s)),
        ("lower()", (_, s, _) => Casing.Lower(s)),
        ("casefold()", (_, s, _) => s.ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal)),
        ("capitalize()", (_, s, _) => Capitalize(s)),
        ("title()", (_, s, _) => Title(s)),
        ("swapcase()", (_, s, _) => string.Concat(s.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)))),
        ("strip(chars=None)", (_, s, a) => Strip(s, a[0], true, true)),
        ("lstrip(chars=None)", (_, s, a) => Strip(s, a[0], true, false)),
        ("rstrip(chars=None)", (_, s, a) => Strip(s, a[0], false, true)),
        ("split(sep=None, maxsplit=-1)", (state, s, a) => TextSplitting.Split(s, a[0], Int(a[1]), state)),
        ("rsplit(sep=None, maxsplit=-1)", (state, s, a) => TextSplitting.SplitFromEnd(s, a[0], Int(a[1]), state)),
        ("splitlines(keepends=False)", (state, s, a) => TextSplitting.Lines(s, Py.Truth(a[0]), state)),
        ("partition(sep)", (_, s, a) => TextSplitting.Partition(s, String(a[0]), s.IndexOf(String(a[0]), StringComparison.Ordinal), true)),
        ("rpartition(sep)", (_, s, a) =>
            TextSplitting.Partition(s, String(a[0]), s.LastIndexOf(String(a[0]), StringComparison.Ordinal), false)),
        ("replace(old, new, count=-1)", (state, s, a) => Replace(state, s, String(a[0]), String(a[1]), Int(a[2]))),
        ("startswith(prefix, start=0, end=None)", (_, s, a) =>
            Each(a[0], prefix => Part(s, a[1], a[2]).StartsWith(prefix, StringComparison.Ordinal))),
        ("endswith(suffix, start=0, end=None)", (_, s, a) =>
            Each(a[0], suffix => Part(s, a[1], a[2]).EndsWith(suffix, StringComparison.Ordinal))),
        ("removeprefix(prefix)", (_, s, a) => s.StartsWith(String(a[0]), StringComparison.Ordinal) ? s[String(a[0]).Length..] : s),
        ("removesuffix(suffix)", (_, s, a) =>
            String(a[0]) is { Length: > 0 } end && s.EndsWith(end, StringComparison.Ordinal) ? s[..^end.Length] : s),
        ("find(sub, start=0, end=None)", (_, s, a) => Find(s, a, last: false)),
        ("rfind(sub, start=0, end=None)", (_, s, a) => Find(s, a, last: true)),
        ("index(sub, start=0, end=None)", (_, s, a) => Found(Find(s, a, last: false))),
        ("rindex(sub, start=0, end=None)", (_, s, a) => Found(Find(s, a, last: true))),
        ("count(sub, start=0, end=None)", (_, s, a) => Num.Box(Count(Part(s, a[1], a[2]), String(a[0])))),
        ("join(items)", (state, s, a) => Join(state, s, a[0])),
        ("center(width, fillchar=' ')", (state, s, a) => Pad(state, s, a, -1)),
        ("ljust(width, fillchar=' ')", (state, s, a) => Pad(state, s, a, 1)),
        ("rjust(width, fillchar=' ')", (state, s, a) => Pad(state, s, a, 0)),
        ("zfill(width)", (state, s, a) => ZeroFill(state, s, Int(a[0]))),
        ("expandtabs(tabsize=8)", (state, s, a) => TextSplitting.ExpandTabs(s, Int(a[0]), state)),
        ("isalpha()", (_, s, _) => Are(s, Rune.IsLetter)),
        ("isalnum()", (_, s, _) => Are(s, Rune.IsLetterOrDigit)),
        ("isdigit()", (_, s, _) => Are(s, rune => Rune.IsDigit(rune) || rune.Value is '²' or '³' or '¹')),
        ("isdecimal()", (_, s, _) => Are(s, Rune.IsDigit)),
        ("isnumeric()", (_, s, _) => Are(s, Rune.IsNumber)),
        ("isspace()", (_, s, _) => s.Length > 0 && s.All(CodePoints.IsSpace)),
        ("isupper()", (_, s, _) => s.Any(char.IsUpper) && !s.Any(char.IsLower)),
        ("islower()", (_, s, _) => s.Any(char.IsLower) && !s.Any(char.IsUpper)),
        ("istitle()", (_, s, _) => s.Any(char.IsLetter) && Title(s) == s),
        ("isascii()", (_, s, _) => s.All(char.IsAscii)),
        ("isprintable()", (_, s, _) => s.EnumerateRunes().All(Py.IsPrintable)),
        ("isidentifier()", (_, s, _) => s.Length > 0 && !char.IsDigit(s[0]) && s.All(c => char.IsLetterOrDigit(c) || c == '_')),
    }.Select(method => (Signature: Signature.Of(method.Signature), method.Code)).ToDictionary(method => method.Signature.Name);

    static readonly Signature Formats = Signature.Of("format(*args, **kwargs)");
    static readonly Signature FormatsMap = Signature.Of("format_map(mapping)");

    internal static bool TryGet(object target, string name, out object? value)
    {
        value = name switch
        {
            "format" => new Method(Formats, target, (state, text, a) =>
                TextFormat.Format(text!, ((PyTuple)a[0]!).Items, (PyDict)a[1]!, state)),
            "format_map" => new Method(FormatsMap, target, (state, text, a) => TextFormat.Format(text!, [],
                Mapping.Of(a[0]) ?? throw new JinjaError("format_map() needs a dictionary"), state)),
            "unescape" when target is Markup => new Method(Signature.Of("unescape()"), target, (_, text, _) => ((Markup)text!).Unescape()),
            "striptags" when target is Markup =>
                new Method(Signature.Of("striptags()"), target, (_, text, _) => ((Markup)text!).StripTags()),
            _ => Table.TryGetValue(name, out var method) ? Of(method.Signature, method.Code, target) : null,
        };
        return value is not null;
    }

    static Method Of(Signature signature, Code code, object target) => new(signature, target, (state, text, arguments) =>
    {
        if (text is not Markup markup) return Made(state, code(state, (string)text!, arguments));
        for (var i = 0; i < arguments.Length; i++)
            if (arguments[i] is string plain) arguments[i] = signature.Name is "count" or "find" or "index" or "startswith" or "endswith"
                or "split" ? plain : Text.Escape(plain);
        var result = Made(state, code(state, markup.ToString(), signature.Name == "join" ? [Escaped(arguments[0], state)] : arguments));
        return result switch
        {
            string html => new Markup(html),
            PyList parts => new PyList(parts.Select(part => (object?)new Markup((string)part!))),
            PyTuple parts => new PyTuple([.. parts.Items.Select(part => (object?)new Markup((string)part!))]),
            _ => result,
        };
    });

    static object? Made(RenderState state, object? result)
    {
        if (result is string text) state.Made(text.Length);
        return result;
    }

    static PyList Escaped(object? items, RenderState state) => new(Py.Items(items, state).Select(item => (object?)Text.Html(item, state)));

    internal static string Capitalize(string text)
    {
        if (text.Length == 0) return text;
        var first = CodePoints.At(text, 0)!;
        return Casing.Title(first) + Casing.Lower(text[first.Length..]);
    }

    static string Title(string text)
    {
        var builder = new StringBuilder(text.Length);
        var isInside = false;
        foreach (var c in text)
        {
            builder.Append(isInside ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            isInside = char.IsLetter(c);
        }
        return builder.ToString();
    }

    internal static string Strip(string text, object? chars, bool start, bool end)
    {
        if (chars is null) return start && end ? CodePoints.Trim(text) : start ? CodePoints.TrimStart(text) : CodePoints.TrimEnd(text);
        var set = String(chars);
        var (first, last) = (0, text.Length);
        while (start && first < last && set.Contains(text[first], StringComparison.Ordinal)) first++;
        while (end && last > first && set.Contains(text[last - 1], StringComparison.Ordinal)) last--;
        return text[first..last];
    }

    internal static string Replace(RenderState state, string text, string old, string with, long count)
    {
        if (count == 0) return text;
        long found = Count(text, old);
        if (count > 0) found = Math.Min(found, count);
        state.Made(text.Length + found * Math.Max(0, with.Length - old.Length));
        if (count < 0 && old.Length > 0) return text.Replace(old, with, StringComparison.Ordinal);
        var builder = new StringBuilder();
        var at = 0;
        for (long i = 0; i < found; i++)
        {
            if (old.Length == 0)
            {
                builder.Append(with);
                if (at < text.Length) builder.Append(text[at++]);
                continue;
            }
            var next = text.IndexOf(old, at, StringComparison.Ordinal);
            builder.Append(text, at, next - at).Append(with);
            at = next + old.Length;
        }
        return builder.Append(text, at, text.Length - at).ToString();
    }

    static int Count(string text, string part)
    {
        if (part.Length == 0) return CodePoints.Count(text) + 1;
        return text.AsSpan().Count(part);
    }

    static object Find(string text, object?[] a, bool last)
    {
        var part = String(a[0]);
        var inside = Part(text, a[1], a[2]);
        var at = last ? inside.LastIndexOf(part, StringComparison.Ordinal) : inside.IndexOf(part, StringComparison.Ordinal);
        if (at < 0) return Num.Box(-1L);
        var start = Num.TryLong(a[1], out var from) ? from < 0 ? Math.Max(0, from + CodePoints.Count(text)) : from : 0;
        return Num.Box(CodePoints.Count(inside[..at]) + start);
    }

    static object Found(object at) => at is -1 ? throw new JinjaError("substring not found") : at;

    static string Part(string text, object? start, object? end)
    {
        if (start is 0 && end is null) return text;
        var length = CodePoints.Count(text);
        return CodePoints.Slice(text, Clamp(start, 0), Clamp(end, length), 1);

        long Clamp(object? bound, long absent) => bound is null ? absent
            : Num.TryLong(bound, out var at) ? Math.Clamp(at < 0 ? at + length : at, 0, length)
            : throw new JinjaError("slice indices must be integers or None or have an __index__ method");
    }

    static bool Each(object? prefixes, Func<string, bool> test) =>
        prefixes is PyTuple tuple ? tuple.Items.Any(item => test(String(item)))
            : prefixes is ITuple foreign ? Enumerable.Range(0, foreign.Length).Any(i => test(String(foreign[i]))) : test(String(prefixes));

    static string Join(RenderState state, string between, object? items)
    {
        var builder = new StringBuilder();
        var count = 0;
        foreach (var item in Py.Items(items, state))
        {
            if (count++ > 0) builder.Append(between);
            builder.Append(Py.AsText(item)
                ?? throw new JinjaError($"sequence item {count - 1}: expected str instance, {Py.TypeName(item)} found"));
            state.Grown(builder.Length);
        }
        return builder.ToString();
    }

    static string Pad(RenderState state, string text, object?[] a, int side)
    {
        var width = Int(a[0]);
        var fill = String(a[1]);
        if (CodePoints.Count(fill) != 1) throw new JinjaError("The fill character must be exactly one character long");
        var more = width - CodePoints.Count(text);
        if (more <= 0) return text;
        state.Made(text.Length + more);
        // Python puts the odd character of "center" on the left when the width is odd.
        var left = side == 1 ? 0 : side == 0 ? more : more / 2 + (more & width & 1);
        return Repeat(fill, left) + text + Repeat(fill, more - left);
    }

    internal static string Repeat(string text, long count) => new StringBuilder().Insert(0, text, (int)count).ToString();

    static string ZeroFill(RenderState state, string text, long width)
    {
        var more = width - CodePoints.Count(text);
        if (more <= 0) return text;
        state.Made(text.Length + more);
        var signs = text is ['+' or '-', ..] ? 1 : 0;
        return $"{text[..signs]}{new string('0', (int)more)}{text[signs..]}";
    }

    static bool Are(string text, Func<Rune, bool> test) => text.Length > 0 && text.EnumerateRunes().All(test);

    internal static long Int(object? value) => Num.TryLong(value, out var number) ? number
        : value is Undefined undefined ? throw undefined.Fail()
        : Num.IsInt(value) ? Num.ToBig(value!).Sign * (long)int.MaxValue
        : throw new JinjaError($"'{Py.TypeName(value)}' object cannot be interpreted as an integer");

    internal static string String(object? value) => Py.AsText(value)
        ?? throw (value is Undefined undefined ? undefined.Fail() : new JinjaError($"must be str, not {Py.TypeName(value)}"));
}
