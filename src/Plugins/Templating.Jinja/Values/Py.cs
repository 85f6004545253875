using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Html;

namespace Modular.Templating.Jinja;

/// <summary>Values as Python writes, names and judges them.</summary>
static partial class Py
{
    const int MaxDepth = 100;

    /// <summary>The text of a value, as Python's <c>str</c>.</summary>
    internal static string Str(object? value, RenderState? state = null)
    {
        switch (value)
        {
            case string text: return text;
            case null: return "None";
            case bool flag: return flag ? "True" : "False";
            case Markup markup: return markup.ToString();
            case Undefined undefined: return undefined.Text();
            case char c: return c.ToString();
            case decimal exact: return exact.ToString(CultureInfo.InvariantCulture);
            case IHtmlContent content: return Markup.Escape(content).ToString();
            case Module module: return module.Text;
            case Delegate or IAttributes or ICallable: return Simple(value);
            case JsonElement { ValueKind: not JsonValueKind.Object and not JsonValueKind.Array } json:
                return Str(TemplateData.Plain(json), state);
        }
        if (Num.IsFloat(value)) return Num.FloatText(Num.ToDouble(value));
        if (Num.IsNumber(value)) return Num.IntText(value);
        if (Dates.Text(value) is { } date) return date;
        if (!IsContainer(value)) return TemplateData.Text(value);
        var builder = new StringBuilder();
        Append(builder, value, state, new(state));
        return builder.ToString();
    }

    /// <summary>The value as a literal, as Python's <c>repr</c>.</summary>
    internal static string Repr(object? value, RenderState? state = null)
    {
        var builder = new StringBuilder();
        Append(builder, value, state, new(state));
        return builder.ToString();
    }

    static string Simple(object value) => value is Delegate ? throw NotData(value) : value.ToString()!;

    static ModularException NotData(object value)
    {
        TemplateData.Text(value);
        return new($"A template wrote a {value.GetType().Name}, which isn't data.");
    }

    static bool IsContainer(object value) =>
        value is PyTuple or PyRange or ITuple or IList or Mapping or JsonElement
            || value is IEnumerable && (value is MultiDict or RequestItems || !TemplateData.HasOwnMembers(value.GetType()))
                && !TemplateData.IsRuntime(value);

    /// <summary>The containers around the value that is being written, which it may contain again.</summary>
    sealed class Around(RenderState? state)
    {
        const int CharactersPerLook = 4096;

        int _looked;

        internal List<object> Outer { get; } = [];

        internal void Item(StringBuilder builder)
        {
            if (state is null) return;
            state.Render.Step();
            if (builder.Length - _looked < CharactersPerLook) return;
            _looked = builder.Length;
            state.Render.CheckRoom(_looked);
        }
    }

    static void Append(StringBuilder builder, object? value, RenderState? state, Around around)
    {
        switch (value)
        {
            case string text: AppendQuoted(builder, text); return;
            case char c: AppendQuoted(builder, c.ToString()); return;
            case Markup markup:
                builder.Append("Markup(");
                AppendQuoted(builder, markup.ToString());
                builder.Append(')');
                return;
            case Undefined: builder.Append("Undefined"); return;
            case decimal exact: builder.Append(CultureInfo.InvariantCulture, $"Decimal('{exact}')"); return;
            case PyRange range:
                builder.Append(CultureInfo.InvariantCulture, $"range({range.Start}, {range.Stop}");
                if (range.Step != 1) builder.Append(CultureInfo.InvariantCulture, $", {range.Step}");
                builder.Append(')');
                return;
            case PyGenerator generator: builder.Append(CultureInfo.InvariantCulture, $"<{generator.Name} object>"); return;
            case Module module: builder.Append(module); return;
        }
        if (value is null || !IsContainer(value) || value is IAttributes)
        {
            builder.Append(Dates.Repr(value) ?? Str(value, state));
            return;
        }
        if (around.Outer.Exists(outer => ReferenceEquals(outer, value)))
        {
            builder.Append(Mapping.Is(value) ? "{...}" : value is PyTuple ? "(...)" : "[...]");
            return;
        }
        if (around.Outer.Count >= MaxDepth) throw JinjaError.Limit($"A list is nested deeper than {MaxDepth} levels.");
        around.Outer.Add(value);
        AppendItems(builder, value, state, around);
        around.Outer.RemoveAt(around.Outer.Count - 1);
    }

