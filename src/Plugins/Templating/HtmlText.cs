using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Modular.Templating;

/// <summary>Converts HTML to plain text, in linear time.</summary>
public static partial class HtmlText
{
    extension(Markup markup)
    {
        /// <summary>Plain text: without comments and tags, whitespace collapsed to single spaces, character references resolved.</summary>
        /// <remarks>The result is text, not HTML, and may contain <c>&lt;</c>. Escape it before you put it into a page.</remarks>
        public string StripTags() => StripTags(markup.ToString());

        /// <summary>Plain text: with character references resolved, numeric ones and those named by HTML 4.</summary>
        public string Unescape() => Unescape(markup.ToString());
    }

    const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    static string StripTags(string html) => Unescape(Blanks.Replace(RemoveTags(RemoveComments(html)), _ => " ").Trim(' '));

    // The text around a removed comment may form a new "<!--", so the end of the output is checked, not the input.
    static string RemoveComments(string html)
    {
        var kept = new StringBuilder(html.Length);
        for (var i = 0; i < html.Length; i++)
        {
            kept.Append(html[i]);
            if (html[i] != '-' || kept.Length < 4 || kept[^4] != '<' || kept[^3] != '!' || kept[^2] != '-') continue;
            // The dashes of "<!--" may also be those of "-->": "<!-->" is a whole comment, and "<!--->" as well.
            var rest = html.AsSpan(i + 1);
            var end = rest.StartsWith(">") ? 0 : rest.StartsWith("->") ? 1 : rest.IndexOf("-->") is >= 0 and var dashes ? dashes + 2 : -1;
            if (end < 0) return kept.Append(rest).ToString();
            kept.Length -= 4;
            i += end + 1;
        }
        return kept.ToString();
    }

    // Behind each ">" a new part starts, and a tag is the end of a part.
    static string RemoveTags(string html) => html.Split('>') is [.. var parts, var rest]
        ? string.Concat(parts.Select(part => part.IndexOf('<') is >= 0 and var tag ? part[..tag] : $"{part}>")) + rest : html;

    static string Unescape(string html) => Reference.Replace(html, Resolved);

    static string Resolved(Match reference)
    {
        if (reference.Groups["hex"] is { Success: true } hex) return Character(hex.ValueSpan, NumberStyles.HexNumber);
        if (reference.Groups["number"] is { Success: true } number) return Character(number.ValueSpan, NumberStyles.None);
        var name = reference.Groups["name"].Value;
        if (reference.Value.EndsWith(';') && Named(name) is { } characters) return characters;
        // Latin-1 names also count without their semicolon: "&lt" of tests/Vectors/escape.json, which the framework doesn't decode.
        for (var length = Math.Min(name.Length, "frac12".Length); length >= 2; length--)
            if (Named(name[..length]) is [<= 'ÿ' and not '\''] legacy) return legacy + reference.Value[(length + 1)..];
        return reference.Value;
    }

    static string? Named(string name) => WebUtility.HtmlDecode($"&{name};") is var text && text.Length < name.Length + 2 ? text : null;

    static string Character(ReadOnlySpan<char> digits, NumberStyles style)
    {
        if (!int.TryParse(digits, style, CultureInfo.InvariantCulture, out var codePoint) || codePoint == 0 || !Rune.IsValid(codePoint))
            return "\uFFFD";
        return codePoint switch
        {
            // As in every browser, the numbers of the C1 controls are those of Windows-1252. (Its encoding takes 0.7 MB of an AOT program.)
            >= 0x80 and <= 0x9F => $"{Windows1252[codePoint - 0x80]}",
            // Controls and non-characters: the reference disappears.
            < 0x20 and not ('\t' or '\n' or '\f' or '\r') or 0x7F or (>= 0xFDD0 and <= 0xFDEF) => "",
            _ => (codePoint & 0xFFFE) == 0xFFFE ? "" : new Rune(codePoint).ToString(),
        };
    }

    [GeneratedRegex(@"[\s\x1C-\x1F]+")]
    static partial Regex Blanks { get; }

    // No name of HTML 4 has more than eight letters.
    [GeneratedRegex(@"&(#([xX](?<hex>[0-9a-fA-F]+)|(?<number>[0-9]+))|(?<name>[^\t\n\f <&#;]{2,8}));?", RegexOptions.ExplicitCapture)]
    static partial Regex Reference { get; }
}
