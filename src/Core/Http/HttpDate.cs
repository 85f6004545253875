using System.Globalization;

namespace Modular;

/// <summary>Dates of HTTP headers: <c>Sun, 06 Nov 1994 08:49:37 GMT</c>, RFC 9110 §5.6.7. Whole seconds, UTC.</summary>
static class HttpDate
{
    const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    internal static string Format(DateTimeOffset date) => date.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>Reads today's form and the two old ones, RFC 850 and asctime; the weekday is not looked at. Null for anything else.</summary>
    internal static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(',');
        if (comma < 0) return ParseAsctime(text.Trim(HttpToken.Blanks));
        Span<Range> words = stackalloc Range[6];
        var rest = text[(comma + 1)..].Trim(HttpToken.Blanks);
        return rest.SplitAny(words, " -", StringSplitOptions.RemoveEmptyEntries) switch
        {
            4 => Make(rest[words[0]], rest[words[1]], rest[words[2]], rest[words[3]]),
            5 when rest[words[4]] is "GMT" or "UTC" => Make(rest[words[0]], rest[words[1]], rest[words[2]], rest[words[3]]),
            _ => null,
        };
    }

    static DateTimeOffset? ParseAsctime(ReadOnlySpan<char> text)
    {
        Span<Range> words = stackalloc Range[6];
        return text.Split(words, ' ', StringSplitOptions.RemoveEmptyEntries) == 5
            ? Make(text[words[2]], text[words[1]], text[words[4]], text[words[3]])
            : null;
    }

    static DateTimeOffset? Make(ReadOnlySpan<char> day, ReadOnlySpan<char> month, ReadOnlySpan<char> year, ReadOnlySpan<char> time)
    {
        var monthAt = month.Length == 3 ? Months.AsSpan().IndexOf(month, StringComparison.OrdinalIgnoreCase) : -1;
        if (monthAt < 0 || monthAt % 3 != 0) return null;
        if (!Number(day, out var d) || !Number(year, out var y)) return null;
        if (!TimeSpan.TryParseExact(time, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var clock)) return null;

        if (year.Length == 2) y += y < 70 ? 2000 : 1900;
        var m = monthAt / 3 + 1;
        return y is >= 1 and <= 9999 && d >= 1 && d <= DateTime.DaysInMonth(y, m)
            ? new DateTimeOffset(y, m, d, 0, 0, 0, TimeSpan.Zero) + clock
            : null;
    }

    static bool Number(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
