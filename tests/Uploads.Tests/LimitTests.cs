using System.IO.Pipelines;
using System.Text;

namespace Modular.Uploads.Tests;

public sealed class LimitTests
{
    static readonly UploadLimits Small = new()
    {
        MaxContentLength = 2000, MaxFileSize = 100, MaxFormMemorySize = 50, MaxFormParts = 3, MaxPartHeaderSize = 300, MaxNameLength = 20, MaxFormPadding = 70,
    };

    static ModularApp App(BodyLimits limits)
    {
        var app = new ModularApp(new() { Limits = limits }).UseUploads();
        app.Post("/files", () => $"{Current.Request.Files.Count}");
        app.Post("/stream", async (UploadStream upload) =>
        {
            var count = 0;
            await foreach (var part in upload) count += part.IsFile ? 1 : 0;
            return $"{count}";
        });
        return app;
    }

    public static TheoryData<string, string, int> Bodies() => new()
    {
        { "a file at its limit", Multipart.File("f", "x", new('x', 100)) + "--BB--", 200 },
        { "a file above", Multipart.File("f", "x", new('x', 101)) + "--BB--", 413 },
        { "a field at its limit", Multipart.Field("f", new('x', 50)) + "--BB--", 200 },
        { "a field above", Multipart.Field("f", new('x', 51)) + "--BB--", 413 },
        { "as many parts as may be", Parts(3) + "--BB--", 200 },
        { "one more", Parts(4) + "--BB--", 413 },
        { "a part header at its limit", $"--BB\r\nX: {new string('x', 295 - "\r\nContent-Disposition: form-data; name=a; filename=x".Length)}\r\nContent-Disposition: form-data; name=a; filename=x\r\n\r\n1\r\n--BB--", 200 },
        { "a part header above", $"--BB\r\nX: {new string('x', 300)}\r\nContent-Disposition: form-data; name=a; filename=x\r\n\r\n1\r\n--BB--", 400 },
        { "a part header without end", $"--BB\r\nX: {new string('x', 1500)}", 400 },
        { "a name at its limit", Multipart.File(new('n', 20), "x", "1") + "--BB--", 200 },
        { "a name above", Multipart.File(new('n', 21), "x", "1") + "--BB--", 400 },
        { "a file name above", Multipart.File("f", new('n', 21), "1") + "--BB--", 400 },
        { "a preamble at its limit", $"{new string('p', 70)}\r\n{Parts(1)}--BB--", 200 },
        { "a preamble above", $"{new string('p', 71)}\r\n{Parts(1)}--BB--", 413 },
        { "an epilogue at its limit", $"{Parts(1)}--BB--{new string('e', 70)}", 200 },
        { "an epilogue above", $"{Parts(1)}--BB--{new string('e', 71)}", 413 },
        { "a body above", Parts(1) + new string('x', 2000), 413 },
    };

    static string Parts(int count) => string.Concat(Enumerable.Range(0, count).Select(i => Multipart.File($"f{i}", "x", "1")));

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Each_limit_holds_with_a_length_and_in_chunks_for_files_and_streams(string what, string body, int status)
    {
        await using var client = App(Small).TestClient();

        foreach (var path in new[] { "/files", "/stream" })
            foreach (var withLength in new[] { true, false })
            {
                HttpContent content = withLength ? new ByteArrayContent(Encoding.ASCII.GetBytes(body)) : new StreamContent(new NoLength(Encoding.ASCII.GetBytes(body)));
                content.Headers.TryAddWithoutValidation("Content-Type", Multipart.Type);

                var response = await client.PostAsync(path, new() { Content = content });

                Assert.True(status == response.Status, $"{what}, {path}, {(withLength ? "with a length" : "in chunks")}: {response.Status}");
            }
    }

