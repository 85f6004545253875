using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular.Logging;

/// <summary>Escapes text from a request, so that it can't end a line of the log or change its reading order.</summary>
static class LogText
{
    const int Longest = 2048;

    static readonly SearchValues<char> Harmful = SearchValues.Create(Harm(""));
    static readonly SearchValues<char> HarmfulInQuotes = SearchValues.Create(Harm("\"\\"));

    /// <summary>
    /// Escapes control characters, line separators and bidirectional marks, for example as <c>\u000A</c>, and truncates long text. Usually
    /// returns the text itself.
    /// </summary>
    internal static string Clean(string text) => Clean(text, Harmful);

    /// <summary>
    /// The same as <see cref="Clean(string)"/>, for a quoted field: quotes and backslashes become <c>\u0022</c> and <c>\u005C</c>. A dash
    /// for empty text.
    /// </summary>
    internal static string Quotable(string? text) => string.IsNullOrEmpty(text) ? "-" : Clean(text, HarmfulInQuotes);

    static string Clean(string text, SearchValues<char> harmful)
    {
        if (text.Length <= Longest && !text.AsSpan().ContainsAny(harmful)) return text;
        var clean = new StringBuilder(Math.Min(text.Length, Longest) + 16);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, Longest)))
            if (harmful.Contains(c)) clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else clean.Append(c);
        if (text.Length > Longest) clean.Append('…');
        return clean.ToString();
    }

    static string Harm(string more)
    {
        var all = new StringBuilder(more);
        for (var c = '\0'; c < '\u00A0'; c++)
            if (char.IsControl(c)) all.Append(c);
        return all.Append("\u2028\u2029\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF").ToString();
    }
}
