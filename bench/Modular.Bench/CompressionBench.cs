using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Modular.Bench;

/// <summary>What compressing a session's cookie saves and what it costs, by the size of its JSON. The best of many rounds.</summary>
static class CompressionBench
{
    const int Inner = 200;

    internal static void Run(int rounds)
    {
        Console.WriteLine("JSON    cookie's payload, plain and compressed    saved    compress    decompress");
        foreach (var size in (int[])[100, 170, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096])
        {
            var json = Json(size);
            var compressed = Deflate(json);
            var (plain, shorter) = (Base64Url.GetEncodedLength(json.Length), 1 + Base64Url.GetEncodedLength(compressed.Length));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{size,5} {plain,12:N0} {shorter,8:N0} {plain - shorter,18:N0} B {Best(rounds, () => Deflate(json)),10:N1} µs {Best(rounds, () => Inflate(compressed)),10:N1} µs"));
        }
    }

    // Sessions as sites have them: a token, names, a few numbers, ids of things, and messages.
    static byte[] Json(int size)
    {
        var random = new Random(size);
        var json = new StringBuilder("{\"csrf_token\":\"0123456789abcdef0f1e2d3c4b5a69788796a5b4\",\"user_id\":48123,\"name\":\"peter\",\"roles\":[\"admin\",\"editor\"]");
        string[] words = ["cart", "theme", "language", "last_seen", "filter", "sort", "page", "return_to", "currency", "draft"];
        for (var i = 0; json.Length < size - 1; i++)
            json.Append(CultureInfo.InvariantCulture, $",\"{words[i % words.Length]}{(i < words.Length ? "" : $"{i}")}\":{(i % 3 == 0 ? $"\"{Guid.NewGuid():N}\"" : i % 3 == 1 ? $"{random.Next(100_000)}" : "\"2026-11-23T01:02:03Z\"")}");
        json.Length = size - 1;
        return Encoding.ASCII.GetBytes(json.Append('}').ToString());
    }

    static byte[] Deflate(byte[] bytes)
    {
        using var output = new MemoryStream(bytes.Length);
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        return output.ToArray();
    }

    static byte[] Inflate(byte[] bytes)
    {
        using var zlib = new ZLibStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
        var output = new MemoryStream();
        zlib.CopyTo(output, 4096);
        return output.ToArray();
    }

    static double Best(int rounds, Func<byte[]> act)
    {
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Inner; i++) act();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / Inner);
        }
        return best;
    }
}
