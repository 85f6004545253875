using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Modular.Sessions.Tests;

public sealed class ShortZlibTests
{
    static readonly string[] Keys = ["user", "csrf_token", "roles", "theme", "_flashes", "cart", "n", "_permanent"];

    [Theory]
    [InlineData("sessions", 1)]
    [InlineData("few letters", 1.005)]
    [InlineData("rare letters", 1.005)]
    [InlineData("as deep a tree as there can be", 1.015)]
    [InlineData("noise", 1)]
    [InlineData("repeats", 1.02)]
    [InlineData("mostly zeros", 1.06)]
    public void What_it_compresses_zlib_reads_back_and_it_is_as_small_as_zlibs(string kind, double allowed)
    {
        var random = new Random(20261123);
        var (ours, theirs) = (0, 0);

        for (var i = 0; i < 1_500; i++)
        {
            var text = Text(kind, random, random.Next(3) == 0 ? random.Next(ShortZlib.MaxLength + 1) : random.Next(400));
            var (packed, zlibs) = (Pack(text), ByZlib(text));
            if (packed is null)
            {
                // Hardly anything that zlib makes shorter is left as it is, and nothing by more than four bytes.
                Assert.True(zlibs.Length >= text.Length - 1 - 4, $"{text.Length} bytes, which zlib packs into {zlibs.Length}: {Convert.ToHexString(text)}");
                continue;
            }
            Assert.True(packed.Length < text.Length - 1);
            Assert.True(text.AsSpan().SequenceEqual(Unpack(packed)), $"This did not come back: {Convert.ToHexString(text)}");
            (ours, theirs) = (ours + packed.Length, theirs + zlibs.Length);
        }

        Assert.True(ours <= theirs * allowed, $"{ours} bytes, zlib {theirs}");
    }

    [Fact]
    public void Texts_of_each_length_and_each_byte_come_back()
    {
        for (var length = 0; length < 600; length++)
            foreach (var text in (byte[][])[Enumerable.Repeat((byte)length, length).ToArray(), [.. Enumerable.Range(0, length).Select(i => (byte)(i / 2))], [.. Enumerable.Range(0, length).Select(i => (byte)(i % 3))]])
                if (Pack(text) is { } packed) Assert.Equal(text, Unpack(packed));
        var longest = new byte[ShortZlib.MaxLength];

        var smallest = Pack(longest)!;

        Assert.Equal(longest, Unpack(smallest));
        Assert.True(smallest.Length < 30);
        Assert.Null(Pack([]));
        Assert.Null(Pack([1]));
        Assert.Null(Pack("{\"user\":\"peter\"}"u8));
    }

    [Fact]
    public void Repeats_of_each_length_at_each_distance_come_back()
    {
        var random = new Random(3);
        for (var length = 4; length <= 300; length++)
        {
            var distance = random.Next(length, ShortZlib.MaxLength - 3 * length);
            var text = new byte[distance + 2 * length];
            random.NextBytes(text);
            text.AsSpan(0, length).CopyTo(text.AsSpan(distance));
            text.AsSpan(distance + length).Fill(65);        // so that it is worth it

            Assert.Equal(text, Unpack(Pack(text) ?? ByZlib(text)));
        }
    }

    [Fact]
    public void What_it_wrote_does_not_depend_on_the_text_before_nor_on_the_thread()
    {
        var random = new Random(4);
        var texts = Enumerable.Range(0, 400).Select(i => Text(i % 2 == 0 ? "sessions" : "rare letters", random, random.Next(ShortZlib.MaxLength + 1))).ToArray();
        var alone = texts.Select(text => Pack(text, new())).ToArray();

        Parallel.For(0, 4 * texts.Length, i => Assert.Equal(alone[i % texts.Length], Pack(texts[i % texts.Length])));
    }

    [Fact]
    public void Nothing_is_written_behind_what_it_says()
    {
        var text = Text("sessions", new(5), 400);
        var output = Enumerable.Repeat((byte)0xAB, text.Length).ToArray();

        var length = ShortZlib.OfThread.Compress(text, output);
        var noise = new byte[400];
        new Random(6).NextBytes(noise);
        var untouched = Enumerable.Repeat((byte)0xAB, noise.Length).ToArray();

        Assert.Equal(-1, output.AsSpan(length).IndexOfAnyExcept((byte)0xAB));
        Assert.Equal(0, ShortZlib.OfThread.Compress(noise, untouched));
        Assert.Equal(-1, untouched.AsSpan().IndexOfAnyExcept((byte)0xAB));
    }

