using System.Buffers.Binary;

namespace Modular.Sessions;

/// <summary>Compresses a text that is to be a cookie into zlib's format (RFC 1950): one block of RFC 1951, with codes of its own or the fixed ones, whichever is shorter.</summary>
/// <remarks>
/// <para>Time: a third of what a stream of zlib takes, most of which goes into making and ending it. The result has the size of zlib's level 6, but for a byte or two.</para>
/// <para>Made once for each thread, 63 kB. Thread: for one at a time.</para>
/// </remarks>
sealed class ShortZlib
{
    /// <summary>Bytes of the longest text.</summary>
    internal const int MaxLength = 4096;

    internal const int LiteralCount = 286;
    internal const int DistanceCount = 30;
    internal const int EndOfBlock = 256;
    const int FirstLength = 257;

    // A header of two bytes, and a checksum of four.
    const int Frame = 6;
    const ushort Header = 0x9C78;
    const int BlockHead = 3;
    const uint OwnCodes = 0b101;
    const uint FixedCodes = 0b011;

    [ThreadStatic]
    static ShortZlib? _ofThread;

    static readonly HuffmanCode FixedLiterals = HuffmanCode.Of([.. Enumerable.Repeat<byte>(8, 144), .. Enumerable.Repeat<byte>(9, 112), .. Enumerable.Repeat<byte>(7, 24), .. Enumerable.Repeat<byte>(8, 8)]);
    static readonly HuffmanCode FixedDistances = HuffmanCode.Of([.. Enumerable.Repeat<byte>(5, 32)]);

    readonly Repeats _repeats = new();
    readonly HuffmanCode _literals = new(LiteralCount);
    readonly HuffmanCode _distances = new(DistanceCount);
    readonly LengthRuns _runs = new();

    internal static ShortZlib OfThread => _ofThread ??= new();

    /// <param name="text">At most <see cref="MaxLength"/> bytes.</param>
    /// <param name="output">As long as the text or longer.</param>
    /// <returns>Bytes of the output; 0, with nothing written, unless they are fewer than the text's by more than one, which is what the mark of a compressed cookie takes.</returns>
    internal int Compress(ReadOnlySpan<byte> text, Span<byte> output)
    {
        _repeats.Find(text);
        var extraBits = Count();
        _literals.Build();
        _distances.Build();
        _runs.Find(_literals, _distances);
        var ownBits = _runs.Cost + _literals.Cost(_literals) + _distances.Cost(_distances);
        var fixedBits = FixedLiterals.Cost(_literals) + FixedDistances.Cost(_distances);
        if (Frame + (BlockHead + Math.Min(ownBits, fixedBits) + extraBits + 7) / 8 >= text.Length - 1) return 0;

        var writer = new BitWriter(output);
        writer.Put(Header, 16);
        if (ownBits < fixedBits)
        {
            writer.Put(OwnCodes, BlockHead);
            _runs.Write(ref writer, _literals, _distances);
            Write(ref writer, _literals, _distances);
        }
        else
        {
            writer.Put(FixedCodes, BlockHead);
            Write(ref writer, FixedLiterals, FixedDistances);
        }
        var length = writer.End();
        BinaryPrimitives.WriteUInt32BigEndian(output[length..], Adler32(text));
        return length + 4;
    }

    // Counts what is to be written, and gives the bits that need no code.
    int Count()
    {
        _literals.Clear();
        _distances.Clear();
        var extraBits = 0;
        var literals = _literals.Counts;
        var distances = _distances.Counts;
        foreach (var token in _repeats.Tokens)
        {
            if (token < EndOfBlock)
            {
                literals[(int)token]++;
                continue;
            }
            var (length, distance) = (Interval.OfLength(Repeats.Length(token)), Interval.OfDistance(Repeats.Distance(token)));
            literals[FirstLength + length.Symbol]++;
            distances[distance.Symbol]++;
            extraBits += length.ExtraBits + distance.ExtraBits;
        }
        literals[EndOfBlock]++;
        return extraBits;
    }

    void Write(ref BitWriter output, HuffmanCode literals, HuffmanCode distances)
    {
        foreach (var token in _repeats.Tokens)
        {
            if (token < EndOfBlock)
            {
                literals.Write(ref output, (int)token);
                continue;
            }
            var (length, distance) = (Interval.OfLength(Repeats.Length(token)), Interval.OfDistance(Repeats.Distance(token)));
            literals.Write(ref output, FirstLength + length.Symbol);
            output.PutLowest(Repeats.Length(token) - Interval.ShortestLength, length.ExtraBits);
            distances.Write(ref output, distance.Symbol);
            output.PutLowest(Repeats.Distance(token) - Interval.ShortestDistance, distance.ExtraBits);
        }
        literals.Write(ref output, EndOfBlock);
    }

    // RFC 1950 §9. The sums of so short a text overflow nothing.
    static uint Adler32(ReadOnlySpan<byte> text)
    {
        var (a, b) = (1u, 0u);
        foreach (var octet in text)
        {
            a += octet;
            b += a;
        }
        return b % 65521 << 16 | a % 65521;
    }
}
