using System.Buffers;
using System.Text;

namespace Modular;

/// <summary>Writes <c>Content-Disposition</c>: whether to show or to save, and under which name. RFC 6266.</summary>
static class ContentDisposition
{
    static readonly SearchValues<char> AttributeSafe = Percent.Safe("!#$&+^`|");

    // What the letters from U+00C0 to U+017F are without their accents; a blank where there is no such letter.
    const string BaseLetters =
        "AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy y" +
        "AaAaAaCcCcCcCcDd  EeEeEeEeEeGgGgGgGgHh  IiIiIiIiI   JjKk LlLlLlL" +
        "l  NnNnNnn  OoOoOo  RrRrRrSsSsSsSsTtTt  UuUuUuUuUuUuWwYyYZzZzZzs";

    internal static string Format(string name, bool asAttachment)
    {
        var header = new StringBuilder(asAttachment ? "attachment" : "inline").Append("; filename=");
        AppendQuoted(header, Simple(name));
        if (!IsSimple(name)) header.Append("; filename*=UTF-8''").Append(Percent.Encode(name, AttributeSafe));
        return header.ToString();
    }

    static bool IsSimple(string name) => !name.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // For clients that do not know filename*: accents fall off, everything else outside ASCII is left out.
    static string Simple(string name)
    {
        if (IsSimple(name)) return name;
        var simple = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            var letter = c is >= '\u00C0' and <= '\u017F' ? BaseLetters[c - '\u00C0'] : c;
            if (letter is > ' ' and <= '~' || c == ' ') simple.Append(letter);
        }
        return simple.ToString();
    }

    static void AppendQuoted(StringBuilder header, string value)
    {
        if (HttpToken.IsToken(value))
        {
            header.Append(value);
            return;
        }
        header.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\') header.Append('\\');
            header.Append(c);
        }
        header.Append('"');
    }
}