    [Fact]
    public async Task Pythons_zlib_reads_it()
    {
        const string program = """
            import sys, zlib
            for line in sys.stdin:
                packed, text = map(bytes.fromhex, line.split())
                if zlib.decompress(packed) != text: print('differs', line); break
            else: print('all read')
            """;
        var random = new Random(7);
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", program]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var python = Process.Start(start)!;
        var sent = 0;

        foreach (var kind in (string[])["sessions", "few letters", "rare letters", "as deep a tree as there can be", "mostly zeros"])
            for (var i = 0; i < 200; i++)
            {
                var text = Text(kind, random, random.Next(ShortZlib.MaxLength + 1));
                if (Pack(text) is not { } packed) continue;
                await python.StandardInput.WriteLineAsync($"{Convert.ToHexString(packed)} {Convert.ToHexString(text)}");
                sent++;
            }
        python.StandardInput.Close();

        Assert.Equal("all read", (await python.StandardOutput.ReadToEndAsync()).Trim());
        Assert.True(sent > 900);
        await python.WaitForExitAsync();
    }

    [Fact]
    public void Longer_texts_go_through_the_librarys_zlib_and_come_back()
    {
        var value = new Dictionary<string, object?> { ["text"] = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"line {i % 30}, ")) };

        var cookie = Apps.Serializer().Serialize(value);
        var back = (Dictionary<string, object?>)Apps.Serializer().Deserialize(cookie).Value!;

        Assert.StartsWith(".", cookie, StringComparison.Ordinal);
        Assert.Equal(value["text"], back["text"]);
    }

    static byte[]? Pack(ReadOnlySpan<byte> text, ShortZlib? zlib = null)
    {
        var output = new byte[text.Length];
        var length = (zlib ?? ShortZlib.OfThread).Compress(text, output);
        return length == 0 ? null : output[..length];
    }

    static byte[] ByZlib(byte[] text)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(text);
        return packed.ToArray();
    }

    // Checks the checksum, too.
    static byte[] Unpack(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var text = new MemoryStream();
        zlib.CopyTo(text);
        return text.ToArray();
    }

    static byte[] Text(string kind, Random random, int length) => kind switch
    {
        "noise" => Noise(random, length),
        "few letters" => FewLetters(random, length),
        "rare letters" => [.. Enumerable.Range(0, length).Select(_ => (byte)(7 * Math.Min(30, random.Next() is var bits and not 0 ? int.TrailingZeroCount(bits) : 30)))],
        "sessions" => Session(random, length),
        "repeats" => WithRepeats(random, length),
        "mostly zeros" => [.. Enumerable.Range(0, length).Select(_ => (byte)(random.Next(50) == 0 ? random.Next(256) : 0))],
        _ => Fibonacci(random, length),
    };

    static byte[] Noise(Random random, int length)
    {
        var text = new byte[length];
        random.NextBytes(text);
        return text;
    }

    static byte[] FewLetters(Random random, int length)
    {
        var letters = random.Next(1, 40);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)('A' + random.Next(letters)))];
    }

    static byte[] Session(Random random, int length)
    {
        var json = new StringBuilder("{");
        while (json.Length < length)
        {
            json.Append('"').Append(Keys[random.Next(Keys.Length)]).Append("\":").Append(random.Next(5) switch
            {
                0 => $"{random.Next(100_000)}",
                1 => "true",
                2 => $"\"{Convert.ToHexStringLower(Noise(random, 20))}\"",
                3 => "[1,2,{\" t\":[\"message\",\"Hello you there\"]}]",
                _ => $"\"{Convert.ToBase64String(Noise(random, random.Next(60)))}\"",
            }).Append(',');
        }
        return Encoding.ASCII.GetBytes(json.ToString(0, length));
    }

    static byte[] WithRepeats(Random random, int length)
    {
        var text = Noise(random, length);
        for (var at = 1; at < length; at++)
        {
            if (random.Next(3) > 0) continue;
            var (distance, end) = (random.Next(1, at + 1), Math.Min(length, at + random.Next(1, 300)));
            for (; at < end; at++) text[at] = text[at - distance];
        }
        return text;
    }

    // Each letter as often as the two rarer ones together.
    static byte[] Fibonacci(Random random, int length)
    {
        var text = new byte[length];
        var (rarer, times, at) = (0, 1, 0);
        for (byte letter = 0; at < length; letter++)
        {
            var end = Math.Min(length, at + times);
            text.AsSpan(at..end).Fill(letter);
            (rarer, times, at) = (times, rarer + times, end);
        }
        random.Shuffle(text);
        return text;
    }
}
