using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Modular.Templating.Jinja;

/// <summary>JSON as Python writes it, with sorted keys, safe in a page.</summary>
static class PyJson
{
    internal static string Html(object? value, object? indent, RenderState state)
    {
        var width = indent is null ? null : Py.AsText(indent) ?? new string(' ', (int)Math.Clamp(TextMethods.Int(indent), 0, 100));
        var builder = new StringBuilder();
        Write(builder, value, width, 0, state);
        return builder.ToString();
    }

    static void Write(StringBuilder builder, object? value, string? indent, int depth, RenderState state)
    {
        Py.CheckStack();
        state.Grown(builder.Length);
        switch (value)
        {
            case null: builder.Append("null"); return;
            case bool flag: builder.Append(flag ? "true" : "false"); return;
            case string or Markup or char: WriteText(builder, Py.AsText(value)!); return;
            case Undefined: throw NotJson(value);
            case JsonElement { ValueKind: not JsonValueKind.Object } json:
                Write(builder, TemplateData.Plain(json), indent, depth, state);
                return;
            case decimal exact: builder.Append(exact.ToString(CultureInfo.InvariantCulture)); return;
            case PyRange or PyGenerator or PyView or IAttributes or ICallable: throw NotJson(value);
        }
        if (Num.IsFloat(value))
        {
            var number = Num.ToDouble(value);
            builder.Append(double.IsFinite(number) ? Num.FloatText(number) : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity"
                : "-Infinity");
        }
        else if (Num.IsNumber(value)) builder.Append(Num.IntText(value));
        else if (Mapping.Of(value) is { } mapping) WriteDict(builder, mapping, indent, depth, state);
        else if (Py.IsIterable(value) && !TemplateData.IsRuntime(value) && !TemplateData.HasOwnMembers(value.GetType()))
            WriteList(builder, value, indent, depth, state);
        else WriteObject(builder, value, indent, depth, state);
    }

    // The application's JSON options know its types.
    static void WriteObject(StringBuilder builder, object value, string? indent, int depth, RenderState state)
    {
        var json = state.Engine.Library.Filters["tojson"](value, state.Render.NoArguments)!.ToString()!;
        using var document = JsonDocument.Parse(json);
        Write(builder, document.RootElement, indent, depth, state);
    }

    static void WriteDict(StringBuilder builder, Mapping mapping, string? indent, int depth, RenderState state)
    {
        List<KeyValuePair<object?, object?>> pairs = [.. Sorting.Sort(mapping.Pairs, pair => pair.Key, isReversed: false)];
        builder.Append('{');
        var isNext = false;
        foreach (var (key, value) in pairs)
        {
            state.Render.Step();
            Separate(builder, isNext, indent, depth + 1);
            isNext = true;
            WriteText(builder, key switch
            {
                string or Markup => Py.AsText(key)!,
                null => "null",
                bool flag => flag ? "true" : "false",
                _ when Num.IsNumber(key) => Py.Str(key),
                _ => throw new JinjaError($"keys must be str, int, float, bool or None, not {Py.TypeName(key)}"),
            });
            builder.Append(": ");
            Write(builder, Py.Plain(value), indent, depth + 1, state);
        }
        Close(builder, isNext, indent, depth).Append('}');
    }

    static void WriteList(StringBuilder builder, object value, string? indent, int depth, RenderState state)
    {
        builder.Append('[');
        var isNext = false;
        foreach (var item in Py.Items(value, state))
        {
            Separate(builder, isNext, indent, depth + 1);
            isNext = true;
            Write(builder, item, indent, depth + 1, state);
        }
        Close(builder, isNext, indent, depth).Append(']');
    }

    static void Separate(StringBuilder builder, bool isNext, string? indent, int depth)
    {
        if (isNext) builder.Append(indent is null ? ", " : ",");
        if (indent is not null) NewLine(builder, indent, depth);
    }

    static StringBuilder Close(StringBuilder builder, bool isNext, string? indent, int depth)
    {
        if (isNext && indent is not null) NewLine(builder, indent, depth);
        return builder;
    }

    static void NewLine(StringBuilder builder, string indent, int depth)
    {
        builder.Append('\n');
        for (var i = 0; i < depth; i++) builder.Append(indent);
    }

    static void WriteText(StringBuilder builder, string text)
    {
        builder.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': builder.Append("\\\""); break;
                case '\\': builder.Append("\\\\"); break;
                case '\n': builder.Append("\\n"); break;
                case '\r': builder.Append("\\r"); break;
                case '\t': builder.Append("\\t"); break;
                case '\b': builder.Append("\\b"); break;
                case '\f': builder.Append("\\f"); break;
                case '<' or '>' or '&' or '\'' or < ' ' or > '~':
                    builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default: builder.Append(c); break;
            }
        }
        builder.Append('"');
    }

    static JinjaError NotJson(object value) => new($"Object of type {Py.TypeName(value)} is not JSON serializable");
}
