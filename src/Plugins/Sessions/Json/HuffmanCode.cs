namespace Modular.Sessions;

/// <summary>A code in which what is frequent is short (RFC 1951 §3.2.2).</summary>
readonly ref struct HuffmanCode
{
    const int MaxBits = 15;

    readonly Span<byte> _lengths;
    readonly Span<ushort> _codes;

    /// <param name="counts">How often each symbol is there.</param>
    /// <param name="lengths">Room for as many.</param>
    /// <param name="codes">Room for as many.</param>
    /// <param name="limit">Bits of a code at most.</param>
    internal HuffmanCode(scoped ReadOnlySpan<int> counts, Span<byte> lengths, Span<ushort> codes, int limit = MaxBits)
    {
        _lengths = lengths;
        _codes = codes;
        Span<int> symbols = stackalloc int[counts.Length];
        Span<int> depths = stackalloc int[counts.Length];
        var used = 0;
        for (var i = 0; i < counts.Length; i++)
            if (counts[i] > 0) symbols[used++] = counts[i] << 9 | i;
        symbols = symbols[..used];
        symbols.Sort();
        // Where a code gets too long, rare symbols are counted as less rare until none does.
        for (var flat = 0; ; flat++)
        {
            for (var i = 0; i < used; i++) depths[i] = (symbols[i] >> 9 + flat) + 1 - (flat == 0 ? 1 : 0);
            Measure(depths[..used]);
            if (used == 0 || depths[0] <= limit) break;
        }
        for (var i = 0; i < used; i++) _lengths[symbols[i] & 511] = (byte)depths[i];
        Number();
    }

    /// <summary>Bits of each symbol's code; zero for one that is not there.</summary>
    internal ReadOnlySpan<byte> Lengths => _lengths;

    internal void Write(ref BitWriter bits, int symbol) => bits.Write(_codes[symbol], _lengths[symbol]);

    /// <summary>Bits of all symbols together.</summary>
    internal int Cost(scoped ReadOnlySpan<int> counts)
    {
        var cost = 0;
        for (var i = 0; i < counts.Length; i++) cost += counts[i] * _lengths[i];
        return cost;
    }

    internal static int FixedLength(int letter) => letter switch { < 144 => 8, < 256 => 9, < 280 => 7, _ => 8 };

    internal void BecomeFixedLetters()
    {
        // The codes are numbered with two symbols that are never used; they are the last of their length.
        for (var i = 0; i < _lengths.Length; i++) _lengths[i] = (byte)FixedLength(i);
        for (var i = 0; i < _lengths.Length; i++)
            _codes[i] = Reversed(i switch { < 144 => 0x30 + i, < 256 => 0x190 + i - 144, < 280 => i - 256, _ => 0xC0 + i - 280 }, _lengths[i]);
    }

    internal void BecomeFixedDistances()
    {
        _lengths.Fill(5);
        for (var i = 0; i < _codes.Length; i++) _codes[i] = Reversed(i, 5);
    }

    // Moffat and Katajainen's way, in the place of the counts, which come in ascending order: sums and parents first, then depths of the inner nodes, then of the leaves.
    static void Measure(Span<int> a)
    {
        var n = a.Length;
        if (n <= 1)
        {
            a.Fill(1);
            return;
        }
        a[0] += a[1];
        int root = 0, leaf = 2;
        for (var next = 1; next < n - 1; next++)
        {
            var sum = leaf >= n || a[root] < a[leaf] ? Take(a, ref root, next) : a[leaf++];
            sum += leaf >= n || (root < next && a[root] < a[leaf]) ? Take(a, ref root, next) : a[leaf++];
            a[next] = sum;
        }
        a[n - 2] = 0;
        for (var next = n - 3; next >= 0; next--) a[next] = a[a[next]] + 1;
        int free = 1, inner = 0, depth = 0, place = n - 1;
        root = n - 2;
        while (free > 0)
        {
            for (; root >= 0 && a[root] == depth; root--) inner++;
            for (; free > inner; free--) a[place--] = depth;
            (free, inner) = (2 * inner, 0);
            depth++;
        }
    }

    static int Take(Span<int> a, ref int root, int parent)
    {
        var sum = a[root];
        a[root++] = parent;
        return sum;
    }

    // Codes of one length follow each other in the order of their symbols.
    void Number()
    {
        Span<int> next = stackalloc int[MaxBits + 2];
        foreach (var length in _lengths)
            if (length > 0) next[length + 1]++;
        for (var bits = 1; bits <= MaxBits; bits++) next[bits + 1] = (next[bits + 1] + next[bits]) << 1;
        for (var i = 0; i < _lengths.Length; i++)
            if (_lengths[i] > 0) _codes[i] = Reversed(next[_lengths[i]]++, _lengths[i]);
    }

    // Codes are written from their highest bit on, everything else from the lowest.
    static ushort Reversed(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++) reversed |= (code >> i & 1) << (length - 1 - i);
        return (ushort)reversed;
    }
}
