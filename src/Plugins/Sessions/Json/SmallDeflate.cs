using System.Buffers.Binary;
using System.Numerics;

namespace Modular.Sessions;

/// <summary>
/// zlib's format for short texts (RFC 1950, RFC 1951), as small as zlib at its usual level makes it. The library's own makes a state of a quarter of a megabyte ready first,
/// which for a session takes longer than everything else.
/// </summary>
ref struct SmallDeflate(ReadOnlySpan<byte> text, Span<ushort> heads, Span<ushort> before, Span<int> steps, Span<int> letters, Span<int> distances)
{
    /// <summary>Bytes at most. No Huffman code of so few symbols is longer than the 15 bits that the format allows.</summary>
    internal const int MaxLength = 1024;

    const int MinMatch = 3, MaxMatch = 258, GoodEnough = 16, HashSize = 512, End = 256;

    readonly ReadOnlySpan<byte> _text = text;
    readonly Span<ushort> _heads = heads;           // by hash: one more than the last position that has it
    readonly Span<ushort> _before = before;         // by position: the same for the one before
    readonly Span<int> _steps = steps;              // a byte, or length and distance
    readonly Span<int> _letters = letters;          // how often each literal and length is there
    readonly Span<int> _distances = distances;
    int _count;
    int _extraBits;

    /// <summary>Appends the compressed text when it is shorter by more than one byte, and nothing otherwise.</summary>
    internal static bool TryAppend(ReadOnlySpan<byte> text, ref Utf8Buffer output)
    {
        var deflate = new SmallDeflate(text, stackalloc ushort[HashSize], stackalloc ushort[text.Length], stackalloc int[text.Length],
            stackalloc int[286], stackalloc int[30]);
        deflate.FindSteps();
        return deflate.TryWrite(ref output);
    }

    // A match waits for one byte: the next position may have a longer one.
    void FindSteps()
    {
        var (waiting, distance) = (0, 0);
        for (var at = 0; at < _text.Length; at++)
        {
            var (length, back) = (0, 0);
            if (at + MinMatch <= _text.Length)
            {
                if (waiting < GoodEnough) (length, back) = Longest(at);
                Remember(at);
            }
            if (waiting >= MinMatch && length <= waiting)
            {
                Match(waiting, distance);
                var end = at - 1 + waiting;
                for (at++; at < end; at++)
                    if (at + MinMatch <= _text.Length) Remember(at);
                at--;
                waiting = 0;
                continue;
            }
            if (waiting > 0) Literal(_text[at - 1]);
            (waiting, distance) = (Math.Max(length, 1), back);
        }
        if (waiting > 0) Literal(_text[^1]);
        _letters[End] = 1;
    }

    readonly int Hash(int at) => (int)((uint)(_text[at] | _text[at + 1] << 8 | _text[at + 2] << 16) * 2654435761u >> 23);

    readonly void Remember(int at)
    {
        ref var head = ref _heads[Hash(at)];
        _before[at] = head;
        head = (ushort)(at + 1);
    }

    readonly (int Length, int Distance) Longest(int at)
    {
        var (longest, distance) = (0, 0);
        var rest = _text[at..];
        if (rest.Length > MaxMatch) rest = rest[..MaxMatch];
        for (int candidate = _heads[Hash(at)], tries = 128; candidate > 0 && tries > 0; candidate = _before[candidate - 1], tries--)
        {
            var length = rest.CommonPrefixLength(_text[(candidate - 1)..]);
            if (length < MinMatch || length <= longest) continue;
            (longest, distance) = (length, at - candidate + 1);
            if (length == rest.Length) break;
        }
        return (longest, distance);
    }

    void Literal(byte letter)
    {
        _letters[letter]++;
        _steps[_count++] = letter;
    }

    void Match(int length, int distance)
    {
        _steps[_count++] = length << 16 | distance;
        var (letter, bits, _) = LengthCode(length);
        var (far, farBits, _) = DistanceCode(distance);
        _letters[letter]++;
        _distances[far]++;
        _extraBits += bits + farBits;
    }

    static (int Code, int Bits, int Extra) LengthCode(int length)
    {
        var over = length - MinMatch;
        if (length == MaxMatch) return (285, 0, 0);
        if (over < 8) return (257 + over, 0, 0);
        var bits = BitOperations.Log2((uint)over) - 2;
        return (257 + 4 * (bits + 1) + (over >> bits & 3), bits, over & ((1 << bits) - 1));
    }

    static (int Code, int Bits, int Extra) DistanceCode(int distance)
    {
        var over = distance - 1;
        if (over < 4) return (over, 0, 0);
        var bits = BitOperations.Log2((uint)over) - 1;
        return (2 * (bits + 1) + (over >> bits & 1), bits, over & ((1 << bits) - 1));
    }

    readonly bool TryWrite(ref Utf8Buffer output)
    {
        var letters = new HuffmanCode(_letters, stackalloc byte[286], stackalloc ushort[286]);
        var distances = new HuffmanCode(_distances, stackalloc byte[30], stackalloc ushort[30]);
        var header = new HuffmanHeader(letters.Lengths, distances.Lengths, stackalloc ushort[316], stackalloc byte[19], stackalloc ushort[19]);
        var own = header.Bits + letters.Cost(_letters) + distances.Cost(_distances);
        var common = FixedCost();
        var size = 6 + (3 + Math.Min(own, common) + _extraBits + 7) / 8;
        if (size >= _text.Length - 1) return false;

        // Deflate with a window of 32 kB, at the usual level. Then a block, the last one, with codes of its own or the common ones.
        scoped var bits = new BitWriter(output.WithRoom(size + sizeof(ulong))[output.Length..]);
        bits.Write(0x9C78, 16);
        bits.Write(own < common ? 0b101u : 0b011u, 3);
        if (own < common) header.Write(ref bits);
        else
        {
            letters.BecomeFixedLetters();
            distances.BecomeFixedDistances();
        }
        WriteSteps(ref bits, letters, distances);
        var written = bits.Finish();
        BinaryPrimitives.WriteUInt32BigEndian(output.WithRoom(size)[(output.Length + written)..], Adler());
        output.Advance(written + sizeof(uint));
        return true;
    }

    readonly void WriteSteps(ref BitWriter bits, HuffmanCode letters, HuffmanCode distances)
    {
        foreach (var step in _steps[.._count])
        {
            if (step <= byte.MaxValue)
            {
                letters.Write(ref bits, step);
                continue;
            }
            var (letter, count, extra) = LengthCode(step >> 16);
            letters.Write(ref bits, letter);
            bits.Write((uint)extra, count);
            (letter, count, extra) = DistanceCode(step & 0xFFFF);
            distances.Write(ref bits, letter);
            bits.Write((uint)extra, count);
        }
        letters.Write(ref bits, End);
    }

    readonly int FixedCost()
    {
        var cost = 0;
        for (var i = 0; i < _letters.Length; i++) cost += _letters[i] * HuffmanCode.FixedLength(i);
        foreach (var count in _distances) cost += count * 5;
        return cost;
    }

    // So short a text does not overflow, and needs one remainder only.
    readonly uint Adler()
    {
        uint a = 1, b = 0;
        foreach (var one in _text)
        {
            a += one;
            b += a;
        }
        return b % 65521 << 16 | a % 65521;
    }
}