    [Fact]
    public async Task A_rule_and_a_blueprint_may_have_their_own_limits_and_the_nearest_counts()
    {
        var app = App(Small);
        var blueprint = new Blueprint("large", "/large", new() { Limits = new() { MaxContentLength = 10_000 } });
        var inner = new Blueprint("inner", "/inner");
        blueprint.Post("/", () => $"{Current.Request.Data.Length}", endpoint: "index");
        blueprint.Post("/rule", () => $"{Current.Request.Data.Length}", endpoint: "rule").WithMetadata(new BodyLimits { MaxContentLength = 20_000 });
        inner.Post("/", () => $"{Current.Request.Data.Length}", endpoint: "index");
        blueprint.Register(inner);
        app.Register(blueprint);
        app.Post("/rule", () => $"{Current.Request.Data.Length}").WithMetadata(new BodyLimits { MaxContentLength = 30_000 });
        await using var client = app.TestClient();

        async Task<int> Status(string path, int length) => (await client.PostAsync(path, new() { Body = new byte[length] })).Status;

        Assert.Equal((200, 413), (await Status("/large/", 10_000), await Status("/large/", 10_001)));
        Assert.Equal((200, 413), (await Status("/large/inner/", 10_000), await Status("/large/inner/", 10_001)));
        Assert.Equal((200, 413), (await Status("/large/rule", 20_000), await Status("/large/rule", 20_001)));
        Assert.Equal((200, 413), (await Status("/rule", 30_000), await Status("/rule", 30_001)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_view_that_reads_its_body_itself_has_the_limit_too_wherever_it_is_hosted(bool withLength)
    {
        var app = new ModularApp(new() { Limits = new() { MaxContentLength = 100 } });
        app.Post("/stream", async (Stream body) => $"{(await new StreamReader(body).ReadToEndAsync()).Length}");
        app.Post("/pipe", async (PipeReader body) => $"{(await new StreamReader(body.AsStream()).ReadToEndAsync()).Length}");
        app.Post("/large", async (Stream body) => $"{(await new StreamReader(body).ReadToEndAsync()).Length}").WithMetadata(new BodyLimits { MaxContentLength = 1000 });
        await using var client = app.TestClient();      // mounted, as in any ASP.NET host

        async Task<int> Status(string path, int length) => (await client.PostAsync(path, new()
        {
            Content = withLength ? new ByteArrayContent(new byte[length]) : new StreamContent(new NoLength(new byte[length])),
        })).Status;

        Assert.Equal((200, 413), (await Status("/stream", 100), await Status("/stream", 101)));
        Assert.Equal((200, 413), (await Status("/pipe", 100), await Status("/pipe", 101)));
        Assert.Equal((200, 413), (await Status("/large", 1000), await Status("/large", 1001)));
    }

    [Fact]
    public void Invalid_limits_are_refused()
    {
        Assert.StartsWith("MaxFileSize must be at least 0 bytes, or null for the body's own limit.", Assert.Throws<ArgumentOutOfRangeException>(() => new UploadLimits { MaxFileSize = -1 }).Message);
        Assert.StartsWith("MaxFormParts must be at least 0 parts.", Assert.Throws<ArgumentOutOfRangeException>(() => new UploadLimits { MaxFormParts = -1 }).Message);
        Assert.StartsWith("MaxPartHeaderSize must be at least 0 bytes.", Assert.Throws<ArgumentOutOfRangeException>(() => new UploadLimits { MaxPartHeaderSize = -1 }).Message);
        Assert.StartsWith("MaxNameLength must be at least 0 characters.", Assert.Throws<ArgumentOutOfRangeException>(() => new UploadLimits { MaxNameLength = -1 }).Message);
        Assert.StartsWith("MaxFormPadding must be at least 0 bytes.", Assert.Throws<ArgumentOutOfRangeException>(() => new UploadLimits { MaxFormPadding = -1 }).Message);
    }

    [Fact]
    public async Task A_body_has_a_time_as_a_whole_even_when_bytes_keep_coming()
    {
        var time = new ManualTime();
        var app = new ModularApp(new() { Limits = new() { MaxReadTime = TimeSpan.FromMinutes(5) } });
        app.Services.AddSingleton<TimeProvider>(time);
        app.Post("/", () => $"{Current.Request.Data.Length}");
        await using var server = await Server.Start(app);
        var pieces = 0;

        using var socket = await server.Send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000\r\n\r\nx");
        var answer = Server.Status(socket);
        while (!answer.IsCompleted)
        {
            await Task.WhenAny(time.TimerSet, answer);
            if (answer.IsCompleted) break;
            time.Forget();
            time.Advance(TimeSpan.FromSeconds(50));
            pieces++;
            await socket.SendAsync("x"u8.ToArray());
        }

        Assert.Equal(408, await answer);
        Assert.InRange(pieces, 6, 7);
    }

    sealed class NoLength(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;
    }
}
