namespace Modular;

/// <summary>Reads the <c>Cookie</c> header as browsers and Flask write it, which is looser than RFC 6265 §4.2.1.</summary>
static class RequestCookies
{
    const string Where = "Request.Cookies";

    static readonly MultiDict None = new([], Where);

    /// <summary>The cookies in the order in which they were sent; a cookie without a name is left out, and one whose name holds white space other than spaces.</summary>
    /// <param name="header">
    /// <c>name=value</c> parted by <c>;</c>. A quoted value loses its quotes and its escapes, <c>\"</c> and octal <c>\303</c> (UTF-8 bytes);
    /// inside quotes <c>;</c> is part of the value. A name without <c>=</c> has an empty value.
    /// </param>
    internal static MultiDict Parse(StringValues header)
    {
        if (header.Count == 0) return None;
        var cookies = new List<KeyValuePair<string, string>>();
        foreach (var line in header)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty) rest = ParseOne(rest, cookies);
        }
        return new MultiDict([.. cookies], Where);
    }

    // Takes the first cookie off the text and gives what is left of it.
    static ReadOnlySpan<char> ParseOne(ReadOnlySpan<char> text, List<KeyValuePair<string, string>> cookies)
    {
        var end = text.IndexOfAny('=', ';');
        var name = (end < 0 ? text : text[..end]).Trim(HttpToken.Blanks);
        ReadOnlySpan<char> value = [];
        var rest = end < 0 ? [] : text[(end + 1)..];
        if (end >= 0 && text[end] == '=')
        {
            rest = rest.TrimStart(HttpToken.Blanks);
            var length = ValueLength(rest);
            value = rest[..length].TrimEnd(HttpToken.Blanks);
            rest = length < rest.Length ? rest[(length + 1)..] : [];
        }
        if (IsName(name)) cookies.Add(new(name.ToString(), Unquote(value)));
        return rest;
    }

    // A name with other white space or a control character in it is not one that a browser set: "\u00A0__Host-id" must not pass for "__Host-id",
    // neither here nor in what reads the name next.
    static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
            if (char.IsControl(c) || (c != ' ' && char.IsSeparator(c))) return false;
        return !name.IsEmpty;
    }

    // Up to the next semicolon that is not inside a quoted value.
    static int ValueLength(ReadOnlySpan<char> text)
    {
        if (ClosingQuote(text) is > 0 and var closing)
        {
            var after = text[(closing + 1)..].TrimStart(HttpToken.Blanks);
            if (after.IsEmpty || after[0] == ';') return text.Length - after.Length;
        }
        var semicolon = text.IndexOf(';');
        return semicolon < 0 ? text.Length : semicolon;
    }

    static int ClosingQuote(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '"') return -1;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"') return i;
            if (text[i] == '\\') i++;
        }
        return -1;
    }

    static string Unquote(ReadOnlySpan<char> value)
    {
        if (value is not ['"', .. var inner, '"']) return value.ToString();
        if (!inner.Contains('\\')) return inner.ToString();
        // Escapes are bytes of UTF-8, so the text is put together as bytes.
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(inner.Length)];
        var length = 0;
        while (!inner.IsEmpty)
        {
            if (inner is ['\\', >= '0' and <= '3' and var a, >= '0' and <= '7' and var b, >= '0' and <= '7' and var c, ..])
            {
                bytes[length++] = (byte)((a - '0') << 6 | (b - '0') << 3 | (c - '0'));
                inner = inner[4..];
                continue;
            }
            if (inner is ['\\', _, ..]) inner = inner[1..];
            Rune.DecodeFromUtf16(inner, out var rune, out var consumed);
            length += rune.EncodeToUtf8(bytes.AsSpan(length));
            inner = inner[consumed..];
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
