using System.Net.Sockets;
using System.Text;

namespace Modular.Uploads.Tests;

[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class Alone;

// The heap is the process's, so nothing else may run meanwhile. bench/ sends a whole gigabyte.
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    const int Piece = 64 * 1024;
    const int Pieces = 1024;        // 64 MiB
    const long MaxGrowth = 256 * 1024;

    [Theory]
    [InlineData("/stream")]
    [InlineData("/saved")]
    [InlineData("/files")]
    public async Task A_large_upload_takes_no_more_memory_than_a_small_one(string path)
    {
        using var folder = new TemporaryFolder();
        var app = new ModularApp(new() { Limits = new() { MaxContentLength = 1L << 40 } }).UseUploads(new() { TemporaryFolder = folder.Path, MemoryThreshold = 10_000 });
        app.Post("/stream", async (UploadStream upload) =>
        {
            var part = (await upload.NextAsync())!;
            var buffer = new byte[Piece];
            var length = 0L;
            while (await part.Content.ReadAsync(buffer) is > 0 and var count) length += count;
            return $"{length}";
        });
        app.Post("/saved", async (UploadStream upload) => $"{new FileInfo(await (await upload.NextAsync())!.SaveAsync(Path.Combine(folder.Path, "saved"))).Length}");
        app.Post("/files", () => $"{Current.Request.Files["f"].Length}");
        await using var server = await Server.Start(app);

        await Upload(server, path, Pieces / 2, null);       // allocated once, such as the server's buffers
        var growth = long.MaxValue;
        for (var round = 0; round < 10 && growth > MaxGrowth; round++)
        {
            var heap = new List<long>();
            var answer = await Upload(server, path, Pieces, heap);
            Assert.EndsWith($"{(long)Piece * Pieces}", answer, StringComparison.Ordinal);
            growth = Math.Min(growth, heap.Skip(1).Max() - heap[0]);
        }

        // What grows with the upload grows in every round; what the runtime does beside does not.
        Assert.InRange(growth, long.MinValue, MaxGrowth);
    }

    static async Task<string> Upload(Server server, string path, int pieces, List<long>? heap)
    {
        var head = Multipart.File("f", "x", "")[..^2];
        const string Tail = "\r\n--BB--";
        var piece = new byte[Piece];
        using var socket = await server.Send($"POST {path} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nContent-Type: {Multipart.Type}\r\nContent-Length: {head.Length + Tail.Length + (long)pieces * Piece}\r\n\r\n{head}");
        for (var i = 0; i < pieces; i++)
        {
            for (var sent = 0; sent < Piece;) sent += await socket.SendAsync(piece.AsMemory(sent), SocketFlags.None);
            if (heap is not null && i % 128 == 64) heap.Add(GC.GetTotalMemory(forceFullCollection: true));
        }
        await socket.SendAsync(Encoding.ASCII.GetBytes(Tail));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer) is > 0 and var count) text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return text.ToString();
    }
}
