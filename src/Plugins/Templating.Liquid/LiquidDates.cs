using System.Globalization;
using System.Text;

namespace Modular.Templating.Liquid;

/// <summary>Dates in the formats of Ruby's <c>strftime</c>, as Liquid documents them.</summary>
static class LiquidDates
{
    const int MaxWidth = 100;
    static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>Formats a date. Any other value stays unchanged.</summary>
    /// <param name="value">A date, a text with a date, <c>now</c>, <c>today</c>, or seconds since 1970.</param>
    /// <param name="format">The format, with directives such as <c>%Y</c>.</param>
    /// <param name="clock">Gives the time of <c>now</c>, and the zone of dates without one.</param>
    internal static object? Format(object? value, string format, TimeProvider clock)
    {
        if (format.Length == 0 || !TryMoment(value, clock, out var moment)) return value;
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
            if (format[i] != '%') text.Append(format[i]);
            else i = Directive(text, format, i, moment);
        return text.ToString();
    }

    static bool TryMoment(object? value, TimeProvider clock, out DateTimeOffset moment)
    {
        switch (value)
        {
            case DateTimeOffset time: moment = time; return true;
            case DateTime { Kind: DateTimeKind.Utc } time: moment = new(time); return true;
            case DateTime time: moment = Local(time, clock); return true;
            case DateOnly day: moment = Local(day.ToDateTime(TimeOnly.MinValue), clock); return true;
            case TimeOnly time: moment = new(DateOnly.MinValue.AddDays(1), time, TimeSpan.Zero); return true;
            case null or bool: moment = default; return false;
        }
        var text = value is char
            ? null
            : TemplateComparison.IsNumber(value)
                ? TemplateData.Text(LiquidArithmetic.Floor(value))
                : value is string or Modular.Markup ? value.ToString()!.Trim() : null;
        moment = default;
        if (text is null) return false;
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase) || text.Equals("today", StringComparison.OrdinalIgnoreCase))
        {
            moment = clock.GetLocalNow();
            return true;
        }
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, English, out var seconds))
        {
            if (seconds < DateTimeOffset.MinValue.AddDays(1).ToUnixTimeSeconds()
                || seconds > DateTimeOffset.MaxValue.AddDays(-1).ToUnixTimeSeconds()) return false;
            moment = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), clock.LocalTimeZone);
            return true;
        }
        // A time without an offset is in the clock's zone.
        if (!DateTime.TryParse(text, English, DateTimeStyles.RoundtripKind, out var date)
            || !DateTimeOffset.TryParse(text, English, DateTimeStyles.AssumeUniversal, out moment)) return false;
        if (date.Kind == DateTimeKind.Unspecified) moment = Local(date, clock);
        return true;
    }

    static DateTimeOffset Local(DateTime time, TimeProvider clock)
    {
        var plain = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        var offset = time.Kind == DateTimeKind.Local ? TimeZoneInfo.Local.GetUtcOffset(time) : clock.LocalTimeZone.GetUtcOffset(plain);
        var ticks = plain.Ticks - offset.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? new(plain, TimeSpan.Zero) : new(plain, offset);
    }

    // Flags, a width, a letter: %-d, %_H, %03j, %^a, %:z. Anything else is text. Returns the last position of the directive.
    static int Directive(StringBuilder text, string format, int start, DateTimeOffset moment)
    {
        var i = start + 1;
        var (padding, isUpper, swaps, colons) = ((char?)null, false, false, 0);
        for (; i < format.Length; i++)
            if (format[i] is '-' or '_' or '0') padding = format[i];
            else if (format[i] == '^') isUpper = true;
            else if (format[i] == '#') swaps = true;
            else if (format[i] == ':') colons++;
            else break;
        var widthStart = i;
        while (i < format.Length && char.IsAsciiDigit(format[i])) i++;
        var width = i == widthStart
            ? 0
            : int.TryParse(format.AsSpan(widthStart, i - widthStart), NumberStyles.None, English, out var wanted)
                ? Math.Min(wanted, MaxWidth)
                : MaxWidth;
        if (i >= format.Length || Value(format[i], moment, colons, width) is not { } found)
        {
            text.Append(format, start, Math.Min(i + 1, format.Length) - start);
            return Math.Min(i, format.Length - 1);
        }
        var value = found.Value;
        if (swaps) value = format[i] == 'p' ? value.ToLowerInvariant() : value.ToUpperInvariant();
        if (isUpper) value = value.ToUpperInvariant();
        var fill = padding switch { '_' => ' ', '0' => '0', _ => found.Fill };
        if (padding != '-' && format[i] is not ('N' or 'L')) value = value.PadLeft(Math.Max(width, found.Digits), fill);
        text.Append(value);
        return i;
    }

    // The value without padding, the minimum number of digits, and the padding character.
    static (string Value, int Digits, char Fill)? Value(char letter, DateTimeOffset time, int colons, int width) => letter switch
    {
        'Y' => Number(time.Year, 4),
        'C' => Number(time.Year / 100),
        'y' => Number(time.Year % 100),
        'm' => Number(time.Month),
        'B' => Text(time, "MMMM"),
        'b' or 'h' => Text(time, "MMM"),
        'd' => Number(time.Day),
        'e' => Number(time.Day, 2, ' '),
        'j' => Number(time.DayOfYear, 3),
        'H' => Number(time.Hour),
        'k' => Number(time.Hour, 2, ' '),
        'I' => Number((time.Hour + 11) % 12 + 1),
        'l' => Number((time.Hour + 11) % 12 + 1, 2, ' '),
        'P' => Word(time.Hour < 12 ? "am" : "pm"),
        'p' => Word(time.Hour < 12 ? "AM" : "PM"),
        'M' => Number(time.Minute),
        'S' => Number(time.Second),
        'L' => Word(Fraction(time, width == 0 ? 3 : width)),
        'N' => Word(Fraction(time, width == 0 ? 9 : width)),
        'z' => Word(Offset(time.Offset, colons)),
        'Z' => Word(time.Offset == TimeSpan.Zero ? "UTC" : Offset(time.Offset, 1)),
        'A' => Text(time, "dddd"),
        'a' => Text(time, "ddd"),
        'u' => Number(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek, 1),
        'w' => Number((int)time.DayOfWeek, 1),
        'G' => Number(ISOWeek.GetYear(time.DateTime), 4),
        'g' => Number(ISOWeek.GetYear(time.DateTime) % 100),
        'V' => Number(ISOWeek.GetWeekOfYear(time.DateTime)),
        'U' => Number((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7),
        'W' => Number((time.DayOfYear + 6 - ((int)time.DayOfWeek + 6) % 7) / 7),
        's' => Word(time.ToUnixTimeSeconds().ToString(English)),
        'n' => Word("\n"),
        't' => Word("\t"),
        '%' => Word("%"),
        'c' => Word($"{time.ToString("ddd MMM", English)} {time.Day.ToString(English),2} {time.ToString("HH:mm:ss yyyy", English)}"),
        'D' or 'x' => Text(time, "MM/dd/yy"),
        'F' => Text(time, "yyyy-MM-dd"),
        'v' => Word($"{time.Day.ToString(English),2}-{time.ToString("MMM-yyyy", English).ToUpperInvariant()}"),
        'X' or 'T' => Text(time, "HH:mm:ss"),
        'R' => Text(time, "HH:mm"),
        'r' => Text(time, "hh:mm:ss tt"),
        '+' => Word($"{time.ToString("ddd MMM", English)} {time.Day.ToString(English),2} {time.ToString("HH:mm:ss", English)} " +
            $"{(time.Offset == TimeSpan.Zero ? "UTC" : Offset(time.Offset, 1))} {time.ToString("yyyy", English)}"),
        _ => null,
    };

    static (string Value, int Digits, char Fill) Number(int number, int digits = 2, char fill = '0') =>
        (number.ToString(English), digits, fill);

    static (string Value, int Digits, char Fill) Word(string word) => (word, 0, ' ');

    static (string Value, int Digits, char Fill) Text(DateTimeOffset time, string format) => Word(time.ToString(format, English));

    static string Fraction(DateTimeOffset time, int digits) =>
        (time.Ticks % TimeSpan.TicksPerSecond).ToString("0000000", English) is var fraction && digits <= fraction.Length
            ? fraction[..digits]
            : fraction.PadRight(digits, '0');

    static string Offset(TimeSpan offset, int colons) =>
        (offset < TimeSpan.Zero ? "-" : "+") +
        offset.ToString(colons switch { 0 => "hhmm", 1 => @"hh\:mm", _ => @"hh\:mm\:ss" }, English);
}
