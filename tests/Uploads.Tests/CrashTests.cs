using System.Net.Sockets;
using System.Text;

namespace Modular.Uploads.Tests;

/// <summary>A process that is killed and a disk that is full: the target has the old or the new content, never a part of it.</summary>
public sealed class CrashTests
{
    [NeedsTheory(Tool.Coreutils)]
    [InlineData("/stream")]
    [InlineData("/form")]
    public async Task A_process_that_is_killed_while_it_saves_a_file_leaves_the_old_one_and_the_next_process_cleans_up(string path)
    {
        using var kept = new TemporaryFolder(("report.txt", "old"));
        using var temporary = new TemporaryFolder();
        await using (var process = ServedProcess.Start("UploadingApp.dll", [kept.Path, temporary.Path]))
        {
            var url = await process.Url();
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(url.Host, url.Port);
            var head = $"POST {path} HTTP/1.1\r\nHost: a.test\r\nContent-Type: {Multipart.Type}\r\nContent-Length: 25000000\r\n\r\n{Multipart.File("f", "x", "")}";
            await socket.SendAsync(Encoding.Latin1.GetBytes(head.TrimEnd() + "\r\n\r\n"));
            // More than pipes and buffers hold: when all of it has been read, a part of it is on the disk.
            for (var sent = 0; sent < 20_000_000; sent += 100_000) await socket.SendAsync(new byte[100_000]);

            await process.Signal("KILL");
            await process.Exit();
        }
        var left = Directory.GetFiles(kept.Path).Select(Path.GetFileName).Order().ToList();

        var old = File.ReadAllText(Path.Combine(kept.Path, "report.txt"));
        await using var next = ServedProcess.Start("UploadingApp.dll", [kept.Path, temporary.Path]);
        using var client = new HttpClient { BaseAddress = await next.Url() };
        await client.PostAsync(path, Content("new"));

        Assert.Equal(("old", "new"), (old, File.ReadAllText(Path.Combine(kept.Path, "report.txt"))));
        Assert.Equal(path == "/stream" ? 2 : 1, left.Count);        // the new content was being written under another name
        Assert.Equal(["report.txt"], Directory.GetFiles(kept.Path).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(temporary.Path));
    }

    // A limit on the size of files makes the writing fail half way, as a full disk does, and needs no disk to fill.
    [NeedsTheory(Tool.Coreutils, Tool.Prlimit)]
    [InlineData("/stream")]
    [InlineData("/form")]
    public async Task A_full_disk_is_a_500_that_leaves_the_old_file_and_no_partial_file(string path)
    {
        using var kept = new TemporaryFolder(("report.txt", "old"));
        using var temporary = new TemporaryFolder();
        await using var process = ServedProcess.Start(["--ignore-signal=XFSZ", "prlimit", "--fsize=300000"], "UploadingApp.dll", [kept.Path, temporary.Path], ("DOTNET_EnableWriteXorExecute", "0"));
        using var client = new HttpClient { BaseAddress = await process.Url() };

        var full = await client.PostAsync(path, Content(new string('x', 2_000_000)));
        var left = (Directory.GetFiles(kept.Path).Length, Directory.GetFiles(temporary.Path).Length);
        var after = await client.PostAsync(path, Content("new"));

        Assert.Equal((500, (1, 0)), ((int)full.StatusCode, left));
        Assert.Equal((200, "new"), ((int)after.StatusCode, File.ReadAllText(Path.Combine(kept.Path, "report.txt"))));
    }

    static ByteArrayContent Content(string file)
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(Multipart.File("f", "x", file) + "--BB--\r\n"));
        content.Headers.TryAddWithoutValidation("Content-Type", Multipart.Type);
        return content;
    }
}
