namespace Modular;

/// <summary>From HTML back to plain text, each in one pass over its input.</summary>
static class HtmlText
{
    const int LongestName = 8;
    const int LongestLegacyName = 6;
    const string CommentStart = "<!--";
    const string CommentEnd = "-->";
    static readonly SearchValues<char> EndsName = SearchValues.Create("\t\n\f <&#;");

    /// <summary>Comments go first, then tags; whitespace collapses; then references are resolved. As MarkupSafe's <c>striptags</c>.</summary>
    internal static string StripTags(string html) => Unescape(CollapseWhitespace(RemoveTags(RemoveComments(html))));

    // What a removed comment leaves may join into a new "<!--", so the end of the output is looked at, not the input.
    static string RemoveComments(string html)
    {
        if (!html.Contains(CommentStart, StringComparison.Ordinal)) return html;
        var kept = new ValueBuffer(html.Length);
        for (var i = 0; i < html.Length; i++)
        {
            kept.Append(html[i]);
            if (html[i] != '-' || !kept.Written.EndsWith(CommentStart)) continue;
            var end = EndOfComment(html, i + 1);
            if (end < 0)
            {
                kept.Append(html.AsSpan(i + 1));
                break;
            }
            kept.Truncate(kept.Length - CommentStart.Length);
            i = end - 1;
        }
        return kept.ToStringAndReturn();
    }

    // The dashes of "<!--" may be those of "-->" too: "<!-->" is a whole comment, and "<!--->" as well.
    static int EndOfComment(string html, int afterStart)
    {
        var rest = html.AsSpan(afterStart);
        if (rest.StartsWith(">")) return afterStart + 1;
        if (rest.StartsWith("->")) return afterStart + 2;
        var end = html.IndexOf(CommentEnd, afterStart, StringComparison.Ordinal);
        return end < 0 ? -1 : end + CommentEnd.Length;
    }

    static string RemoveTags(string html)
    {
        if (!html.Contains('<')) return html;
        var kept = new ValueBuffer(html.Length);
        var rest = html.AsSpan();
        while (rest.IndexOf('<') is var start and >= 0 && rest[start..].IndexOf('>') is var length and >= 0)
        {
            kept.Append(rest[..start]);
            rest = rest[(start + length + 1)..];
        }
        kept.Append(rest);
        return kept.ToStringAndReturn();
    }

    static string CollapseWhitespace(string text)
    {
        var kept = new ValueBuffer(text.Length);
        var spaceIsDue = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || c is >= '\x1C' and <= '\x1F')
            {
                spaceIsDue = kept.Length > 0;
                continue;
            }
            if (spaceIsDue) kept.Append(' ');
            spaceIsDue = false;
            kept.Append(c);
        }
        return kept.ToStringAndReturn();
    }

    /// <summary>Resolves <c>&amp;name;</c>, <c>&amp;#1;</c> and <c>&amp;#x1;</c> once, as a browser does; what is no reference stays.</summary>
    internal static string Unescape(string html)
    {
        if (!html.Contains('&')) return html;
        var text = new ValueBuffer(html.Length);
        var rest = html.AsSpan();
        while (rest.IndexOf('&') is var ampersand and >= 0)
        {
            text.Append(rest[..ampersand]);
            rest = rest[(ampersand + 1)..];
            var used = rest.StartsWith("#") ? AppendNumbered(ref text, rest) : AppendNamed(ref text, rest);
            if (used == 0) text.Append('&');
            rest = rest[used..];
        }
        text.Append(rest);
        return text.ToStringAndReturn();
    }

    static int AppendNamed(ref ValueBuffer text, ReadOnlySpan<char> rest)
    {
        var end = rest[..Math.Min(rest.Length, LongestName + 1)].IndexOfAny(EndsName);
        if (end > 0 && rest[end] == ';' && Named(rest[..end]) is { } characters)
        {
            text.Append(characters);
            return end + 1;
        }
        // Names of Latin-1 count without their semicolon too: "&lt" of tests/Vectors/escape.json, which the framework leaves as it is.
        var longest = Math.Min(end < 0 ? rest.Length : end, LongestLegacyName);
        for (var length = longest; length >= 2; length--)
            if (Named(rest[..length]) is [<= 'ÿ' and not '\''] legacy)
            {
                text.Append(legacy);
                return length;
            }
        return 0;
    }

    // The characters behind a name that HTML 4 has; null for others.
    static string? Named(ReadOnlySpan<char> name) => WebUtility.HtmlDecode($"&{name};") is var text && text.Length < name.Length + 2 ? text : null;

    static int AppendNumbered(ref ValueBuffer text, ReadOnlySpan<char> rest)
    {
        var isHex = rest.Length > 1 && rest[1] is 'x' or 'X';
        var start = isHex ? 2 : 1;
        var end = start;
        while (end < rest.Length && (isHex ? char.IsAsciiHexDigit(rest[end]) : char.IsAsciiDigit(rest[end]))) end++;
        if (end == start) return 0;

        var style = isHex ? NumberStyles.HexNumber : NumberStyles.None;
        var isSmall = int.TryParse(rest[start..end], style, CultureInfo.InvariantCulture, out var codePoint) && codePoint >= 0;
        AppendCodePoint(ref text, isSmall ? codePoint : int.MaxValue);
        return end < rest.Length && rest[end] == ';' ? end + 1 : end;
    }

    static void AppendCodePoint(ref ValueBuffer text, int codePoint)
    {
        if (codePoint is >= 0x80 and <= 0x9F) text.Append(Windows1252[codePoint - 0x80]);
        else if (codePoint == 0 || !Rune.IsValid(codePoint)) text.Append('\uFFFD');
        else if (!IsForbidden(codePoint)) text.Append(new Rune(codePoint).ToString());
    }

    // Numbers of the C1 controls mean what they mean in Windows-1252, as in every browser.
    const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    // Controls and non-characters: the reference disappears.
    static bool IsForbidden(int codePoint) =>
        codePoint is < 0x20 and not ('\t' or '\n' or '\f' or '\r') or 0x7F or (>= 0xFDD0 and <= 0xFDEF) || (codePoint & 0xFFFE) == 0xFFFE;
}
