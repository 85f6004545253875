using System.Globalization;
using System.Numerics;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Python's <c>"{0:>5} {name!r}".format(…)</c>.</summary>
static class TextFormat
{
    const int MaxNesting = 2;

    internal static object Format(object format, object?[] positional, Mapping named, RenderState state)
    {
        var isHtml = format is Markup;
        var next = 0;
        var text = Expand(Py.AsText(format)!, 0);
        return isHtml ? new Markup(state.Make(text)) : state.Make(text);

        string Expand(string source, int depth)
        {
            if (depth >= MaxNesting) throw new JinjaError("Max string recursion exceeded");
            var builder = new StringBuilder();
            for (var i = 0; i < source.Length; i++)
            {
                var c = source[i];
                if (c is '{' or '}' && i + 1 < source.Length && source[i + 1] == c)
                {
                    builder.Append(c);
                    i++;
                }
                else if (c == '}') throw new JinjaError("Single '}' encountered in format string");
                else if (c != '{') builder.Append(c);
                else
                {
                    var end = Close(source, i);
                    builder.Append(Field(source[(i + 1)..end], depth));
                    i = end;
                }
                state.Grown(builder.Length);
            }
            return builder.ToString();
        }

        string Field(string field, int depth)
        {
            var colon = field.IndexOf(':', StringComparison.Ordinal);
            var (name, spec) = colon < 0 ? (field, "") : (field[..colon], field[(colon + 1)..]);
            var conversion = name.IndexOf('!', StringComparison.Ordinal) is >= 0 and var mark ? name[(mark + 1)..] : "";
            if (conversion.Length > 0) name = name[..^(conversion.Length + 1)];
            var value = Look(name);
            value = conversion switch
            {
                "" => value,
                "r" => Py.Repr(value, state),
                "a" => Py.Ascii(Py.Repr(value, state)),
                "s" => Py.Str(value, state),
                _ => throw new JinjaError($"Unknown conversion specifier {conversion}"),
            };
            var shown = One(value, spec.Contains('{', StringComparison.Ordinal) ? Expand(spec, depth + 1) : spec, state);
            return isHtml && value is not Markup ? Text.Escape(shown) : shown;
        }

        object? Look(string path)
        {
            var end = path.AsSpan().IndexOfAny('.', '[') is >= 0 and var at ? at : path.Length;
            var first = path[..end];
            var value = first.Length == 0 ? At(Next())
                : int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? At(Numbered(index))
                : named.TryGet(first, out var found) ? Py.Plain(found) : throw new JinjaError($"KeyError: {Py.Repr(first)}");
            while (end < path.Length)
            {
                var start = end + 1;
                if (path[end] == '.')
                {
                    end = path.AsSpan(start).IndexOfAny('.', '[') is >= 0 and var stop ? start + stop : path.Length;
                    value = Members.Attribute(value, path[start..end], state);
                    continue;
                }
                var close = path.IndexOf(']', start);
                if (close < 0) throw new JinjaError("Missing ']' in format string");
                var key = path[start..close];
                value = Members.Item(value, int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                    : key, state);
                end = close + 1;
            }
            return value;
        }

        int Next() => next >= 0 ? next++
            : throw new JinjaError("cannot switch from manual field specification to automatic field numbering");

        int Numbered(int index)
        {
            if (next > 0) throw new JinjaError("cannot switch from automatic field numbering to manual field specification");
            next = -1;
            return index;
        }

        object? At(int index) => index < positional.Length ? positional[index]
            : throw new JinjaError($"Replacement index {index} out of range for positional args tuple");
    }

    static int Close(string source, int open)
    {
        var depth = 0;
        for (var i = open; i < source.Length; i++)
        {
            if (source[i] == '{') depth++;
            else if (source[i] == '}' && --depth == 0) return i;
        }
        throw new JinjaError("expected '}' before end of string");
    }

