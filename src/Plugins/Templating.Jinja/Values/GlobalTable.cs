using System.Text;
using Microsoft.Extensions.Localization;

namespace Modular.Templating.Jinja;

/// <summary>The names that Jinja has itself.</summary>
static class GlobalTable
{
    static readonly string[] Words =
    [
        .. ("lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore " +
            "magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo " +
            "consequat duis aute irure in reprehenderit voluptate velit esse cillum fugiat nulla pariatur excepteur sint " +
            "occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum").Split(' '),
    ];

    internal static Dictionary<string, object?> Of(JinjaOptions options)
    {
        Dictionary<string, object?> globals = new()
        {
            ["range"] = new Method("range(*args)", (_, _, a) => Range(((PyTuple)a[0]!).Items)),
            ["dict"] = new Method("dict(*args, **kwargs)", (state, _, a) =>
            {
                PyDict dict = new();
                DictMethods.Update(dict, (PyTuple)a[0]!, (PyDict)a[1]!, state);
                return dict;
            }),
            ["namespace"] = new Method("namespace(*args, **kwargs)", (state, _, a) =>
            {
                PyDict values = new();
                DictMethods.Update(values, (PyTuple)a[0]!, (PyDict)a[1]!, state);
                return new Namespace(values);
            }),
            ["cycler"] = new Method("cycler(*items)", (_, _, a) => ((PyTuple)a[0]!).Items is { Length: > 0 } items ? new Cycler(items)
                : throw new JinjaError("at least one item has to be provided")),
            ["joiner"] = new Method("joiner(sep=', ')", (_, _, a) => new Joiner(a[0])),
            ["lipsum"] = new Method("lipsum(n=5, html=True, min=20, max=100)", (state, _, a) =>
                Lipsum(state, TextMethods.Int(a[0]), Py.Truth(a[1]), TextMethods.Int(a[2]), TextMethods.Int(a[3]))),
        };
        if (options.Has("i18n")) AddTranslations(globals, options.Localizer);
        return globals;
    }

    static PyRange Range(object?[] arguments)
    {
        long[] numbers = [.. arguments.Select(TextMethods.Int)];
        return numbers switch
        {
            [var stop] => new(0, stop, 1),
            [var start, var stop] => new(start, stop, 1),
            [_, _, 0] => throw new JinjaError("range() arg 3 must not be zero"),
            [var start, var stop, var step] => new(start, stop, step),
            _ => throw new JinjaError($"range expected 1 to 3 arguments, got {numbers.Length}"),
        };
    }

    static void AddTranslations(Dictionary<string, object?> globals, Func<RequestContext, IStringLocalizer>? localizer)
    {
        Func<string, string> translate = localizer is null ? text => text : text => localizer(Current.Context)[text];
        globals["gettext"] = globals["_"] = new Method("gettext(message, **variables)", (state, _, a) =>
            Translated(state, translate(Py.Str(a[0], state)), a[1]));
        globals["ngettext"] = new Method("ngettext(singular, plural, n, **variables)", (state, _, a) =>
            Translated(state, translate(Py.Str(Py.AreEqual(a[2], 1) ? a[0] : a[1], state)), a[3]));
        globals["pgettext"] = new Method("pgettext(context, message, **variables)", (state, _, a) =>
            Translated(state, translate(Py.Str(a[1], state)), a[2]));
        globals["npgettext"] = new Method("npgettext(context, singular, plural, n, **variables)", (state, _, a) =>
            Translated(state, translate(Py.Str(Py.AreEqual(a[3], 1) ? a[1] : a[2], state)), a[4]));
    }

    static object Translated(RenderState state, string text, object? variables) => variables is PyDict { Count: > 0 } values
        ? PercentFormat.Format(state.Result(text), values, state) : text;

    static object Lipsum(RenderState state, long count, bool isHtml, long least, long most)
    {
        if (most <= least) throw new JinjaError("lipsum() needs a max that is larger than its min");
        state.Made(Math.Max(0, count) * Math.Max(1, least) * 4);
        List<string> paragraphs = [];
        for (long i = 0; i < count; i++) paragraphs.Add(Paragraph(state, Random.Shared.NextInt64(least, most)));
        return isHtml ? new Markup(string.Join('\n', paragraphs.Select(text => $"<p>{text}</p>"))) : string.Join("\n\n", paragraphs);
    }

    static string Paragraph(RenderState state, long words)
    {
        var builder = new StringBuilder();
        var isStart = true;
        for (long i = 0; i < words; i++)
        {
            state.Render.Step();
            var word = Words[Random.Shared.Next(Words.Length)];
            builder.Append(i == 0 ? "" : " ").Append(isStart ? char.ToUpperInvariant(word[0]) + word[1..] : word);
            isStart = i > 0 && i < words - 1 && Random.Shared.Next(12) == 0;
            if (isStart) builder.Append('.');
            else if (i < words - 1 && Random.Shared.Next(6) == 0) builder.Append(',');
            state.Grown(builder.Length);
        }
        return builder.Append('.').ToString();
    }
}
