using System.Runtime.Intrinsics;

namespace Modular.Sessions;

/// <summary>A Huffman code for the symbols of one text, numbered as in RFC 1951 §3.2.2.</summary>
/// <remarks>Made once, and built anew for each text. Thread: for one at a time; what <see cref="Of"/> gives is safe to share.</remarks>
sealed class HuffmanCode
{
    const int MaxLength = 15;

    // Symbols are looked at eight at a time.
    static readonly int Lanes = Vector128<ushort>.Count;
    static readonly byte[] Reversed = ReversedBytes();

    readonly int _maxLength;
    readonly ushort[] _counts;
    readonly byte[] _lengths;
    readonly uint[] _codes;        // the length in the lowest four bits
    readonly ushort[] _used;
    int _usedCount;

    // For building: the symbols by their counts; and a tree of them, a fence and the nodes above them.
    readonly ushort[] _rarestFirst;
    readonly ushort[] _places = new ushort[ShortZlib.MaxLength + 3];
    readonly int[] _weights;
    readonly ushort[] _parents;
    readonly byte[] _depths;

    /// <param name="symbols">Size of the alphabet.</param>
    /// <param name="maxLength">Bits of the longest code, up to 15.</param>
    internal HuffmanCode(int symbols, int maxLength = MaxLength)
    {
        symbols += -symbols & (Lanes - 1);
        _maxLength = maxLength;
        (_counts, _lengths, _codes, _used, _rarestFirst) = (new ushort[symbols], new byte[symbols], new uint[symbols], new ushort[symbols + 1], new ushort[symbols]);
        (_weights, _parents, _depths) = (new int[2 * symbols + 1], new ushort[2 * symbols + 1], new byte[2 * symbols + 1]);
    }

    /// <summary>The code that has these lengths.</summary>
    internal static HuffmanCode Of(ReadOnlySpan<byte> lengths)
    {
        var code = new HuffmanCode(lengths.Length);
        lengths.CopyTo(code._lengths);
        while (code._usedCount < lengths.Length) code._used[code._usedCount] = (ushort)code._usedCount++;
        code.Number();
        return code;
    }

    /// <summary>How often each symbol occurs: to be counted here before <see cref="Build"/>.</summary>
    internal Span<ushort> Counts => _counts;

    /// <summary>The symbols that occur, in their order.</summary>
    internal ReadOnlySpan<ushort> Used => _used.AsSpan(0, _usedCount);

    /// <summary>Bits of each symbol's code; 0 for what does not occur.</summary>
    internal ReadOnlySpan<byte> Lengths => _lengths;

    /// <summary>Writes a symbol's code.</summary>
    internal void Write(ref BitWriter output, int symbol)
    {
        var code = _codes[symbol];
        output.Put(code >> 4, (int)code & 15);
    }

    /// <summary>Forgets the text before.</summary>
    internal void Clear()
    {
        Array.Clear(_counts);
        Array.Clear(_lengths);
    }

    /// <summary>Bits that the symbols take that another code has counted.</summary>
    internal int Cost(HuffmanCode counted)
    {
        var bits = 0;
        foreach (var symbol in counted.Used) bits += counted._counts[symbol] * _lengths[symbol];
        return bits;
    }

    /// <summary>Gives the shortest codes to what occurs most.</summary>
    internal void Build()
    {
        FindUsed();
        if (_usedCount == 1) _lengths[_used[0]] = 1;
        if (_usedCount > 1) ShareOut();
        Number();
    }

    // Few letters of the alphabet occur, and which cannot be foretold: so no branch.
    void FindUsed()
    {
        var (counts, used, count) = (_counts, _used, 0);
        for (var start = 0; start < counts.Length; start += Lanes)
        {
            if (Vector128.LoadUnsafe(ref counts[start]) == Vector128<ushort>.Zero) continue;
            for (var symbol = start; symbol < start + Lanes; symbol++)
            {
                used[count] = (ushort)symbol;
                count += (counts[symbol] + ushort.MaxValue) >> 16;      // 1 unless it is 0
            }
        }
        _usedCount = count;
    }

    void ShareOut()
    {
        SortRarestFirst();
        PlantTree();
        var depths = _depths.AsSpan(0, _usedCount);
        if (depths[0] > _maxLength) Limit(depths);
        for (var rank = 0; rank < depths.Length; rank++) _lengths[_rarestFirst[rank]] = depths[rank];
    }

    // By counting, for counts are small.
    void SortRarestFirst()
    {
        var (counts, places) = (_counts, _places);
        var most = 0;
        foreach (var symbol in Used) most = Math.Max(most, counts[symbol]);
        Array.Clear(places, 0, most + 2);
        foreach (var symbol in Used) places[counts[symbol] + 1]++;
        for (var count = 1; count <= most; count++) places[count] += places[count - 1];
        foreach (var symbol in Used) _rarestFirst[places[counts[symbol]]++] = symbol;
    }

    // Joins the two lightest again and again. Leaves are sorted, and inner nodes become heavier in the order of their making, so the lightest is the next leaf or the next inner node.
    void PlantTree()
    {
        var (weights, parents, depths, fence) = (_weights, _parents, _depths, _usedCount);
        for (var rank = 0; rank < fence; rank++) weights[rank] = _counts[_rarestFirst[rank]];
        Array.Fill(weights, int.MaxValue, fence, fence);
        var root = 2 * fence - 1;
        var (leaf, inner) = (0, fence + 1);
        for (var node = inner; node <= root; node++)
        {
            var weight = 0;
            for (var child = 0; child < 2; child++)
            {
                var lightest = weights[inner] < weights[leaf] ? inner++ : leaf++;
                weight += weights[lightest];
                parents[lightest] = (ushort)node;
            }
            weights[node] = weight;
        }
        parents[fence] = (ushort)root;
        depths[root] = 0;
        for (var node = root - 1; node >= 0; node--) depths[node] = (byte)(depths[parents[node]] + 1);
    }

    // What is too long is cut, which takes more codes than there are. For each of them the longest that still may grow does, and one that was cut becomes its neighbour.
    void Limit(Span<byte> depths)
    {
        var excess = -(1 << _maxLength);
        foreach (ref var depth in depths)
        {
            depth = (byte)Math.Min(depth, _maxLength);
            excess += 1 << (_maxLength - depth);
        }
        for (; excess > 0; excess--)
        {
            var grower = depths.IndexOfAnyExcept((byte)_maxLength);
            depths[grower]++;
            depths[grower - 1] = depths[grower];
        }
    }

    void Number()
    {
        Span<int> next = stackalloc int[MaxLength + 2];
        foreach (var symbol in Used) next[_lengths[symbol] + 1]++;
        for (var (length, code) = (1, 0); length <= MaxLength; length++) next[length] = code = (code + next[length]) << 1;
        foreach (var symbol in Used)
        {
            var length = _lengths[symbol];
            var code = next[length]++;
            _codes[symbol] = (uint)(Reversed[code & 0xFF] << 8 | Reversed[code >> 8]) >> (16 - length) << 4 | length;
        }
    }

    static byte[] ReversedBytes()
    {
        var reversed = new byte[256];
        for (var octet = 0; octet < 256; octet++)
            for (var bit = 0; bit < 8; bit++) reversed[octet] |= (byte)((octet >> bit & 1) << (7 - bit));
        return reversed;
    }
}
