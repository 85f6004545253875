using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>Reads dates of HTTP headers, <c>Sun, 06 Nov 1994 08:49:37 GMT</c>, also in the two old forms: RFC 9110 §5.6.7.</summary>
static class HttpDate
{
    internal static DateTimeOffset? Parse(string? text)
    {
        // The framework refuses a wrong weekday, and takes other blanks: http_functions.json parse_date "Mon, 06 Nov 1994", RFC 9110 §5.6.3.
        text = text?[(text.IndexOf(',', StringComparison.Ordinal) + 1)..].Replace('-', ' ').Replace(" UTC", " GMT", StringComparison.Ordinal).Trim(' ', '\t');
        return !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && HeaderUtilities.TryParseDate(text, out var date) ? date : null;
    }
}
