using System.Globalization;

namespace Modular.Sessions;

/// <summary>
/// Formats a number as Python's <c>repr</c>: the shortest digits that round-trip, with an exponent below 1e-4 and from 1e16.
/// </summary>
static class PythonFloat
{
    internal static string Format(double number)
    {
        if (number == 0) return double.IsNegative(number) ? "-0.0" : "0.0";
        // The digits are those of .NET's round-trip format, d.ddddE+xxx. Only the position of the point differs.
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = Exponent(shortest);
        var sign = number < 0 ? "-" : "";
        var digits = Digits(shortest);
        if (exponent is < -4 or >= 16)
        {
            var point = digits.Length > 1 ? "." : "";
            return $"{sign}{digits[0]}{point}{digits.AsSpan(1)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits.AsSpan(0, exponent + 1)}.{digits.AsSpan(exponent + 1)}";
    }

    // From these digits, because the longer digits of 1e-7 are 9.99…e-8.
    static int Exponent(string shortest)
    {
        var end = shortest.IndexOf('E', StringComparison.Ordinal);
        if (end >= 0) return int.Parse(shortest.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var text = shortest.AsSpan().TrimStart('-');
        var point = text.IndexOf('.');
        return text[0] == '0' ? 1 - text.IndexOfAnyExcept('0', '.') : (point < 0 ? text.Length : point) - 1;
    }

    // The significant digits: without sign, point, exponent, and zeros at both ends.
    static string Digits(string shortest)
    {
        var end = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = end < 0 ? shortest : shortest[..end];
        return mantissa.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0');
    }
}
