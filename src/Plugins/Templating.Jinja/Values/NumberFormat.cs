using System.Globalization;
using System.Numerics;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Digits of numbers for the formats of Python.</summary>
static class NumberFormat
{
    const int MaxDigits = 100_000;

    /// <summary>A number with digits after the point. The sign is apart.</summary>
    internal static string Fixed(double value, int digits)
    {
        if (!double.IsFinite(value)) return double.IsNaN(value) ? "nan" : "inf";
        var (whole, scale) = Rounded(Math.Abs(value), Check(digits));
        var text = whole.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}";
    }

    // Exact: a double is an integer times a power of two. Half goes to the even digit.
    static (BigInteger Whole, int Scale) Rounded(double value, int digits)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0) exponent++;
        else mantissa |= (BigInteger)1 << 52;
        exponent -= 1075;
        mantissa *= BigInteger.Pow(10, digits);
        if (exponent >= 0) return (mantissa << exponent, digits);
        var divisor = (BigInteger)1 << -exponent;
        var whole = BigInteger.DivRem(mantissa, divisor, out var rest);
        var half = (rest * 2).CompareTo(divisor);
        return (half > 0 || half == 0 && !whole.IsEven ? whole + 1 : whole, digits);
    }

    /// <summary>The value rounded to digits, half to even as Python's <c>round</c>.</summary>
    internal static double Round(double value, int digits)
    {
        if (!double.IsFinite(value) || digits > 308) return value;
        if (digits >= 0)
            return Math.CopySign(double.Parse(Fixed(value, digits), NumberStyles.Float, CultureInfo.InvariantCulture), value);
        var power = BigInteger.Pow(10, Math.Min(-digits, 400));
        var whole = RoundWhole(new BigInteger(value), power, new BigInteger(value) != (BigInteger)value || value != Math.Truncate(value));
        return Math.CopySign((double)whole, value);
    }

    internal static BigInteger RoundWhole(BigInteger value, BigInteger power, bool hasFraction = false)
    {
        var quotient = BigInteger.DivRem(BigInteger.Abs(value), power, out var rest);
        var half = (rest * 2).CompareTo(power);
        if (half > 0 || half == 0 && (hasFraction || !quotient.IsEven)) quotient += 1;
        return quotient * power * value.Sign;
    }

    internal static string Exponent(double value, int digits, char letter = 'e')
    {
        if (!double.IsFinite(value)) return double.IsNaN(value) ? "nan" : "inf";
        value = Math.Abs(value);
        var text = value.ToString($"{char.ToUpperInvariant(letter)}{Check(digits)}", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.OrdinalIgnoreCase);
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return text[..mark] + Num.ExponentText(exponent);
    }

    /// <summary>The format <c>g</c>: significant digits, with an exponent when the number is very large or small.</summary>
    internal static string General(double value, int digits, bool keepsZeros = false)
    {
        if (!double.IsFinite(value)) return double.IsNaN(value) ? "nan" : "inf";
        value = Math.Abs(value);
        digits = Math.Max(1, Check(digits));
        var scientific = Exponent(value, digits - 1);
        var exponent = value == 0 ? 0 : int.Parse(scientific.AsSpan(scientific.IndexOf('e', StringComparison.Ordinal) + 1),
            NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= digits)
        {
            var mark = scientific.IndexOf('e', StringComparison.Ordinal);
            return (keepsZeros ? scientific[..mark] : WithoutZeros(scientific[..mark])) + scientific[mark..];
        }
        var text = Fixed(value, digits - 1 - exponent);
        return keepsZeros ? text : WithoutZeros(text);
    }

    static string WithoutZeros(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    /// <summary>Puts a separator between groups of digits of the integer part.</summary>
    internal static string Grouped(string digits, char separator, int size = 3)
    {
        var end = 0;
        while (end < digits.Length && char.IsAsciiHexDigit(digits[end])) end++;
        var builder = new StringBuilder();
        for (var i = 0; i < end; i++)
        {
            if (i > 0 && (end - i) % size == 0) builder.Append(separator);
            builder.Append(digits[i]);
        }
        return builder.Append(digits, end, digits.Length - end).ToString();
    }

    /// <summary>An integer of zero or more in base 2, 8, 10 or 16.</summary>
    internal static string InBase(BigInteger value, int radix)
    {
        if (radix == 10) return Num.IntText(value);
        if (value.IsZero) return "0";
        var shift = radix == 2 ? 1 : radix == 8 ? 3 : 4;
        var digits = new StringBuilder();
        var count = (int)(value.GetBitLength() + shift - 1) / shift;
        for (var i = count - 1; i >= 0; i--) digits.Append("0123456789abcdef"[(int)((value >> (i * shift)) & (radix - 1))]);
        return digits.ToString();
    }

    static int Check(int digits) => digits <= MaxDigits ? digits : throw JinjaError.Limit(
        $"A format writes more than {MaxDigits} digits. Write a smaller precision.");
}
