using System.Globalization;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Python's <c>"%s and %05d" % values</c>.</summary>
static class PercentFormat
{
    internal static object Format(object format, object? values, RenderState state)
    {
        var isHtml = format is Markup;
        var text = Py.AsText(format)!;
        var items = values is PyTuple tuple ? tuple.Items : values is System.Runtime.CompilerServices.ITuple
            ? [.. Py.Items(values, state)] : [values];
        var mapping = values is null or string or Markup ? null : Mapping.Of(values);
        var (builder, next) = (new StringBuilder(), 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                builder.Append(text[i]);
                continue;
            }
            var spec = Read(text, ref i);
            if (spec.Kind == '%')
            {
                builder.Append('%');
                continue;
            }
            var width = spec.Width == -2 ? (int)TextMethods.Int(Next()) : spec.Width;
            if (spec.Width == -2 && width < 0) spec = spec with { Flags = spec.Flags + "-" };
            var precision = spec.Precision == -2 ? (int)TextMethods.Int(Next()) : spec.Precision;
            var value = spec.Key is null ? Next()
                : mapping is null ? throw new JinjaError("format requires a mapping")
                : mapping.TryGet(spec.Key, out var named) ? Py.Plain(named)
                : throw new JinjaError($"KeyError: {Py.Repr(spec.Key)}");
            state.Grown(builder.Length + Math.Max(Math.Abs((long)width), precision));
            builder.Append(One(spec, value, Math.Abs(width), precision, isHtml, state));
        }
        if (mapping is null && next < items.Length
            && !(items.Length == 1 && next == 0 && values is System.Collections.IList or PyRange or Undefined or PyTuple { Count: 0 }))
            throw new JinjaError("not all arguments converted during string formatting");
        return isHtml ? new Markup(state.Make(builder.ToString())) : state.Make(builder.ToString());

        object? Next() => next < items.Length ? items[next++] : throw new JinjaError("not enough arguments for format string");
    }

    readonly record struct Spec(string? Key, string Flags, int Width, int Precision, char Kind);

    static Spec Read(string text, ref int i)
    {
        string? key = null;
        i++;
        if (i < text.Length && text[i] == '(')
        {
            var (start, depth) = (i + 1, 1);
            while (++i < text.Length && depth > 0) depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth > 0) throw new JinjaError("incomplete format key");
            key = text[start..(i - 1)];
        }
        var flags = i;
        while (i < text.Length && text[i] is '-' or '+' or ' ' or '#' or '0') i++;
        var given = text[flags..i];
        var width = Number(text, ref i, 0);
        var precision = -1;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            precision = Number(text, ref i, 0);
        }
        while (i < text.Length && text[i] is 'l' or 'h' or 'L') i++;
        if (i >= text.Length) throw new JinjaError("incomplete format");
        return new(key, given, width, precision, text[i]);
    }

    // -2 means an asterisk.
    static int Number(string text, ref int i, int absent)
    {
        if (i < text.Length && text[i] == '*')
        {
            i++;
            return -2;
        }
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
        return i == start ? absent
            : int.TryParse(text.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new JinjaError("width too big");
    }

    static string One(Spec spec, object? value, int width, int precision, bool isHtml, RenderState state)
    {
        string sign = "", digits;
        switch (spec.Kind)
        {
            case 's' or 'r' or 'a':
                digits = spec.Kind == 's' ? isHtml ? Text.Html(value, state) : Py.Str(value, state)
                    : spec.Kind == 'a' ? Py.Ascii(Py.Repr(value, state)) : Py.Repr(value, state);
                if (isHtml && spec.Kind != 's') digits = Text.Escape(digits);
                if (precision >= 0) digits = CodePoints.Take(digits, precision);
                break;
            case 'c':
                digits = value is string { Length: > 0 } letter ? letter
                    : Num.TryLong(value, out var code) && Rune.IsValid((int)code) ? new Rune((int)code).ToString()
                    : throw new JinjaError("%c requires int or char");
                break;
            case 'd' or 'i' or 'u':
                var number = Whole(value, spec.Kind, allowsFloat: true);
                (sign, digits) = (number.Sign < 0 ? "-" : "", Num.IntText(System.Numerics.BigInteger.Abs(number)));
                if (precision > 0) digits = digits.PadLeft(precision, '0');
                break;
            case 'x' or 'X' or 'o':
                var whole = Whole(value, spec.Kind, allowsFloat: false);
                digits = NumberFormat.InBase(System.Numerics.BigInteger.Abs(whole), spec.Kind == 'o' ? 8 : 16);
                if (precision > 0) digits = digits.PadLeft(precision, '0');
                if (spec.Kind == 'X') digits = digits.ToUpperInvariant();
                sign = (whole.Sign < 0 ? "-" : "") + (spec.Flags.Contains('#', StringComparison.Ordinal) ? $"0{spec.Kind}" : "");
                break;
            case 'f' or 'F' or 'e' or 'E' or 'g' or 'G':
                var real = Num.IsNumber(value) ? Num.ToDouble(value!)
                    : value is Undefined missing ? throw missing.Fail()
                        : throw new JinjaError($"must be real number, not {Py.TypeName(value)}");
                if (precision < 0) precision = 6;
                digits = char.ToLowerInvariant(spec.Kind) switch
                {
                    'f' => NumberFormat.Fixed(real, precision),
                    'e' => NumberFormat.Exponent(real, precision),
                    _ => NumberFormat.General(real, precision, spec.Flags.Contains('#', StringComparison.Ordinal)),
                };
                if (char.IsUpper(spec.Kind)) digits = digits.ToUpperInvariant();
                sign = double.IsNegative(real) && !double.IsNaN(real) ? "-" : "";
                break;
            default:
                throw new JinjaError($"unsupported format character '{spec.Kind}' (0x{(int)spec.Kind:x})");
        }
        var isNumber = spec.Kind is not ('s' or 'r' or 'a' or 'c');
        if (isNumber && !sign.StartsWith('-'))
            sign = (spec.Flags.Contains('+', StringComparison.Ordinal) ? "+" : spec.Flags.Contains(' ', StringComparison.Ordinal) ? " "
                : "") + sign;
        var more = width - sign.Length - CodePoints.Count(digits);
        return more <= 0 ? sign + digits
            : spec.Flags.Contains('-', StringComparison.Ordinal) ? sign + digits + new string(' ', more)
            : isNumber && spec.Flags.Contains('0', StringComparison.Ordinal) ? sign + new string('0', more) + digits
            : new string(' ', more) + sign + digits;
    }

    static System.Numerics.BigInteger Whole(object? value, char kind, bool allowsFloat) =>
        Num.IsInt(value) ? Num.ToBig(value!)
        : allowsFloat && Num.IsFloat(value) ? new(Math.Truncate(Num.ToDouble(value!)))
        : value is Undefined missing ? throw missing.Fail()
        : throw new JinjaError($"%{kind} format: {(allowsFloat ? "a real number" : "an integer")} is required, not {Py.TypeName(value)}");
}
