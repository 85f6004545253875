using System.Net;
using System.Security.Cryptography;

namespace Modular.Uploads.Tests;

// Clients that stall, disconnect or send wrong lengths: no file and no handle is left.
public sealed class LeftoverTests
{
    static readonly string Large = new('x', 100_000);

    static ModularApp App(string folder, UploadLimits? limits = null)
    {
        var app = new ModularApp(new() { Limits = limits ?? new() }).UseUploads(new() { MemoryThreshold = 10, TemporaryFolder = folder });
        app.Post("/", () => $"{Current.Request.Files["f"].Length} {Leftovers.Handles(folder)}");
        app.Post("/stream", async (UploadStream upload) =>
        {
            await foreach (var part in upload) await part.SaveAsync(Path.Combine(folder, "kept"));
            return "saved";
        }, endpoint: "stream");
        app.Post("/fails", string () => throw new InvalidOperationException($"{Current.Request.Files.Count} files"));
        return app;
    }

    static string Head(string path, string framing) => $"POST {path} HTTP/1.1\r\nHost: a.test\r\nContent-Type: {Multipart.Type}\r\n{framing}\r\n\r\n";

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/fails", 500)]
    [InlineData("/none", 404)]
    public async Task A_temporary_file_is_deleted_after_the_request_whatever_the_view_did(string path, int status)
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.Start(App(folder.Path));
        using var client = server.Client();

        var response = await client.PostAsync(path, Content(Multipart.File("f", "x", Large)));
        var text = await response.Content.ReadAsStringAsync();
        await server.Over(1);

        Assert.Equal(status, (int)response.StatusCode);
        // While the view ran it was there, with no name.
        if (status == 200) Assert.Equal(OperatingSystem.IsLinux() ? "100000 1" : "100000 0", text);
        Assert.Equal((0, 0), Leftovers.Count(folder.Path));
    }

    [Fact]
    public async Task A_client_that_disconnects_in_the_middle_leaves_no_files()
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.Start(App(folder.Path));

        for (var i = 0; i < 20; i++)
        {
            var socket = await server.Send(Head("/", "Content-Length: 1000000") + Multipart.File("f", "x", Large));
            await server.Begun(i + 1);
            // Half of them close the connection properly, the others reset it.
            if (i % 2 == 0) socket.LingerState = new(true, 0);
            socket.Dispose();
        }
        await server.Over(20);

        Assert.Equal((0, 0), Leftovers.Count(folder.Path));
    }

    [Theory]
    [InlineData("Content-Length: 100000000", 413)]
    [InlineData("Transfer-Encoding: chunked", 413)]
    public async Task A_client_that_sends_too_much_gets_its_413_and_leaves_no_files(string framing, int status)
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.Start(App(folder.Path, new() { MaxContentLength = 150_000 }));
        var chunk = framing.StartsWith('T') ? $"{Large.Length + 200:X}\r\n{Multipart.File("f", "x", Large).PadRight(Large.Length + 200)}\r\n" : Multipart.File("f", "x", Large);

        using var socket = await server.Send(Head("/", framing) + chunk + chunk + chunk);
        var answer = await Server.Status(socket);
        socket.Dispose();
        await server.Over(1);

        Assert.Equal(status, answer);
        Assert.Equal((0, 0), Leftovers.Count(folder.Path));
    }

    [Theory]
    [InlineData("--BB\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n", "\r\n--BB--", 400)]
    [InlineData("--BB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n", "", 400)]
    public async Task A_body_that_is_shorter_than_its_stated_length_is_not_a_form(string start, string end, int status)
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.Start(App(folder.Path));

        using var socket = await server.Send(Head("/", "Content-Length: 500000") + start + Large + end);
        socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var answer = await Server.Status(socket);
        await server.Over(1);

        // 0: the server closed the connection, because the client had disconnected.
        Assert.Contains(answer, new[] { status, 0 });
        Assert.Equal((0, 0), Leftovers.Count(folder.Path));
    }

    [Fact]
    public async Task A_malformed_form_leaves_nothing_and_is_an_empty_one()
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.Start(App(folder.Path));
        using var client = server.Client();
        var content = new StringContent($"{Multipart.File("f", "x", Large)}--B");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", Multipart.Type);

        var response = await client.PostAsync("/", content);
        await server.Over(1);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);      // no file "f"
        Assert.Equal((0, 0), Leftovers.Count(folder.Path));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/stream")]
    public async Task A_client_that_stalls_gets_a_408_and_leaves_no_files(string path)
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime();
        var app = App(folder.Path);
        app.Services.AddSingleton<TimeProvider>(time);
        await using var server = await Server.Start(app);

        using var socket = await server.Send(Head(path, "Content-Length: 1000000") + Multipart.File("f", "x", Large));
        var answer = Server.Status(socket);
        while (!answer.IsCompleted)
        {
            // Each piece restarted the timer.
            await Task.WhenAny(time.TimerSet, answer);
            time.Forget();
            time.Advance(TimeSpan.FromSeconds(61));
        }
        socket.Dispose();
        await server.Over(1);

        Assert.Equal(408, await answer);
        Assert.Equal((0, 0), Leftovers.Count(folder.Path));
    }

    [Fact]
    public async Task Two_hundred_uploads_at_once_keep_to_themselves_and_leave_nothing()
    {
        using var folder = new TemporaryFolder();
        var app = new ModularApp().UseUploads(new() { MemoryThreshold = 10_000, TemporaryFolder = folder.Path });
        app.Post("/", async () => Convert.ToHexString(await SHA256.HashDataAsync(Current.Request.Files["f"].Stream)));
        await using var server = await Server.Start(app);
        using var client = server.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var text = new string((char)('0' + i % 70), 100_000 + i);
            using var response = await client.PostAsync("/", Content(Multipart.File("f", "x", text)));
            return (Expected: Convert.ToHexString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(text))), Actual: await response.Content.ReadAsStringAsync());
        }));
        await server.Over(200);

        Assert.All(answers, answer => Assert.Equal(answer.Expected, answer.Actual));
        Assert.Equal((0, 0), Leftovers.Count(folder.Path));
    }

    static ByteArrayContent Content(params string[] parts)
    {
        var content = new ByteArrayContent(Multipart.Form(parts));
        content.Headers.TryAddWithoutValidation("Content-Type", Multipart.Type);
        return content;
    }
}
