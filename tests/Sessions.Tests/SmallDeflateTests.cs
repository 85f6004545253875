using System.IO.Compression;
using System.Text;

namespace Modular.Sessions.Tests;

/// <summary>The compression of short sessions, held against the library's.</summary>
public sealed class SmallDeflateTests
{
    // Words as sessions have them, letters at random in many alphabets, one letter, and repetitions from near and far.
    static IEnumerable<byte[]> Texts()
    {
        var random = new Random(4);
        string[] words = ["{\"user\":", "\"peter\"", "_flashes", "{\" t\":[", "true", ",", "csrf_token", "\"", "_permanent", "0123456789abcdef"];
        for (var i = 0; i < 4000; i++)
        {
            var text = new StringBuilder();
            var length = random.Next(SmallDeflate.MaxLength);
            var alphabet = 1 + random.Next(90);
            while (text.Length < length)
                text.Append((i % 4) switch
                {
                    0 => words[random.Next(words.Length)],
                    1 => $"{(char)(' ' + random.Next(alphabet))}",
                    2 => $"{words[random.Next(words.Length)]}{random.NextInt64():x}",
                    _ => $"{(char)(' ' + Math.Min(90, (int)-Math.Log2(random.NextDouble())))}",
                });
            yield return Encoding.ASCII.GetBytes(text.ToString(0, length));
        }
    }

    [Fact]
    public void What_is_compressed_unfolds_to_itself()
    {
        foreach (var text in Texts())
        {
            var buffer = new Utf8Buffer(16);
            if (!SmallDeflate.TryAppend(text, ref buffer)) continue;
            using var zlib = new ZLibStream(new MemoryStream(buffer.Written.ToArray()), CompressionMode.Decompress);
            using var back = new MemoryStream();
            zlib.CopyTo(back);

            Assert.Equal(text, back.ToArray());
            buffer.Dispose();
        }
    }

    [Fact]
    public void It_is_as_small_as_the_librarys_and_used_when_it_is_shorter_by_more_than_one()
    {
        var worst = new int[4];
        var kind = 0;
        foreach (var text in Texts())
        {
            using var library = new MemoryStream();
            using (var zlib = new ZLibStream(library, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(text);
            var buffer = new Utf8Buffer(16);
            var isShorter = SmallDeflate.TryAppend(text, ref buffer);

            var size = isShorter ? buffer.Length : text.Length;
            worst[kind] = Math.Max(worst[kind], size - (int)Math.Min(library.Length, text.Length));
            kind = (kind + 1) % 4;
            Assert.Equal(isShorter, size < text.Length - 1);
            buffer.Dispose();
        }

        // Two compressors differ by a bit here and there; neither may waste more than that.
        Assert.Equal([3, 3, 3, 3], worst);
    }

    [Fact]
    public void Values_of_every_byte_and_of_one_byte_are_no_exception()
    {
        byte[] all = [.. Enumerable.Range(0, 1024).Select(i => (byte)(i * 37 + i / 256))];
        foreach (var text in (byte[][])[[], [1], all, new byte[3], new byte[259], new byte[1024], [.. all[..500], .. all[..500]]])
        {
            var buffer = new Utf8Buffer(16);
            var isShorter = SmallDeflate.TryAppend(text, ref buffer);
            var unfolded = new Utf8Buffer(16);

            if (isShorter) Assert.True(Zlib.TryInflate(buffer.Written.ToArray(), buffer.Length, ref unfolded));
            if (isShorter) Assert.Equal(text, unfolded.Written.ToArray());
            buffer.Dispose();
            unfolded.Dispose();
        }
    }
}
