namespace Modular.Sessions;

/// <summary>How a block tells its codes: their lengths, with repetitions, in a code of their own (RFC 1951 §3.2.7).</summary>
readonly ref struct HuffmanHeader
{
    const int Again = 16, Zeros = 17, ManyZeros = 18;

    readonly Span<ushort> _words;       // a length or a repetition, and its count above
    readonly HuffmanCode _code;
    readonly int _letters, _distances, _lengths;

    internal HuffmanHeader(scoped ReadOnlySpan<byte> letters, scoped ReadOnlySpan<byte> distances, Span<ushort> words, Span<byte> lengths, Span<ushort> codes)
    {
        _letters = Math.Max(257, letters.LastIndexOfAnyExcept((byte)0) + 1);
        _distances = Math.Max(1, distances.LastIndexOfAnyExcept((byte)0) + 1);
        Span<byte> all = stackalloc byte[_letters + _distances];
        letters[.._letters].CopyTo(all);
        distances[.._distances].CopyTo(all[_letters..]);
        Span<int> counts = stackalloc int[19];
        _words = words[..Fold(all, words, counts)];
        _code = new(counts, lengths, codes, limit: 7);
        for (_lengths = 19; _lengths > 4 && lengths[Order[_lengths - 1]] == 0; _lengths--) { }
        Bits = 5 + 5 + 4 + 3 * _lengths + _code.Cost(counts) + 2 * counts[Again] + 3 * counts[Zeros] + 7 * counts[ManyZeros];
    }

    /// <summary>Lengths come in the order of how often they are needed.</summary>
    static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>What it takes.</summary>
    internal int Bits { get; }

    internal void Write(ref BitWriter bits)
    {
        bits.Write((uint)(_letters - 257), 5);
        bits.Write((uint)(_distances - 1), 5);
        bits.Write((uint)(_lengths - 4), 4);
        foreach (var length in Order[.._lengths]) bits.Write(_code.Lengths[length], 3);
        foreach (var word in _words)
        {
            var symbol = word & 31;
            _code.Write(ref bits, symbol);
            if (symbol == Again) bits.Write((uint)(word >> 5) - 3, 2);
            else if (symbol == Zeros) bits.Write((uint)(word >> 5) - 3, 3);
            else if (symbol == ManyZeros) bits.Write((uint)(word >> 5) - 11, 7);
        }
    }

    static int Fold(ReadOnlySpan<byte> lengths, Span<ushort> words, Span<int> counts)
    {
        var count = 0;
        while (!lengths.IsEmpty)
        {
            var one = lengths[0];
            var run = lengths.IndexOfAnyExcept(one);
            if (run < 0) run = lengths.Length;
            lengths = lengths[run..];
            if (one > 0)
            {
                words[count++] = one;
                counts[one]++;
                run--;
            }
            while (run > 0)
            {
                var (symbol, most) = run < 3 ? (one, 1) : one > 0 ? (Again, 6) : run <= 10 ? (Zeros, 10) : (ManyZeros, 138);
                var taken = Math.Min(run, most);
                words[count++] = (ushort)(taken << 5 | symbol);
                counts[symbol]++;
                run -= taken;
            }
        }
        return count;
    }
}
