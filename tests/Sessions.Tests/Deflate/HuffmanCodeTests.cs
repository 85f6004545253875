using System.Buffers.Binary;

namespace Modular.Sessions.Tests;

public sealed class HuffmanCodeTests
{
    [Theory]
    [InlineData(286, 15)]
    [InlineData(30, 15)]
    [InlineData(19, 7)]
    [InlineData(40, 6)]
    public void Its_codes_are_complete_and_none_is_the_start_of_another(int symbols, int maxLength)
    {
        var random = new Random(20261123);
        var code = new HuffmanCode(symbols, maxLength);

        for (var round = 0; round < 500; round++)
        {
            Count(code, random, symbols, round);
            code.Build();

            Assert.Equal(Enumerable.Range(0, symbols).Where(symbol => code.Counts[symbol] > 0), code.Used.ToArray().Select(symbol => (int)symbol));
            if (code.Used.Length < 2) continue;
            Assert.Equal(1 << maxLength, code.Used.ToArray().Sum(symbol => 1 << (maxLength - code.Lengths[symbol])));
            Assert.All(code.Used.ToArray(), symbol => Assert.InRange(code.Lengths[symbol], 1, maxLength));
            var starts = code.Used.ToArray().SelectMany(symbol => Enumerable.Range(0, 1 << (maxLength - code.Lengths[symbol])).Select(rest => Code(code, symbol) | rest << code.Lengths[symbol]));
            Assert.Equal(1 << maxLength, starts.Distinct().Count());
        }
    }

    [Fact]
    public void It_costs_as_little_as_any_code_can_when_none_has_to_be_cut()
    {
        var random = new Random(1);
        var code = new HuffmanCode(286);

        for (var round = 0; round < 500; round++)
        {
            Count(code, random, 286, round % 7 + 1);
            code.Build();

            Assert.Equal(Least(code.Counts, 15), code.Cost(code));
        }
    }

    [Fact]
    public void The_deepest_tree_is_cut_for_less_than_a_tenth()
    {
        var code = new HuffmanCode(19, maxLength: 7);
        var (rarer, count) = (0, 1);
        for (var symbol = 0; symbol < 17; symbol++)
        {
            code.Counts[symbol] = (ushort)count;
            (rarer, count) = (count, rarer + count);
        }

        code.Build();

        Assert.Equal(7, code.Lengths[0]);
        Assert.Equal(1 << 7, code.Used.ToArray().Sum(symbol => 1 << (7 - code.Lengths[symbol])));
        Assert.InRange(code.Cost(code), Least(code.Counts, 7), Least(code.Counts, 7) * 1.1);
    }

    [Fact]
    public void One_symbol_takes_one_bit_and_none_takes_nothing()
    {
        var code = new HuffmanCode(30);
        code.Build();
        var none = code.Used.Length;
        code.Counts[7] = 3;

        code.Build();

        Assert.Equal((0, 1, 3), (none, code.Lengths[7], code.Cost(code)));
    }

    // RFC 1951 §3.2.2 has these eight lengths, and their codes.
    [Fact]
    public void Codes_are_numbered_as_in_the_RFCs_example()
    {
        var code = HuffmanCode.Of([3, 3, 3, 3, 3, 2, 4, 4]);

        Assert.Equal(["010", "011", "100", "101", "110", "00", "1110", "1111"], Enumerable.Range(0, 8).Select(symbol => Bits(code, symbol)));
    }

    // The table of RFC 1951 §3.2.5: where each interval starts.
    [Fact]
    public void Lengths_and_distances_lie_in_the_RFCs_intervals()
    {
        int[] lengths = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
        int[] distances = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097];

        for (var length = 3; length <= 258; length++)
        {
            var symbol = Array.FindLastIndex(lengths, start => start <= length);
            Assert.Equal(new(symbol, symbol is < 8 or 28 ? 0 : (symbol - 4) / 4), Interval.OfLength(length));
        }
        for (var distance = 1; distance <= ShortZlib.MaxLength; distance++)
        {
            var symbol = Array.FindLastIndex(distances, start => start <= distance);
            Assert.Equal(new(symbol, symbol < 4 ? 0 : (symbol - 2) / 2), Interval.OfDistance(distance));
        }
    }

    static string Bits(HuffmanCode code, int symbol) => string.Concat(Enumerable.Range(0, code.Lengths[symbol]).Select(bit => Code(code, symbol) >> bit & 1));

    // Its first bit is the lowest.
    static int Code(HuffmanCode code, int symbol)
    {
        Span<byte> written = stackalloc byte[4];
        var writer = new BitWriter(written);
        code.Write(ref writer, symbol);
        Assert.Equal((code.Lengths[symbol] + 7) / 8, writer.End());
        return BinaryPrimitives.ReadInt32LittleEndian(written);
    }

    static void Count(HuffmanCode code, Random random, int symbols, int spread)
    {
        code.Clear();
        var rest = ShortZlib.MaxLength;
        for (var symbol = 0; symbol < symbols; symbol++)
        {
            var count = random.Next(3) == 0 ? 0 : Math.Min(rest, spread % 5 == 0 ? 1 << random.Next(12) : random.Next(spread % 50 + 2));
            code.Counts[symbol] = (ushort)count;
            rest -= count;
        }
    }

    // The least that any code with this limit takes, by Larmore's and Hirschberg's package-merge (1990).
    static int Least(ReadOnlySpan<ushort> counts, int maxLength)
    {
        var symbols = counts.ToArray().Where(count => count > 0).Select(count => (int)count).ToArray();
        if (symbols.Length == 1) return symbols[0];
        var packages = symbols.Order().ToArray();
        for (var length = 1; length < maxLength; length++) packages = [.. packages.Chunk(2).Where(pair => pair.Length == 2).Select(pair => pair.Sum()).Concat(symbols).Order()];
        return packages.Take(2 * symbols.Length - 2).Sum();
    }
}
