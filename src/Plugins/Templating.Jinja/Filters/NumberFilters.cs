using System.Globalization;
using System.Numerics;

namespace Modular.Templating.Jinja;

/// <summary>The filters for numbers.</summary>
static class NumberFilters
{
    internal static (string Signature, BuiltIn Code)[] All { get; } =
    [
        ("abs()", (_, value, _) => Num.IsNumber(value) ? Num.IsFloat(value) ? value is decimal exact ? Math.Abs(exact)
            : Math.Abs(Num.ToDouble(value!))
            : Num.Box(BigInteger.Abs(Num.ToBig(value!)))
            : throw new JinjaError($"bad operand type for abs(): '{Py.TypeName(value)}'")),
        ("int(default=0, base=10)", (_, value, a) => ToInt(value, (int)TextMethods.Int(a[1])) ?? a[0]),
        ("float(default=None)", (_, value, a) => ToFloat(value) ?? a[0] ?? 0d),
        ("round(precision=0, method='common')", (state, value, a) => Round(state, value, (int)TextMethods.Int(a[0]), Py.Str(a[1]))),
        ("filesizeformat(binary=False)", (_, value, a) => FileSize(value, Py.Truth(a[0]))),
    ];

    static object? ToInt(object? value, int radix)
    {
        if (value is Undefined undefined) throw undefined.Fail();
        if (Num.IsInt(value)) return Num.Box(Num.ToBig(value!));
        if (Num.IsFloat(value)) return Truncated(Num.ToDouble(value!));
        if (Py.AsText(value) is not { } text) return null;
        if (Parse(text, radix) is { } whole) return Num.Box(whole);
        return ToFloat(text) is double number ? Truncated(number) : null;
    }

    static object? Truncated(double number) => double.IsFinite(number) ? Num.Box(new BigInteger(Math.Truncate(number))) : null;

    static BigInteger? Parse(string text, int radix)
    {
        var digits = CodePoints.Trim(text);
        var isNegative = digits.StartsWith('-');
        if (digits is ['+' or '-', ..]) digits = digits[1..];
        var prefix = digits is ['0', var letter, ..] ? char.ToLowerInvariant(letter) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (radix == 0) (radix, digits) = prefix > 0 ? (prefix, digits[2..]) : (10, digits);
        else if (prefix == radix) digits = digits[2..];
        if (digits.Length is 0 or > 4300 || digits[0] == '_' || digits[^1] == '_' || digits.Contains("__", StringComparison.Ordinal)
            || radix is < 2 or > 36)
            return null;
        BigInteger number = 0;
        foreach (var c in digits)
        {
            if (c == '_') continue;
            var digit = char.IsDigit(c) ? (int)char.GetNumericValue(c) : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : 99;
            if (digit >= radix) return null;
            number = number * radix + digit;
        }
        return isNegative ? -number : number;
    }

    internal static object? ToFloat(object? value)
    {
        if (value is Undefined undefined) throw undefined.Fail();
        if (Num.IsNumber(value)) return Num.ToDouble(value!);
        if (Py.AsText(value) is not { } text) return null;
        text = CodePoints.Trim(text);
        switch (text.TrimStart('+', '-').ToLowerInvariant())
        {
            case "inf" or "infinity": return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            case "nan": return double.NaN;
        }
        if (text.StartsWith('_') || text.EndsWith('_') || text.Contains("__", StringComparison.Ordinal)) return null;
        return double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
            | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    static object? Round(RenderState state, object? value, int precision, string method)
    {
        if (method is not ("common" or "ceil" or "floor")) throw new JinjaError("method must be common, ceil or floor");
        if (value is Undefined undefined && method != "common") throw undefined.Fail();
        if (!Num.IsNumber(value)) throw new JinjaError($"type {Py.TypeName(value)} doesn't define __round__ method");
        if (method != "common")
        {
            var power = Num.Power(10, precision);
            var scaled = Num.Multiply(value!, power);
            if (!Num.IsInt(scaled))
            {
                var number = Num.ToDouble(scaled);
                if (!double.IsFinite(number)) throw new JinjaError($"cannot convert float {Num.FloatText(number)} to integer");
                scaled = Num.Box(new BigInteger(method == "ceil" ? Math.Ceiling(number) : Math.Floor(number)));
            }
            return Ops.Binary(BinaryOp.Divide, scaled, power, state);
        }
        if (value is decimal exact) return Math.Round(exact, Math.Clamp(precision, 0, 28), MidpointRounding.ToEven);
        if (Num.IsFloat(value)) return NumberFormat.Round(Num.ToDouble(value!), precision);
        return precision >= 0 ? Num.Box(Num.ToBig(value!))
            : Num.Box(NumberFormat.RoundWhole(Num.ToBig(value!), BigInteger.Pow(10, Math.Min(-precision, 5000))));
    }

    static string FileSize(object? value, bool isBinary)
    {
        var bytes = ToFloat(value) is double number ? number : throw new JinjaError($"could not convert to float: {Py.Repr(value)}");
        var step = isBinary ? 1024d : 1000d;
        if (bytes == 1) return "1 Byte";
        if (bytes < step) return $"{Num.IntText(Truncated(bytes)!)} Bytes";
        string[] units = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
        var unit = step * step;
        for (var i = 0; ; i++, unit *= step)
            if (bytes < unit || i == units.Length - 1)
                return $"{NumberFormat.Fixed(step * bytes / unit, 1)} {(isBinary ? $"{units[i].ToUpperInvariant()}i" : units[i])}B";
    }
}
