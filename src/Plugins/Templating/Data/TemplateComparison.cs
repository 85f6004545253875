using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Modular.Templating;

/// <summary>
/// How templates compare values, the same in every engine: by value, for all types. No value is converted to the type of the other.
/// </summary>
/// <remarks>
/// Numbers of all types compare exactly; texts and characters ordinally; dates of all types as instants, where a date without an offset is
/// local; a date with a text that
/// is a date; an enum with its name or its number. Values of other different types are neither equal nor ordered.
/// </remarks>
public static class TemplateComparison
{
    /// <summary>An equality comparer for sets and groups, based on <see cref="AreEqual"/>.</summary>
    public static IEqualityComparer<object?> Equality { get; } = new ValueEquality();

    /// <summary>True when both have the same value.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        (left, right) = (Plain(left), Plain(right));
        if (left is null || right is null) return left is null && right is null;
        if (Compare(left, right) is { } order) return order == 0;
        if (left is Enum || right is Enum)
            return left is Enum named ? right is string name && named.ToString() == name : left is string text && right.ToString() == text;
        return !IsNumber(left) && left.Equals(right);
    }

    /// <summary>
    /// Less than zero, zero, or more than zero. Null when the values have no order, such as null, a list, or a number and a text.
    /// </summary>
    public static int? Compare(object? left, object? right)
    {
        (left, right) = (Plain(left), Plain(right));
        switch (left, right)
        {
            case (null, _) or (_, null): return null;
            case (string a, string b): return string.CompareOrdinal(a, b);
            case (int a, int b): return a.CompareTo(b);
        }
        if (IsNumber(left) && IsNumber(right)) return CompareNumbers(left, right);
        if (left is DateTime one && right is DateTime other && one.Kind == other.Kind) return one.CompareTo(other);
        if (left.GetType() == right.GetType() && left is IComparable same && left is not (DateTime or DateTimeOffset))
            return same.CompareTo(right);
        if ((IsDate(left) || IsDate(right)) && TryMoment(left, out var first) && TryMoment(right, out var second))
            return first.CompareTo(second);
        if (left is Enum && IsNumber(right)) return CompareNumbers(Underlying(left), right);
        if (right is Enum && IsNumber(left)) return CompareNumbers(left, Underlying(right));
        return null;
    }

    /// <summary>True for all integer and fractional types, but not for characters and enums.</summary>
    public static bool IsNumber([NotNullWhen(true)] object? value) =>
        value is int or long or decimal or double or float or short or byte or uint or ulong or ushort or sbyte
            or BigInteger or Int128 or UInt128 or Half or nint or nuint;

    static object? Plain(object? value) => value switch
    {
        Markup markup => markup.ToString(),
        char c => c.ToString(),
        JsonElement json => TemplateData.Plain(json),
        _ => value,
    };

    static object Underlying(object value) =>
        Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture);

    static int? CompareNumbers(object left, object right) => (left, right) switch
    {
        (double or float or Half, double or float or Half) => Ordered(Double(left), Double(right)),
        (double or float or Half, _) => Reversed(CompareWithDouble(right, Double(left))),
        (_, double or float or Half) => CompareWithDouble(left, Double(right)),
        (decimal or int or long or short or byte or uint or ulong or ushort or sbyte,
            decimal or int or long or short or byte or uint or ulong or ushort or sbyte) =>
            Convert.ToDecimal(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDecimal(right, CultureInfo.InvariantCulture)),
        (decimal fraction, _) => Reversed(CompareWhole(Whole(right), fraction)),
        (_, decimal fraction) => CompareWhole(Whole(left), fraction),
        _ => Whole(left).CompareTo(Whole(right)),
    };

    static int? Ordered(double left, double right) => double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);

    static int? Reversed(int? order) => -order;

    // Compares the integer part first, then checks for a fraction.
    static int? CompareWithDouble(object exact, double other)
    {
        if (double.IsNaN(other)) return null;
        if (double.IsInfinity(other)) return other > 0 ? -1 : 1;
        if (exact is decimal fraction) return ((double)fraction).CompareTo(other);
        var floor = Math.Floor(other);
        return Whole(exact).CompareTo(new BigInteger(floor)) is var order and not 0 ? order : other > floor ? -1 : 0;
    }

    static int CompareWhole(BigInteger whole, decimal other)
    {
        var floor = Math.Floor(other);
        return whole.CompareTo(new BigInteger(floor)) is var order and not 0 ? order : other > floor ? -1 : 0;
    }

    static double Double(object value) => value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    static BigInteger Whole(object value) => value switch
    {
        BigInteger big => big,
        Int128 large => large,
        UInt128 large => large,
        nint native => native,
        nuint native => native,
        ulong large => large,
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    static bool IsDate(object value) => value is DateTime or DateTimeOffset or DateOnly;

    static bool TryMoment(object value, out DateTime moment)
    {
        switch (value)
        {
            case DateTimeOffset time: moment = time.UtcDateTime; return true;
            case DateTime time: moment = time.ToUniversalTime(); return true;
            case DateOnly day: moment = day.ToDateTime(TimeOnly.MinValue).ToUniversalTime(); return true;
            case string text:
                return DateTime.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeLocal, out moment);
            default: moment = default; return false;
        }
    }

    sealed class ValueEquality : IEqualityComparer<object?>
    {
        bool IEqualityComparer<object?>.Equals(object? x, object? y) => AreEqual(x, y);

        // Equal numbers are the same double, and equal dates the same instant.
        public int GetHashCode(object? value) => Plain(value) switch
        {
            null => 0,
            string text => text.GetHashCode(StringComparison.Ordinal),
            double or float or Half => Double(Plain(value)!).GetHashCode(),
            BigInteger or Int128 or UInt128 or nint or nuint => ((double)Whole(Plain(value)!)).GetHashCode(),
            { } number when IsNumber(number) => Convert.ToDouble(number, CultureInfo.InvariantCulture).GetHashCode(),
            { } date when IsDate(date) && TryMoment(date, out var moment) => moment.GetHashCode(),
            var other => other.GetHashCode(),
        };
    }
}
