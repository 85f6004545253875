namespace Modular.Sessions;

/// <summary>How a block tells the lengths of its codes: in runs, which have a code themselves (RFC 1951 §3.2.7).</summary>
/// <remarks>Made once, and used for one text after the other. Thread: for one at a time.</remarks>
sealed class LengthRuns
{
    const int Again = 16, Zeros = 17, ManyZeros = 18;
    const int LongestAgain = 6, LongestZeros = 10, LongestManyZeros = 138, Shortest = 3;

    readonly HuffmanCode _code = new(19, maxLength: 7);
    readonly ushort[] _runs = new ushort[ShortZlib.LiteralCount + ShortZlib.DistanceCount];
    int _count;
    int _sent;

    // What rarely occurs stands last, and is left out there.
    static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    static ReadOnlySpan<byte> ExtraBits => [2, 3, 7];

    /// <summary>Bits that <see cref="Write"/> takes.</summary>
    internal int Cost => 14 + 3 * _sent + _code.Cost(_code) + 2 * _code.Counts[Again] + 3 * _code.Counts[Zeros] + 7 * _code.Counts[ManyZeros];

    /// <summary>Takes the lengths of a block's two codes.</summary>
    internal void Find(HuffmanCode literals, HuffmanCode distances)
    {
        _code.Clear();
        _count = 0;
        Add(literals);
        Add(distances);
        if (distances.Used.IsEmpty) Add(0, 0);         // one has to be told of
        _code.Build();
        _sent = Order.Length;
        while (_code.Lengths[Order[_sent - 1]] == 0) _sent--;
    }

    internal void Write(ref BitWriter output, HuffmanCode literals, HuffmanCode distances)
    {
        output.Put((uint)literals.Used[^1] - ShortZlib.EndOfBlock, 5);
        output.Put(distances.Used is [.., var last] ? last : 0u, 5);
        output.Put((uint)_sent - 4, 4);
        foreach (var symbol in Order[.._sent]) output.Put(_code.Lengths[symbol], 3);
        foreach (var run in _runs.AsSpan(0, _count))
        {
            var symbol = run & 0xFF;
            _code.Write(ref output, symbol);
            if (symbol >= Again) output.Put((uint)run >> 8, ExtraBits[symbol - Again]);
        }
    }

    // Most of an alphabet does not occur, so it is the used symbols that are gone through, and what lies between them are zeros.
    void Add(HuffmanCode code)
    {
        var (next, last, times) = (0, 0, 0);
        foreach (var symbol in code.Used)
        {
            var length = code.Lengths[symbol];
            if (symbol == next && length == last) times++;
            else
            {
                AddAgain(last, times);
                AddZeros(symbol - next);
                Add(length, 0);
                (last, times) = (length, 0);
            }
            next = symbol + 1;
        }
        AddAgain(last, times);
    }

    void AddAgain(int length, int times)
    {
        for (; times >= Shortest; times -= LongestAgain) Add(Again, Math.Min(times, LongestAgain) - Shortest);
        for (; times > 0; times--) Add(length, 0);
    }

    void AddZeros(int times)
    {
        for (; times > LongestZeros; times -= LongestManyZeros) Add(ManyZeros, Math.Min(times, LongestManyZeros) - LongestZeros - 1);
        if (times >= Shortest) Add(Zeros, times - Shortest);
        else for (; times > 0; times--) Add(0, 0);
    }

    void Add(int symbol, int extra)
    {
        _runs[_count++] = (ushort)(extra << 8 | symbol);
        _code.Counts[symbol]++;
    }
}
