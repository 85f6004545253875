using System.Buffers;
using System.Buffers.Text;

namespace Modular.Sessions;

/// <summary>
/// Reads base64url without padding as leniently as Python: other characters are skipped, and both alphabets are accepted.
/// </summary>
static class Base64Text
{
    static readonly SearchValues<byte> UrlAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>The bytes of base64url text. Null when the text ends in the middle of a byte.</summary>
    internal static byte[]? DecodeUrl(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAnyExcept(UrlAlphabet) && text.Length % 4 != 1)
        {
            var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
            if (Base64Url.DecodeFromUtf8(text, bytes, out _, out _) == OperationStatus.Done) return bytes;
        }
        // itsdangerous pads by the length of the text, including skipped characters.
        return DecodeLoosely(text, (4 - text.Length % 4) % 4, isUrl: true);
    }

    /// <summary>The bytes of standard base64 with padding. Null when the padding is missing.</summary>
    internal static byte[]? Decode(ReadOnlySpan<byte> text) => DecodeLoosely(text, 0, isUrl: false);

    // RFC 2045, as in Python's binascii: characters outside the alphabet are skipped, and the padding that completes a group ends the text.
    static byte[]? DecodeLoosely(ReadOnlySpan<byte> text, int padding, bool isUrl)
    {
        var bytes = new List<byte>(text.Length);
        int group = 0, left = 0, pads = 0;
        for (var i = 0; i < text.Length + padding; i++)
        {
            var c = i < text.Length ? text[i] : (byte)'=';
            if (c == '=')
            {
                if (group >= 2 && group + ++pads >= 4) return [.. bytes];
                continue;
            }
            var value = ValueOf(c, isUrl);
            if (value < 0) continue;
            pads = 0;
            if (group > 0) bytes.Add((byte)(left << (2 * group) | value >> (6 - 2 * group)));
            left = value & ((1 << (6 - 2 * group)) - 1);
            group = (group + 1) % 4;
        }
        return group == 0 ? [.. bytes] : null;
    }

    static int ValueOf(byte c, bool isUrl) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        (byte)'-' when isUrl => 62,
        (byte)'_' when isUrl => 63,
        _ => -1,
    };
}