    /// <summary>A value in a format of Python's mini-language: <c>[[fill]align][sign][#][0][width][,][.precision][type]</c>.</summary>
    internal static string One(object? value, string spec, RenderState state)
    {
        if (spec.Length == 0) return Py.Str(value, state);
        if (value is DateTime or DateTimeOffset or DateOnly or TimeOnly && Dates.TryMember(value, "strftime", out var format))
            return Py.Str(((Method)format!).Call(state, Arguments.Of(spec)));
        var at = 0;
        var (fill, align) = (" ", '\0');
        var first = CodePoints.At(spec, 0)!;
        if (spec.Length > first.Length && spec[first.Length] is '<' or '>' or '=' or '^')
            (fill, align, at) = (first, spec[first.Length], first.Length + 1);
        else if (spec[0] is '<' or '>' or '=' or '^') (align, at) = (spec[0], 1);
        var sign = Take("+- ");
        var alternate = Take("#") != '\0';
        if (Take("0") != '\0' && align == '\0') (fill, align) = ("0", '=');
        var width = Number();
        var group = Take(",_");
        var precision = Take(".") != '\0' ? Number() ?? throw new JinjaError("Format specifier missing precision") : (int?)null;
        var kind = at < spec.Length ? spec[at++] : '\0';
        if (at < spec.Length) throw new JinjaError($"Invalid format specifier '{spec}' for object of type '{Py.TypeName(value)}'");
        state.Grown((long)(width ?? 0) + (precision ?? 0));
        var isNumber = Num.IsNumber(value) && !(value is bool && kind is '\0' or 's');
        if (!isNumber && value is not (string or Markup) && !(value is bool))
            throw new JinjaError($"unsupported format string passed to {Py.TypeName(value)}.__format__");
        var (minus, digits) = isNumber ? Digits(value!, kind, alternate, group, precision) : (false, Shown());
        var lead = !isNumber ? "" : minus ? "-" : sign is '+' or ' ' ? sign.ToString() : "";
        if (isNumber && alternate && kind is 'x' or 'X' or 'o' or 'b') lead += $"0{kind}";
        var more = (width ?? 0) - lead.Length - CodePoints.Count(digits);
        if (more <= 0) return lead + digits;
        return (align == '\0' ? isNumber ? '>' : '<' : align) switch
        {
            '<' => lead + digits + TextMethods.Repeat(fill, more),
            '^' => TextMethods.Repeat(fill, more / 2) + lead + digits + TextMethods.Repeat(fill, more - more / 2),
            '=' when isNumber => lead + TextMethods.Repeat(fill, more) + digits,
            '=' => throw new JinjaError("'=' alignment not allowed in string format specifier"),
            _ => TextMethods.Repeat(fill, more) + lead + digits,
        };

        string Shown()
        {
            if (kind is not ('\0' or 's'))
                throw new JinjaError($"Unknown format code '{kind}' for object of type '{Py.TypeName(value)}'");
            var text = Py.Str(value, state);
            return precision is { } most ? CodePoints.Take(text, most) : text;
        }

        char Take(string letters) => at < spec.Length && letters.Contains(spec[at], StringComparison.Ordinal) ? spec[at++] : '\0';

        int? Number()
        {
            var start = at;
            while (at < spec.Length && char.IsAsciiDigit(spec[at])) at++;
            return at == start ? null
                : int.TryParse(spec.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number : throw JinjaError.Limit("A width or precision of a format is too large.");
        }
    }

    static (bool Minus, string Digits) Digits(object value, char kind, bool alternate, char group, int? precision)
    {
        if (kind is 'n') kind = Num.IsFloat(value) ? 'g' : 'd';
        if (!Num.IsFloat(value) && kind is '\0' or 'd' or 'b' or 'o' or 'x' or 'X' or 'c')
        {
            if (precision is not null) throw new JinjaError("Precision not allowed in integer format specifier");
            if (Num.IsFloat(value)) throw new JinjaError($"Unknown format code '{kind}' for object of type 'float'");
            var whole = Num.ToBig(value);
            if (kind == 'c') return (false, new Rune((int)whole).ToString());
            var text = NumberFormat.InBase(BigInteger.Abs(whole), kind switch { 'b' => 2, 'o' => 8, 'x' or 'X' => 16, _ => 10 });
            if (kind == 'X') text = text.ToUpperInvariant();
            return (whole.Sign < 0, group == '\0' ? text : NumberFormat.Grouped(text, group, kind is 'b' or 'o' or 'x' or 'X' ? 4 : 3));
        }
        if (value is decimal exact && kind is '\0' && precision is null)
            return (exact < 0, Group(Math.Abs(exact).ToString(CultureInfo.InvariantCulture)));
        var number = Num.ToDouble(value);
        var digits = char.ToLowerInvariant(kind) switch
        {
            'f' => NumberFormat.Fixed(number, precision ?? 6),
            'e' => NumberFormat.Exponent(number, precision ?? 6),
            'g' => NumberFormat.General(number, precision ?? 6, alternate),
            '%' => NumberFormat.Fixed(number * 100, precision ?? 6) + "%",
            '\0' when precision is null => Num.FloatText(Math.Abs(number)),
            '\0' => WithPoint(NumberFormat.General(number, precision!.Value)),
            _ => throw new JinjaError($"Unknown format code '{kind}' for object of type '{Py.TypeName(value)}'"),
        };
        if (char.IsUpper(kind)) digits = digits.ToUpperInvariant();
        return (double.IsNegative(number) && !double.IsNaN(number), Group(digits));

        string Group(string text) => group == '\0' ? text : NumberFormat.Grouped(text, group);

        static string WithPoint(string text) => text.AsSpan().ContainsAny('.', 'e', 'n') ? text : $"{text}.0";
    }
}
