using System.Buffers.Binary;

namespace Modular.Uploads;

/// <summary>The byte order mark and the leading blanks of a text, which don't affect its type.</summary>
static class LeadingBlanks
{
    const char Mark = '\uFEFF';

    /// <summary>Their length in bytes, in the encoding of the byte order mark.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> head)
    {
        var length = 0;
        if (head is [0xFF, 0xFE, ..])
            while (length + 2 <= head.Length && IsBlank((char)BinaryPrimitives.ReadUInt16LittleEndian(head[length..]))) length += 2;
        else if (head is [0xFE, 0xFF, ..])
            while (length + 2 <= head.Length && IsBlank((char)BinaryPrimitives.ReadUInt16BigEndian(head[length..]))) length += 2;
        else
            while (length < head.Length)
                if (IsBlank((char)head[length])) length++;
                else if (head[length..] is [0xEF, 0xBB, 0xBF, ..]) length += 3;
                else break;
        return length;
    }

    /// <summary>Removes all leading blanks except the first. The type of the rest is the same.</summary>
    /// <returns>The number of bytes left.</returns>
    internal static int Shorten(Span<byte> head)
    {
        var length = LengthOf(head);
        var kept = head switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => 2,
            [0xEF, 0xBB, 0xBF, ..] => 3,
            _ => 1,
        };
        if (length <= kept) return head.Length;
        head[length..].CopyTo(head[kept..]);
        return head.Length - length + kept;
    }

    static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r' or Mark;
}
