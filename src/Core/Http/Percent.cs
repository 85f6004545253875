using System.Buffers;
using System.Text;

namespace Modular;

/// <summary>Percent-encoding of UTF-8 text, RFC 3986 §2.1.</summary>
static class Percent
{
    const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /// <summary>What may stand in a path as it is, as in the URL standard's path segment set.</summary>
    internal static readonly SearchValues<char> PathSafe = Safe("!$&'()*+,/:;=@");

    /// <summary>A set of characters that stay as they are: letters, digits and <c>-._~</c> always, and those of <paramref name="more"/>.</summary>
    internal static SearchValues<char> Safe(string more) => SearchValues.Create(Unreserved + more);

    /// <summary>The text with everything outside <paramref name="safe"/> written as <c>%XX</c> of its UTF-8 bytes; the same string when nothing is to do.</summary>
    internal static string Encode(string text, SearchValues<char> safe)
    {
        if (!text.AsSpan().ContainsAnyExcept(safe)) return text;
        var builder = new StringBuilder(text.Length + 16);
        Append(builder, text, safe);
        return builder.ToString();
    }

    /// <summary>Appends what <see cref="Encode"/> gives. A lone surrogate becomes U+FFFD.</summary>
    internal static void Append(StringBuilder builder, ReadOnlySpan<char> text, SearchValues<char> safe)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(safe);
            if (plain != 0)
            {
                builder.Append(plain < 0 ? text : text[..plain]);
                if (plain < 0) return;
                text = text[plain..];
            }
            Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                builder.Append('%').Append("0123456789ABCDEF"[b >> 4]).Append("0123456789ABCDEF"[b & 15]);
            text = text[consumed..];
        }
    }

    /// <summary>The text with each <c>%XX</c> decoded as UTF-8, once. A malformed <c>%</c> stays; bytes that are no UTF-8 become U+FFFD.</summary>
    /// <param name="text">Encoded text; non-ASCII characters pass through.</param>
    /// <param name="plusIsSpace">True in queries and forms, where <c>+</c> means a space.</param>
    internal static string Decode(ReadOnlySpan<char> text, bool plusIsSpace = false)
    {
        if (!text.Contains('%') && !(plusIsSpace && text.Contains('+'))) return text.ToString();
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Encoding.UTF8.GetString(bytes, 0, DecodeBytes(text, bytes, plusIsSpace));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    static int DecodeBytes(ReadOnlySpan<char> text, Span<byte> bytes, bool plusIsSpace)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = (byte)(Hex(text[i + 1]) << 4 | Hex(text[i + 2]));
                i += 2;
            }
            else if (c == '+' && plusIsSpace) bytes[length++] = (byte)' ';
            else if (c < 0x80) bytes[length++] = (byte)c;
            else
            {
                Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed);
                length += rune.EncodeToUtf8(bytes[length..]);
                i += consumed - 1;
            }
        }
        return length;
    }

    static int Hex(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
