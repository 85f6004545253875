using System.Globalization;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>The filters that change texts.</summary>
static class TextFilters
{
    const string WordStarts = "-({[<";

    internal static (string Signature, BuiltIn Code)[] All { get; } =
    [
        ("capitalize()", (state, value, _) => Same(value, state, TextMethods.Capitalize)),
        ("upper()", (state, value, _) => Same(value, state, Casing.Upper)),
        ("lower()", (state, value, _) => Same(value, state, Casing.Lower)),
        ("title()", (state, value, _) => state.Make(Title(Py.Str(value, state)))),
        ("trim(chars=None)", (state, value, a) => Method(Soft(value, state), "strip", state, a[0])),
        ("center(width=80)", (state, value, a) => Method(Soft(value, state), "center", state, a[0])),
        ("string()", (state, value, _) => Soft(value, state)),
        ("replace(old, new, count=None)", (state, value, a) =>
            Replace(state, value, a[0], a[1], a[2] is null ? -1 : TextMethods.Int(a[2]))),
        ("format(*args, **kwargs)", (state, value, a) => Format(state, value, (PyTuple)a[0]!, (PyDict)a[1]!)),
        ("indent(width=4, first=False, blank=False)", (state, value, a) =>
            Indent(state, NeedText(value, "indent"), a[0], Py.Truth(a[1]), Py.Truth(a[2]))),
        ("truncate(length=255, killwords=False, end='...', leeway=None)", (state, value, a) =>
            Truncate(state, value, TextMethods.Int(a[0]), Py.Truth(a[1]), a[2], a[3] is null ? 5 : TextMethods.Int(a[3]))),
        ("wordcount()", (state, value, _) => Num.Box(WordCount(Py.Str(value, state)))),
        ("wordwrap(width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True)", (state, value, a) =>
            WordWrap.Of(Py.AsText(NeedText(value, "wordwrap"))!, TextMethods.Int(a[0]), Py.Truth(a[1]),
                a[2] is null ? state.Engine.Options.NewlineSequence : Py.Str(a[2], state), Py.Truth(a[3]), state)),
    ];

    /// <summary>The text of a value. Markup stays markup.</summary>
    internal static object Soft(object? value, RenderState state) => value is Markup ? value : Py.Str(value, state);

    static object Same(object? value, RenderState state, Func<string, string> change)
    {
        var text = state.Make(change(Py.Str(value, state)));
        return value is Markup ? new Markup(text) : text;
    }

    internal static object? Method(object text, string name, RenderState state, params object?[] arguments) =>
        TextMethods.TryGet(text, name, out var method) ? ((Method)method!).Call(state, Arguments.Of(arguments)) : null;

    static string Title(string text)
    {
        var builder = new StringBuilder(text.Length);
        var isStart = true;
        foreach (var rune in text.EnumerateRunes())
        {
            var separates = rune.IsBmp
                && (CodePoints.IsSpace((char)rune.Value) || WordStarts.Contains((char)rune.Value, StringComparison.Ordinal));
            var letter = rune.ToString();
            builder.Append(separates ? letter : isStart ? Casing.Upper(letter) : Casing.Lower(letter));
            isStart = separates;
        }
        return builder.ToString();
    }

    static object NeedText(object? value, string filter) => value is string or Markup ? value
        : throw (value is Undefined undefined ? undefined.Fail() : new JinjaError($"{filter} needs a text but got '{Py.TypeName(value)}'"));

    static object? Replace(RenderState state, object? value, object? old, object? with, long count)
    {
        if (!state.Autoescape)
            return TextMethods.Replace(state, Py.Str(value, state), Py.Str(old, state), Py.Str(with, state), count);
        var text = old is Markup || with is Markup ? new Markup(Text.Html(value, state)) : Soft(value, state);
        return Method(text, "replace", state, Soft(old, state), Soft(with, state), Num.Box(count));
    }

    static object Format(RenderState state, object? value, PyTuple positional, PyDict named)
    {
        if (positional.Count > 0 && named.Count > 0) throw new JinjaError("can't handle positional and keyword arguments at the same time");
        return PercentFormat.Format(Soft(value, state), named.Count > 0 ? named : positional, state);
    }

    static object Indent(RenderState state, object value, object? width, bool first, bool blank)
    {
        var isHtml = value is Markup;
        var with = Py.AsText(width) is { } given ? isHtml && width is not Markup ? Text.Escape(given) : given
            : Spaces(state, TextMethods.Int(width));
        var lines = TextSplitting.Lines(Py.AsText(value) + "\n").ToList();
        state.Made(Py.AsText(value)!.Length + (long)with.Length * lines.Count);
        var builder = new StringBuilder(first ? with : "");
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0) builder.Append('\n').Append(blank || lines[i].Line.Length > 0 ? with : "");
            builder.Append(lines[i].Line);
        }
        return isHtml ? new Markup(builder.ToString()) : builder.ToString();
    }

    static string Spaces(RenderState state, long count)
    {
        state.Made(count);
        return new string(' ', (int)Math.Max(0, count));
    }

    static object? Truncate(RenderState state, object? value, long length, bool kill, object? end, long leeway)
    {
        var tail = Py.Str(end, state);
        var tailLength = CodePoints.Count(tail);
        if (length < tailLength) throw new JinjaError(string.Create(CultureInfo.InvariantCulture,
            $"expected length >= {tailLength}, got {length}"));
        if (leeway < 0) throw new JinjaError(string.Create(CultureInfo.InvariantCulture, $"expected leeway >= 0, got {leeway}"));
        if (Py.Length(value, state) <= length + leeway) return value;
        var text = NeedText(value, "truncate");
        var plain = Py.AsText(text)!;
        var kept = CodePoints.Take(plain, length - tailLength);
        if (!kill && kept.LastIndexOf(' ') is >= 0 and var space) kept = kept[..space];
        return text is Markup ? new Markup(kept + (end is Markup ? tail : Text.Escape(tail))) : kept + tail;
    }

    static long WordCount(string text)
    {
        long count = 0;
        var isInside = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = Rune.IsLetterOrDigit(rune) || rune.Value == '_' || Rune.IsNumber(rune);
            if (isWord && !isInside) count++;
            isInside = isWord;
        }
        return count;
    }
}
