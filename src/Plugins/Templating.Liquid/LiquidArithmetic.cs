using System.Globalization;

namespace Modular.Templating.Liquid;

/// <summary>
/// Liquid's arithmetic: integers stay integers, fractions are exact, and a text counts as the number that it starts with.
/// </summary>
static class LiquidArithmetic
{
    // Below the maximum of decimal, with space for rounding.
    const double LargestExact = 7e27;

    internal static object Add(object? left, object? right) => Calculate(left, right, (a, b) => a + b, (a, b) => a + b);

    internal static object Subtract(object? left, object? right) => Calculate(left, right, (a, b) => a - b, (a, b) => a - b);

    internal static object Multiply(object? left, object? right) => Calculate(left, right, (a, b) => a * b, (a, b) => a * b);

    /// <summary>For two integers, the quotient rounded down.</summary>
    internal static object Divide(object? left, object? right)
    {
        var (a, b) = (Number(left), NotZero(Number(right), "divided_by"));
        return IsWhole(a) && IsWhole(b) ? Narrowed(Math.Floor(Decimal(a) / Decimal(b))) : Calculate(a, b, (x, y) => x / y, (x, y) => x / y);
    }

    /// <summary>The remainder of <see cref="Divide"/>. It has the sign of the divisor.</summary>
    internal static object Modulo(object? left, object? right)
    {
        var (a, b) = (Number(left), NotZero(Number(right), "modulo"));
        return Calculate(a, b, (x, y) => x % y is var rest && rest != 0 && rest < 0 != y < 0 ? rest + y : rest,
            (x, y) => x - y * Math.Floor(x / y));
    }

    internal static object Absolute(object? value) =>
        Number(value) is var number && TemplateComparison.Compare(number, 0) < 0 ? Subtract(0, number) : number;

    internal static object Ceiling(object? value) => Rounded(Number(value), Math.Ceiling, Math.Ceiling);

    internal static object Floor(object? value) => Rounded(Number(value), Math.Floor, Math.Floor);

    /// <summary>
    /// Rounds half away from zero. With 0 places the result is an integer. Negative places round to tens, hundreds and so on.
    /// </summary>
    internal static object Round(object? value, int places)
    {
        var number = Number(value);
        if (places > 0)
            return IsWhole(number) || number is double d && !(Math.Abs(d) < LargestExact)
                ? number
                : Math.Round(Decimal(number), Math.Min(places, 28), MidpointRounding.AwayFromZero);
        if (places < -28) return 0;
        var unit = 1m;
        for (; places < 0; places++) unit *= 10;
        return Rounded(number, d => Math.Round(d / unit, MidpointRounding.AwayFromZero) * unit,
            d => Math.Round(d / (double)unit, MidpointRounding.AwayFromZero) * (double)unit);
    }

    /// <summary>The value as a number. For a text, the number that it starts with, or 0. 0 for all other values.</summary>
    internal static object Number(object? value) => value switch
    {
        int or long or decimal or double => value,
        float or Half => (object)Convert.ToDouble(value is Half half ? (float)half : value, CultureInfo.InvariantCulture),
        short or byte or sbyte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong large => large <= long.MaxValue ? (object)(long)large : (decimal)large,
        Modular.Markup markup => OfText(markup.ToString()),
        string text => OfText(text),
        _ => TemplateComparison.IsNumber(value)
            ? (object)double.Parse(TemplateData.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture)
            : 0,
    };

    /// <summary>The value as an integer, for places, lengths and counts.</summary>
    /// <exception cref="ModularException">The value isn't an integer, or is too large.</exception>
    internal static long Whole(object? value, string what)
    {
        switch (value)
        {
            case int small: return small;
            case long large: return large;
        }
        var text = value is string or Modular.Markup
            ? value.ToString()!
            : TemplateComparison.IsNumber(value) ? TemplateData.Text(Floor(value)) : null;
        return text is not null && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : throw new ModularException($"{what} needs an integer but got " +
                $"{(value is null ? "nothing" : $"\"{(text ?? TemplateData.Text(value))}\"")}. " +
                "Write an integer, or a variable with an integer.");
    }

    static object OfText(string text)
    {
        var rest = text.AsSpan().TrimStart();
        var length = rest.Length > 0 && rest[0] is '-' or '+' ? 1 : 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length])) length++;
        if (length < rest.Length - 1 && rest[length] == '.' && char.IsAsciiDigit(rest[length + 1]))
        {
            length++;
            while (length < rest.Length && char.IsAsciiDigit(rest[length])) length++;
        }
        var digits = rest[..length];
        if (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) return small;
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large)) return large;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out var exact)) return exact;
        return double.TryParse(digits, Style, CultureInfo.InvariantCulture, out var huge) ? (object)huge : 0;
    }

    static object NotZero(object number, string filter) => TemplateComparison.Compare(number, 0) != 0 ? number
        : throw new ModularException($"\"{filter}\" divides by zero. Write another number, or check it first: {{% if number != 0 %}}.");

    // Uses decimal if the result fits, otherwise double.
    static object Calculate(object? left, object? right, Func<decimal, decimal, decimal> exact, Func<double, double, double> rough)
    {
        var (a, b) = (Number(left), Number(right));
        try
        {
            var result = exact(Decimal(a), Decimal(b));
            return IsWhole(a) && IsWhole(b) ? Narrowed(result) : result;
        }
        catch (OverflowException)
        {
            return rough(Convert.ToDouble(a, CultureInfo.InvariantCulture), Convert.ToDouble(b, CultureInfo.InvariantCulture));
        }
    }

    static object Rounded(object number, Func<decimal, decimal> exact, Func<double, double> rough)
    {
        if (number is double large && !(Math.Abs(large) < LargestExact)) return rough(large);
        return Narrowed(exact(Decimal(number)));
    }

    static bool IsWhole(object number) => number is int or long;

    static decimal Decimal(object number) => Convert.ToDecimal(number, CultureInfo.InvariantCulture);

    internal static object Narrowed(decimal number)
    {
        if (number is >= int.MinValue and <= int.MaxValue) return (int)number;
        if (number is >= long.MinValue and <= long.MaxValue) return (long)number;
        return decimal.Truncate(number);
    }
}
