using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular;

/// <summary>Percent-decoding that leaves some characters encoded, because decoded they would mean something else.</summary>
static class PartialPercent
{
    /// <summary>Decodes into <paramref name="target"/>, which is at least as long as the text, and tells how much was written.</summary>
    /// <param name="text">Encoded text; a malformed <c>%</c> stays.</param>
    /// <param name="keep">ASCII characters that stay as <c>%XX</c>; bytes that are no UTF-8 stay as well.</param>
    /// <param name="target">May not overlap the text.</param>
    internal static int Decode(ReadOnlySpan<char> text, SearchValues<char> keep, Span<char> target)
    {
        var length = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOf('%');
            if (plain < 0) plain = text.Length;
            text[..plain].CopyTo(target[length..]);
            length += plain;
            text = text[plain..];
            if (text.IsEmpty) break;

            var encoded = DecodeRune(text, out var rune);
            if (encoded > 0 && !(rune.IsAscii && keep.Contains((char)rune.Value)))
            {
                length += rune.EncodeToUtf16(target[length..]);
                text = text[encoded..];
            }
            else
            {
                target[length++] = '%';
                text = text[1..];
            }
        }
        return length;
    }

    // The length of the %XX… that spell one character; 0 when they spell none.
    static int DecodeRune(ReadOnlySpan<char> text, out Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var count = 0;
        while (count < 4 && text.Length >= 3 * count + 3 && text[3 * count] == '%'
            && byte.TryParse(text.Slice(3 * count + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            utf8[count++] = octet;
        return Rune.DecodeFromUtf8(utf8[..count], out rune, out var consumed) == OperationStatus.Done ? 3 * consumed : 0;
    }
}
