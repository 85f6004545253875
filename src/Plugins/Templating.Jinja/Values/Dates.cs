using System.Globalization;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Dates and times as Python writes them.</summary>
static class Dates
{
    const int TicksPerMicrosecond = 10;

    internal static string? Text(object? value) => value switch
    {
        DateTime time => $"{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}{Fraction(time.Ticks)}",
        DateTimeOffset time =>
            $"{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}{Fraction(time.Ticks)}{Offset(time.Offset, ":")}",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => $"{time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}{Fraction(time.Ticks)}",
        TimeSpan span => Span(span),
        _ => null,
    };

    internal static string? Repr(object? value) => value switch
    {
        DateTime time => $"datetime.datetime({Numbers(time, time.Ticks)})",
        DateTimeOffset time => $"datetime.datetime({Numbers(time.DateTime, time.Ticks)}, tzinfo=datetime.timezone.utc)",
        DateOnly day => day.ToString("'datetime.date('yyyy, M, d')'", CultureInfo.InvariantCulture),
        _ => null,
    };

    static string Numbers(DateTime time, long ticks)
    {
        var text = time.ToString("yyyy, M, d, H, m", CultureInfo.InvariantCulture);
        var micro = ticks / TicksPerMicrosecond % 1_000_000;
        return micro > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}, {time.Second}, {micro}")
            : time.Second > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}, {time.Second}") : text;
    }

    static string Fraction(long ticks) => ticks / TicksPerMicrosecond % 1_000_000 is var micro and not 0
        ? string.Create(CultureInfo.InvariantCulture, $".{micro:000000}") : "";

    static string Offset(TimeSpan offset, string colon) =>
        string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh}{colon}{offset:mm}");

    static string Span(TimeSpan span)
    {
        var days = (long)Math.Floor(span.TotalDays);
        var rest = span - TimeSpan.FromDays(days);
        var text = string.Create(CultureInfo.InvariantCulture, $"{rest.Hours}:{rest.Minutes:00}:{rest.Seconds:00}{Fraction(rest.Ticks)}");
        return days == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, {text}");
    }

    internal static bool TryMember(object value, string name, out object? member)
    {
        member = (value, name) switch
        {
            (DateTime or DateTimeOffset or DateOnly or TimeOnly, "strftime") => new Method(Signature.Of("strftime(format)"), value,
                (state, target, a) => state.Make(Format(target!, Py.Str(a[0], state)))),
            (DateTime or DateTimeOffset or DateOnly or TimeOnly, "isoformat") => new Method(Signature.Of("isoformat(sep='T')"), value,
                (_, target, a) => Text(target)!.Replace(" ", Py.Str(a[0]), StringComparison.Ordinal)),
            (DateTime or DateTimeOffset or DateOnly, "weekday") => new Method(Signature.Of("weekday()"), value,
                (_, target, _) => Num.Box(((int)Moment(target!).DayOfWeek + 6) % 7)),
            (DateTime or DateTimeOffset or DateOnly, "isoweekday") => new Method(Signature.Of("isoweekday()"), value,
                (_, target, _) => Num.Box(((int)Moment(target!).DayOfWeek + 6) % 7 + 1)),
            (DateTime or DateTimeOffset, "date") => new Method(Signature.Of("date()"), value,
                (_, target, _) => DateOnly.FromDateTime(Moment(target!))),
            (DateTime or DateTimeOffset, "time") => new Method(Signature.Of("time()"), value,
                (_, target, _) => TimeOnly.FromDateTime(Moment(target!))),
            (DateTime or DateTimeOffset, "timestamp") => new Method(Signature.Of("timestamp()"), value,
                (_, target, _) => (target is DateTimeOffset at ? at
                    : new DateTimeOffset((DateTime)target!)).ToUnixTimeMilliseconds() / 1000d),
            (TimeSpan span, "days") => Num.Box((long)Math.Floor(span.TotalDays)),
            (TimeSpan span, "seconds") => Num.Box((long)Math.Floor((span - TimeSpan.FromDays(Math.Floor(span.TotalDays))).TotalSeconds)),
            (TimeSpan, "total_seconds") => new Method(Signature.Of("total_seconds()"), value,
                (_, target, _) => ((TimeSpan)target!).TotalSeconds),
            _ => null,
        };
        return member is not null;
    }

    static DateTime Moment(object value) => value switch
    {
        DateTime time => time,
        DateTimeOffset time => time.DateTime,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        TimeOnly time => new DateTime(1900, 1, 1).Add(time.ToTimeSpan()),
        _ => throw new JinjaError("The value isn't a date."),
    };

    /// <summary>The date in a format of <c>strftime</c>.</summary>
    static string Format(object value, string format)
    {
        var time = Moment(value);
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }
            var isShort = format[i + 1] == '-' && i + 2 < format.Length;
            if (isShort) i++;
            var part = Part(value, time, format[++i]) ?? $"%{(isShort ? "-" : "")}{format[i]}";
            text.Append(isShort ? part.TrimStart('0') is { Length: > 0 } digits ? digits : part[^1..] : part);
        }
        return text.ToString();
    }

    static string? Part(object value, DateTime time, char directive)
    {
        return directive switch
        {
            'Y' => Of("yyyy"),
            'm' => Of("MM"),
            'd' => Of("dd"),
            'H' => Of("HH"),
            'M' => Of("mm"),
            'S' => Of("ss"),
            'y' => Of("yy"),
            'B' => Of("MMMM"),
            'b' or 'h' => Of("MMM"),
            'A' => Of("dddd"),
            'a' => Of("ddd"),
            'I' => Of("hh"),
            'p' => time.Hour < 12 ? "AM" : "PM",
            'f' => Of("ffffff"),
            'F' => Of("yyyy-MM-dd"),
            'T' => Of("HH:mm:ss"),
            'R' => Of("HH:mm"),
            'D' or 'x' => Of("MM/dd/yy"),
            'X' => Of("HH:mm:ss"),
            'r' => $"{Of("hh:mm:ss")} {Part(value, time, 'p')}",
            'c' => $"{Of("ddd MMM")} {Padded(time.Day, 2, ' ')} {Of("HH:mm:ss yyyy")}",
            'e' => Padded(time.Day, 2, ' '),
            'j' => Padded(time.DayOfYear, 3),
            'w' => Padded((int)time.DayOfWeek, 1),
            'u' => Padded(((int)time.DayOfWeek + 6) % 7 + 1, 1),
            'U' => Padded((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7, 2),
            'W' => Padded((time.DayOfYear + 6 - ((int)time.DayOfWeek + 6) % 7) / 7, 2),
            'V' => Padded(ISOWeek.GetWeekOfYear(time), 2),
            'G' => Padded(ISOWeek.GetYear(time), 4),
            'z' => value is DateTimeOffset at ? Offset(at.Offset, "") : "",
            'Z' => value is DateTimeOffset ? "UTC" : "",
            'C' => Padded(time.Year / 100, 2),
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            _ => null,
        };

        string Of(string format) => time.ToString(format, CultureInfo.InvariantCulture);

        static string Padded(int number, int width, char with = '0') =>
            number.ToString(CultureInfo.InvariantCulture).PadLeft(width, with);
    }
}
