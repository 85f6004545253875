namespace Modular;

/// <summary>The one place where text becomes HTML: <c>&amp; &lt; &gt; ' "</c> become character references, nothing else changes.</summary>
static class HtmlEscape
{
    static readonly SearchValues<char> Special = SearchValues.Create("&<>'\"");

    /// <summary>The escaped text; the same string when nothing is to do.</summary>
    internal static string Escape(string text)
    {
        var first = IndexOfSpecial(text);
        if (first < 0) return text;
        var escaped = new ValueBuffer(text.Length + 16);
        escaped.Append(text.AsSpan(0, first));
        AppendTo(ref escaped, text.AsSpan(first));
        return escaped.ToStringAndReturn();
    }

    internal static int IndexOfSpecial(ReadOnlySpan<char> text) => text.IndexOfAny(Special);

    internal static void AppendTo(ref ValueBuffer buffer, ReadOnlySpan<char> text)
    {
        while (IndexOfSpecial(text) is var special and >= 0)
        {
            buffer.Append(text[..special]);
            buffer.Append(Reference(text[special]));
            text = text[(special + 1)..];
        }
        buffer.Append(text);
    }

    internal static void WriteTo(TextWriter writer, ReadOnlySpan<char> text)
    {
        while (IndexOfSpecial(text) is var special and >= 0)
        {
            writer.Write(text[..special]);
            writer.Write(Reference(text[special]));
            text = text[(special + 1)..];
        }
        writer.Write(text);
    }

    /// <summary>The reference of one of the five.</summary>
    // Numbers for the quotes, because &apos; is unknown to HTML 4 and &quot; is longer; as MarkupSafe.
    static string Reference(char special) => special switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&#34;",
        _ => "&#39;",
    };
}
