using System.Buffers;
using System.Buffers.Text;

namespace Modular.Sessions;

/// <summary>base64url without padding, read as loosely as Python reads it: foreign characters are passed over, both alphabets are taken.</summary>
static class Base64Text
{
    static readonly SearchValues<byte> UrlAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>The bytes of base64url text.</summary>
    /// <param name="text">ASCII.</param>
    /// <param name="bytes">Room for three quarters of the text.</param>
    /// <param name="written">Bytes written.</param>
    /// <returns>False when the text ends inside of a byte.</returns>
    internal static bool TryDecodeUrl(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        if (!text.ContainsAnyExcept(UrlAlphabet)
            && Base64Url.DecodeFromUtf8(text, bytes, out _, out written) == OperationStatus.Done) return true;
        // itsdangerous pads by the text's length, foreign characters included.
        return TryDecodeLoosely(text, (4 - text.Length % 4) % 4, isUrl: true, bytes, out written);
    }

    /// <summary>The bytes of standard base64, which has to bring its own padding.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int written) =>
        TryDecodeLoosely(text, 0, isUrl: false, bytes, out written);

    // RFC 2045's rule, as Python's binascii has it: what is not in the alphabet is passed over, the padding that completes a group ends the text.
    static bool TryDecodeLoosely(ReadOnlySpan<byte> text, int padding, bool isUrl, Span<byte> bytes, out int written)
    {
        written = 0;
        int group = 0, left = 0, pads = 0;
        for (var i = 0; i < text.Length + padding; i++)
        {
            var c = i < text.Length ? text[i] : (byte)'=';
            if (c == '=')
            {
                if (group >= 2 && group + ++pads >= 4) return true;
                continue;
            }
            var value = ValueOf(c, isUrl);
            if (value < 0) continue;
            pads = 0;
            if (group > 0) bytes[written++] = (byte)(left << (2 * group) | value >> (6 - 2 * group));
            left = value & ((1 << (6 - 2 * group)) - 1);
            group = (group + 1) % 4;
        }
        return group == 0;
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
