namespace Modular;

/// <summary>Reads header values that are lists, RFC 9110 §5.6.1.</summary>
static class HeaderList
{
    /// <summary>The items between commas, trimmed, without empty ones; a comma inside quotes parts nothing.</summary>
    /// <returns>An item that is quoted as a whole comes without its quotes and escapes. Nothing at all when a quote is left open.</returns>
    internal static List<string> Parse(string? header)
    {
        var items = new List<string>();
        var rest = header.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = ItemLength(rest);
            if (length < 0) return [];
            if (rest[..length].Trim(HttpToken.Blanks) is { IsEmpty: false } item) items.Add(Unquote(item));
            rest = length < rest.Length ? rest[(length + 1)..] : [];
        }
        return items;
    }

    /// <summary>The text between quotes with <c>\"</c> and <c>\\</c> undone; anything else as it is.</summary>
    internal static string Unquote(ReadOnlySpan<char> text)
    {
        if (text is not ['"', .. var inner, '"']) return text.ToString();
        if (!inner.Contains('\\')) return inner.ToString();
        var builder = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length && inner[i + 1] is '\\' or '"') i++;
            builder.Append(inner[i]);
        }
        return builder.ToString();
    }

    // GetCommaSeparatedValues keeps escapes, and what follows an open quote: http_functions.json parse_list_header "a\"b", c and "d, e.
    static int ItemLength(ReadOnlySpan<char> text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            else if (quoted && text[i] == '\\') i++;
            else if (!quoted && text[i] == ',') return i;
        }
        return quoted ? -1 : text.Length;
    }
}
