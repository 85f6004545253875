using System.Buffers.Binary;

namespace Modular.Sessions;

/// <summary>A text as its bytes, and as repeats of what came before in it (LZ77).</summary>
/// <remarks>Made once, and used for one text after the other. Thread: for one at a time.</remarks>
sealed class Repeats
{
    internal const int MaxLength = 258;

    // A repeat of three bytes costs as much as they do, unless it is near.
    const int MinLength = 3;
    const int Near = 32;

    // Four bytes are read to look at three, so a text's last three are taken as they are.
    const int ReadLength = 4;
    const int HashBits = 10;

    // A repeat of 16 is not given up for a longer one that starts a byte later, as in zlib's level 6.
    const int GoodLength = 16;
    const int LongestChain = 128;

    readonly uint[] _tokens = new uint[ShortZlib.MaxLength];
    readonly ushort[] _latest = new ushort[1 << HashBits];
    readonly ushort[] _before = new ushort[ShortZlib.MaxLength];
    int _count;

    /// <summary>A byte as it is; a repeat as 65536 × length + distance - 1.</summary>
    internal ReadOnlySpan<uint> Tokens => _tokens.AsSpan(0, _count);

    internal static int Length(uint token) => (int)(token >> 16);

    internal static int Distance(uint token) => (int)(token & 0xFFFF) + 1;

    internal void Find(ReadOnlySpan<byte> text)
    {
        Array.Clear(_latest);
        _count = 0;
        var end = text.Length - ReadLength;
        var (at, length, distance) = (0, 0, 0);
        while (at <= end)
        {
            if (length == 0) (length, distance) = Longest(text, at);
            if (length == 0)
            {
                Add(text[at++]);
                continue;
            }
            // One that starts at the next byte may be longer.
            var looksAhead = at < end && length < GoodLength;
            var next = looksAhead ? Longest(text, at + 1) : default;
            if (next.Length > length)
            {
                Add(text[at++]);
                (length, distance) = next;
                continue;
            }
            Add((uint)(length << 16 | (distance - 1)));
            for (var inside = at + (looksAhead ? 2 : 1); inside <= Math.Min(at + length - 1, end); inside++) Remember(text, inside);
            at += length;
            length = 0;
        }
        for (; at < text.Length; at++) Add(text[at]);
    }

    void Add(uint token) => _tokens[_count++] = token;

    // The latest place where the same hash was met, plus one.
    int Remember(ReadOnlySpan<byte> text, int at)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(text[at..]) << 8;
        ref var latest = ref _latest[start * 0x9E3779B1u >> (32 - HashBits)];
        _before[at] = latest;
        latest = (ushort)(at + 1);
        return _before[at];
    }

    (int Length, int Distance) Longest(ReadOnlySpan<byte> text, int at)
    {
        var place = Remember(text, at);
        if (place == 0) return default;
        var (length, distance) = (MinLength - 1, 0);
        var rest = text[at..Math.Min(at + MaxLength, text.Length)];
        for (var chain = LongestChain; place > 0 && length < rest.Length && chain > 0; place = _before[place - 1], chain--)
        {
            var away = at - place + 1;
            if (text[at - away + length] != rest[length]) continue;
            var same = text[(at - away)..].CommonPrefixLength(rest);
            if (same > length && (same > MinLength || away <= Near)) (length, distance) = (same, away);
        }
        return distance > 0 ? (length, distance) : default;
    }
}