    static void AppendItems(StringBuilder builder, object value, RenderState? state, Around around)
    {
        if (value is JsonElement { ValueKind: JsonValueKind.Array } json)
        {
            Append(builder, TemplateData.Plain(json), state, around);
            return;
        }
        if (value is PyView view) builder.Append("dict_").Append(view.Name).Append('(');
        if (Mapping.Of(value) is { } mapping)
        {
            builder.Append('{');
            var isNext = false;
            foreach (var (key, item) in mapping.Pairs)
            {
                if (isNext) builder.Append(", ");
                isNext = true;
                around.Item(builder);
                Append(builder, key, state, around);
                builder.Append(": ");
                Append(builder, item, state, around);
            }
            builder.Append('}');
            return;
        }
        var isTuple = value is PyTuple or ITuple;
        builder.Append(isTuple ? '(' : '[');
        var count = 0;
        using var items = Raw(value);
        while (items.MoveNext())
        {
            if (count++ > 0) builder.Append(", ");
            around.Item(builder);
            Append(builder, items.Current, state, around);
        }
        builder.Append(isTuple ? count == 1 ? ",)" : ")" : "]");
        if (value is PyView) builder.Append(')');
    }

    static void AppendQuoted(StringBuilder builder, string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        builder.Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n': builder.Append("\\n"); break;
                case '\r': builder.Append("\\r"); break;
                case '\t': builder.Append("\\t"); break;
                case '\\': builder.Append("\\\\"); break;
                case var code when code == quote: builder.Append('\\').Append(quote); break;
                case >= ' ' and < 127: builder.Append((char)rune.Value); break;
                case var code when IsPrintable(rune): builder.Append(rune.ToString()); break;
                case < 256: builder.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"); break;
                case < 65_536: builder.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"); break;
                default: builder.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"); break;
            }
        }
        builder.Append(quote);
    }

    /// <summary>A literal whose characters outside of ASCII are escape sequences, as Python's <c>ascii</c>.</summary>
    internal static string Ascii(string literal) => string.Concat(literal.EnumerateRunes().Select(rune => rune.Value switch
    {
        < 128 => rune.ToString(),
        < 256 => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
        < 65_536 => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
    }));

    internal static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    /// <summary>True for a value that counts as true in a condition.</summary>
    internal static bool Truth(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        int number => number != 0,
        Undefined undefined => undefined.IsTrue,
        Markup markup => markup.ToString().Length > 0,
        PyGenerator => true,
        PyTuple tuple => tuple.Count > 0,
        PyRange range => range.Count > 0,
        PyView view => view.Count > 0,
        Mapping mapping => mapping.Count > 0,
        ICollection items => items.Count > 0,
        Joiner or IAttributes or ICallable or Delegate => true,
        JsonElement json => json.ValueKind == JsonValueKind.Object || Truth(TemplateData.Plain(json)),
        char => true,
        _ when Num.IsFloat(value) => Num.ToDouble(value) != 0,
        _ when Num.IsNumber(value) => !Num.ToBig(value).IsZero,
        TimeSpan span => span != TimeSpan.Zero,
        _ when Mapping.Of(value) is { } mapping => mapping.Count > 0,
        IEnumerable items when !TemplateData.HasOwnMembers(value.GetType()) => Any(items),
        _ => true,
    };

    static bool Any(IEnumerable items)
    {
        foreach (var _ in items) return true;
        return false;
    }

    /// <summary>The name of the value's type in Python.</summary>
    internal static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        string or char => "str",
        bool => "bool",
        Markup => "markupsafe.Markup",
        decimal => "decimal.Decimal",
        Undefined undefined => undefined.Kind == JinjaUndefined.Default ? "Undefined" : $"{undefined.Kind}Undefined",
        PyTuple or ITuple => "tuple",
        PyRange => "range",
        PyGenerator => "generator",
        PyView view => $"dict_{view.Name}",
        LoopObject => "jinja2.runtime.LoopContext",
        Macro => "jinja2.runtime.Macro",
        BlockReference => "jinja2.runtime.BlockReference",
        BlockNames => "jinja2.runtime.TemplateReference",
        Namespace or Cycler or Joiner => $"jinja2.utils.{value.GetType().Name}",
        Module => "jinja2.environment.TemplateModule",
        Method => "builtin_function_or_method",
        _ when Num.IsFloat(value) => "float",
        _ when Num.IsNumber(value) => "int",
        DateTime or DateTimeOffset => "datetime.datetime",
        DateOnly => "datetime.date",
        _ when Mapping.Is(value) => "dict",
        IList or JsonElement => "list",
        _ => value.GetType().Name,
    };
}
