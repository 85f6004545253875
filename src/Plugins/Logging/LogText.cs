using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular.Logging;

/// <summary>Makes text of a request harmless: nothing in it can end a line of the log, or show it in another order than it is.</summary>
static class LogText
{
    const int Longest = 2048;

    static readonly SearchValues<char> Harmful = SearchValues.Create(Harm(""));
    static readonly SearchValues<char> HarmfulInQuotes = SearchValues.Create(Harm("\"\\"));

    /// <summary>Controls, line separators and marks that turn the direction of writing become <c>\u000A</c>; what is too long is cut. Mostly it is the text itself.</summary>
    internal static string Clean(string text) => Clean(text, Harmful);

    /// <summary>As <see cref="Clean(string)"/>, for a field between quotes: those and backslashes become <c>\u0022</c> and <c>\u005C</c>. A dash when there is no text.</summary>
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
