using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Modular.Uploads;

/// <summary>
/// Distinguishes markup from plain text: markup that a browser would run, anywhere in the text, and content that PDF and PostScript
/// readers would open.
/// </summary>
/// <remarks>
/// The WHATWG MIME sniffing standard, §7.1, checks only a few tags at the start. This class checks every element that browsers know, as
/// HTML's tokenizer does: a blank, a slash or <c>&gt;</c> follows the name.
/// </remarks>
static partial class MarkupSniffer
{
    // PDF readers search for the signature in the first 1024 bytes.
    const int PdfLength = 1024;

    static readonly FrozenSet<string> Elements = (
        "a abbr acronym address animate applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br " +
        "button canvas caption center cite code col colgroup " +
        "command content data datalist dd del details dfn dialog dir div dl dt element em embed fencedframe fieldset figcaption figure " +
        "font footer foreignobject form frame frameset " +
        "h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main " +
        "map mark marquee math menu menuitem meta meter " +
        "multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param permission picture plaintext " +
        "portal pre progress q rb rbc rp rt rtc ruby s samp script search section " +
        "select selectedcontent set shadow slot small source spacer span strike strong style sub summary sup svg table tbody td " +
        "template textarea tfoot th thead time title tr track tt u ul " +
        "var video wbr xml xmp").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static readonly SearchValues<char> Terminators = SearchValues.Create(" \t\n\f\r/>");

    internal static string TypeOf(string content)
    {
        var text = content.AsSpan().TrimStart("\uFEFF \t\n\f\r");
        var isXml = text.StartsWith("<?xml", StringComparison.Ordinal);
        var isMarkup = text is ['<', '!' or '?' or '/', ..];
        for (var rest = text; Next(ref rest) is { IsEmpty: false } tag;)
        {
            var isFirst = tag.Length == text.Length;
            var name = tag[1..NameEnd(tag)];
            var local = name[(name.LastIndexOf(':') + 1)..];
            if (local.Equals("svg", StringComparison.OrdinalIgnoreCase)) return "image/svg+xml";
            // Other XML also has names such as title and link, but not these.
            var runs = isXml
                ? local is "html" or "script" or "iframe" or "embed"
                : isMarkup || IsElement(name, local) || Runs(tag, name.Length + 1, isFirst);
            if (runs) return "text/html";
        }
        return isXml ? Xml(text) : isMarkup ? "text/html" : Other(text);
    }

    // The next start tag with everything after it. Empty when there is none. Comments, declarations and instructions are skipped.
    static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        while (rest.IndexOf('<') is >= 0 and var start)
        {
            rest = rest[start..];
            var tag = rest;
            var end = tag switch
            {
                ['<', '!', '-', '-', ..] => tag.IndexOf("-->", StringComparison.Ordinal),
                ['<', '!' or '?' or '/', ..] => tag.IndexOf('>'),
                _ => 0,
            };
            rest = rest[Math.Max(1, end)..];
            if (tag is ['<', var letter, ..] && char.IsAsciiLetter(letter)) return tag;
        }
        return [];
    }

    static int NameEnd(ReadOnlySpan<char> tag) => tag.IndexOfAny(Terminators) is >= 0 and var end ? end : tag.Length;

    // A namespace prefix can turn any element into an HTML element.
    static bool IsElement(ReadOnlySpan<char> name, ReadOnlySpan<char> local)
    {
        var elements = Elements.GetAlternateLookup<ReadOnlySpan<char>>();
        return elements.Contains(name) || elements.Contains(local);
    }

    // An unknown element runs only its event attributes. A text that starts with an unknown element is markup in any case.
    static bool Runs(ReadOnlySpan<char> tag, int from, bool isFirst)
    {
        var close = tag.IndexOf('>');
        var attributes = tag[Math.Min(from, tag.Length)..(close < 0 ? tag.Length : Math.Max(from, close))];
        return Handler().IsMatch(attributes) || isFirst && attributes.Contains('=');
    }

    static string Xml(ReadOnlySpan<char> text) =>
        text.Contains("www.w3.org/1999/xhtml", StringComparison.OrdinalIgnoreCase) ? "text/html"
        : text.Contains("www.w3.org/2000/svg", StringComparison.OrdinalIgnoreCase) ? "image/svg+xml" : "text/xml";

    static string Other(ReadOnlySpan<char> text)
    {
        foreach (var line in text[..Math.Min(text.Length, PdfLength)].EnumerateLines())
            if (line.TrimStart(" \t").StartsWith("%PDF-", StringComparison.Ordinal)) return "application/pdf";
        return text.StartsWith("%!", StringComparison.Ordinal) ? "application/postscript"
            : text.StartsWith("#!", StringComparison.Ordinal) ? "text/x-script"
            : text.StartsWith("{\\rtf", StringComparison.Ordinal) ? "application/rtf"
            : "text/plain";
    }

    [GeneratedRegex("""[\s/"']on[a-z]+\s*=""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Handler();
}
