using System.Globalization;
using System.Net;
using System.Numerics;
using Microsoft.Net.Http.Headers;

namespace Modular.Sessions;

/// <summary>
/// Converts .NET's simple types that JSON doesn't have to a number or text in a session, and back. Always with the invariant culture.
/// </summary>
/// <remarks>
/// The texts are the same as in System.Text.Json, so lists and objects of these types can be read too. A decimal's text is also the same
/// as in Flask.
/// </remarks>
static class SimpleValues
{
    const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The text of a type that is stored as text. Otherwise null.</summary>
    internal static string? Text(object? value) => value switch
    {
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        char one => one.ToString(),
        Uri uri => uri.OriginalString,
        Version or IPAddress => value.ToString(),
        _ => null,
    };

    /// <summary>The digits of an integer of any size, or of an enum's number. Otherwise null.</summary>
    internal static string? Digits(object? value) => value switch
    {
        byte or sbyte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or nint or nuint or BigInteger =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Enum named => Digits(Convert.ChangeType(named, named.GetTypeCode(), CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>The number of a floating-point type. Otherwise null.</summary>
    internal static double? Float(object? value) => value switch
    {
        double number => number,
        float number => number,
        Half number => (double)number,
        _ => null,
    };

    /// <summary>The value as a simple type. Null when the type isn't simple, or the value doesn't fit.</summary>
    internal static object? Read(object? value, Type type)
    {
        if (Digits(value) is { } digits)
            return Whole(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), type);
        if (Float(value) is { } number)
            return type == typeof(double) ? number : type == typeof(float) ? (float)number : type == typeof(Half) ? (Half)number : null;
        if (value is DateTimeOffset moment) return type == typeof(DateTime) ? moment.UtcDateTime : null;
        return (value as string ?? Text(value)) is { } text ? Parse(text, type) : null;
    }

    static object? Whole(BigInteger number, Type type)
    {
        try
        {
            return type switch
            {
                { IsEnum: true } => Whole(number, Enum.GetUnderlyingType(type)) is { } value ? Enum.ToObject(type, value) : null,
                _ when type == typeof(int) => (int)number,
                _ when type == typeof(long) => (long)number,
                _ when type == typeof(byte) => (byte)number,
                _ when type == typeof(sbyte) => (sbyte)number,
                _ when type == typeof(short) => (short)number,
                _ when type == typeof(ushort) => (ushort)number,
                _ when type == typeof(uint) => (uint)number,
                _ when type == typeof(ulong) => (ulong)number,
                _ when type == typeof(Int128) => (Int128)number,
                _ when type == typeof(UInt128) => (UInt128)number,
                _ when type == typeof(nint) => (nint)number,
                _ when type == typeof(nuint) => (nuint)number,
                _ when type == typeof(BigInteger) => number,
                _ when type == typeof(decimal) => (decimal)number,
                _ when type == typeof(double) => (double)number,
                _ when type == typeof(float) => (float)number,
                _ when type == typeof(Half) => (Half)number,
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    static object? Parse(string text, Type type) => type switch
    {
        { IsEnum: true } => Enum.TryParse(type, text, out var value) ? value : null,
        _ when type == typeof(decimal) => decimal.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var value) ? value : null,
        _ when type == typeof(DateOnly) => Date(text),
        _ when type == typeof(TimeOnly) =>
            TimeOnly.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null,
        _ when type == typeof(TimeSpan) =>
            TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, TimeSpanStyles.None, out var value) ? value : null,
        _ when type == typeof(char) => text is [var one] ? one : null,
        _ when type == typeof(Uri) => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var value) ? value : null,
        _ when type == typeof(Version) => Version.TryParse(text, out var value) ? value : null,
        _ when type == typeof(IPAddress) => IPAddress.TryParse(text, out var value) ? value : null,
        _ => null,
    };

    // Flask writes dates in HTTP's format.
    static DateOnly? Date(string text)
    {
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        return HeaderUtilities.TryParseDate(text, out var moment) ? DateOnly.FromDateTime(moment.UtcDateTime) : null;
    }
}
