using System.Net;
using System.Text;

namespace Modular.Uploads.Tests;

public sealed class UploadStreamTests
{
    static ModularApp Listing()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", async (UploadStream upload) =>
        {
            var parts = new StringBuilder();
            await foreach (var part in upload) parts.Append(part.IsFile ? $"{part.Name}:{part.FileName}:{part.MimeType}=" : $"{part.Name}=").Append(await part.ReadTextAsync()).Append(';');
            return parts.ToString();
        });
        return app;
    }

    static readonly byte[] Mixed = Multipart.Form(
        Multipart.Field("a", "1"), Multipart.File("f", "x.txt", "line\r\n--B\r\n--BBB\r\nend", "Text/Plain; a=b"), Multipart.File("g", "", ""), Multipart.Field("a", ""), Multipart.Field("\u00E9", "\r\n"));

    const string MixedText = "a=1;f:x.txt:text/plain=line\r\n--B\r\n--BBB\r\nend;g::=;a=;\uFFFD=\r\n;";

    [Fact]
    public async Task Parts_come_in_the_order_of_the_form()
    {
        await using var client = Listing().TestClient();

        var response = await client.PostAsync("/", new() { Body = Mixed, ContentType = Multipart.Type });

        Assert.Equal(MixedText, response.Text);
    }

    [Fact]
    public async Task A_body_may_be_cut_at_every_byte()
    {
        var app = Listing().UseWholeFiles();
        await using var client = app.TestClient();

        for (var cut = 0; cut <= Mixed.Length; cut++)
        {
            var streamed = await client.PostAsync("/", new() { Content = new Cut(Mixed, cut) });
            var kept = await client.PostAsync("/kept", new() { Content = new Cut(Mixed, cut) });

            Assert.Equal((MixedText, MixedText), (streamed.Text, kept.Text));
        }
    }

    [Fact]
    public async Task A_body_may_come_byte_by_byte()
    {
        var app = Listing().UseWholeFiles();
        await using var client = app.TestClient();

        var streamed = await client.PostAsync("/", new() { Content = new Cut(Mixed, 1, everywhere: true) });
        var kept = await client.PostAsync("/kept", new() { Content = new Cut(Mixed, 1, everywhere: true) });

        Assert.Equal((MixedText, MixedText), (streamed.Text, kept.Text));
    }

    [Fact]
    public async Task A_part_is_available_before_the_next_one_is_sent()
    {
        var first = new TaskCompletionSource<string>();
        var app = new ModularApp().UseUploads();
        app.Post("/", async (UploadStream upload) =>
        {
            first.SetResult(await (await upload.NextAsync())!.ReadTextAsync());
            return $"{(await upload.NextAsync())!.Name} {await upload.NextAsync() is null}";
        });
        await using var server = await Server.Start(app);
        var (one, two) = ($"{Multipart.File("f", "x", "hello")}--BB\r\n", $"{Multipart.File("g", "y", "world")["--BB\r\n".Length..]}--BB--");

        using var socket = await server.Send($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Type: {Multipart.Type}\r\nContent-Length: {one.Length + two.Length}\r\n\r\n{one}");
        var text = await first.Task;
        await socket.SendAsync(Encoding.ASCII.GetBytes(two));
        var buffer = new byte[4096];
        var answer = Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));

        Assert.Equal("hello", text);
        Assert.EndsWith("g True", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=BB", "no form", 400)]
    [InlineData("multipart/form-data; boundary=BB", "--BB\r\n\r\n\r\n--BB--", 400)]
    [InlineData("multipart/form-data; boundary=BB", "", 400)]
    [InlineData("multipart/form-data", "--BB--", 415)]
    [InlineData("application/json", "{}", 415)]
    [InlineData("multipart/form-data; boundary=BB", "--BB--", 200)]
    public async Task A_body_that_is_not_a_multipart_form_is_refused(string type, string body, int status)
    {
        await using var client = Listing().TestClient();

        var response = await client.PostAsync("/", new() { Body = Encoding.ASCII.GetBytes(body), ContentType = type });

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task A_part_is_read_before_the_next_one_or_not_at_all()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", async (UploadStream upload) =>
        {
            var first = await upload.NextAsync();
            await upload.NextAsync();
            return (await Assert.ThrowsAsync<ModularException>(async () => await first!.ReadTextAsync())).Message;
        });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", "1"), Multipart.File("g", "y", "2")));

        Assert.Equal("Part \"f\" of a form was read after the next part was requested. Read or save it inside the loop.", response.Text);
    }

    [Fact]
    public async Task A_content_is_only_read_asynchronously()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", async (UploadStream upload) =>
        {
            var part = await upload.NextAsync();
            return Assert.Throws<NotSupportedException>(() => part!.Content.ReadByte()).Message;
        });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", "1")));

        Assert.Equal("The body was read synchronously, which would block a thread until the client sends more. Write: await stream.ReadAsync(…).", response.Text);
    }

    [Fact]
    public async Task A_file_is_saved_while_it_arrives()
    {
        using var folder = new TemporaryFolder();
        var app = new ModularApp().UseUploads();
        app.Post("/", async (UploadStream upload) =>
        {
            var names = new List<string>();
            using var copy = new MemoryStream();
            await foreach (var part in upload)
                if (part.Name == "path") names.Add(Path.GetFileName(await part.SaveAsync(Path.Combine(folder.Path, "a.txt"))));
                else if (part.Name == "store") names.Add(await part.SaveAsync(new LocalFolder(folder.Path)));
                else await part.SaveAsync(copy);
            return $"{string.Join(' ', names)} {Encoding.ASCII.GetString(copy.ToArray())}";
        });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(
            Multipart.File("path", "x", "1"), Multipart.File("store", "../b.txt", "2"), Multipart.File("copy", "z", "3")));

        Assert.Equal("a.txt b.txt 3", response.Text);
        Assert.Equal(("1", "2"), (File.ReadAllText(Path.Combine(folder.Path, "a.txt")), File.ReadAllText(Path.Combine(folder.Path, "b.txt"))));
    }

    [Fact]
    public async Task A_view_without_parameters_reads_parts_when_it_is_marked()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", async context => new Response((await Current.Request.Upload.NextAsync(context.RequestAborted))!.Name)).WithMetadata(new ReadsBodyAttribute());
        app.Post("/attribute", Attributed);
        app.Post("/forgotten", async context => new Response((await Current.Request.Upload.NextAsync(context.RequestAborted))!.Name));
        await using var client = app.TestClient();

        var (metadata, attribute) = (await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", "1"))), await client.PostAsync("/attribute", Multipart.Request(Multipart.File("g", "x", "1"))));
        var error = await Assert.ThrowsAsync<ModularException>(() => client.PostAsync("/forgotten", Multipart.Request(Multipart.File("f", "x", "1"))));

        Assert.Equal(("f", "g"), (metadata.Text, attribute.Text));
        Assert.Equal("Request.OpenBody was called when the body had been read already. Let the view read the body itself: give it [ReadsBody], or WithMetadata(new ReadsBodyAttribute()).", error.Message);

        [ReadsBody]
        static async Task<Response> Attributed(RequestContext context) => new((await Current.Request.Upload.NextAsync(context.RequestAborted))!.Name);
    }

    [Fact]
    public void A_view_that_takes_an_upload_stream_needs_the_plugin()
    {
        var app = new ModularApp();
        app.Post("/", (UploadStream upload) => "");

        var error = Assert.Throws<ModularException>(() => app.Build());

        Assert.Equal("Nothing can fill parameter \"upload\" (UploadStream) of the view for rule \"/\": its plugin is not installed. Write app.UseUploads().", error.Message);
    }

    /// <summary>A body that is sent in pieces, each flushed.</summary>
    sealed class Cut : HttpContent
    {
        readonly byte[] _body;
        readonly int _cut;
        readonly bool _everywhere;

        internal Cut(byte[] body, int cut, bool everywhere = false)
        {
            (_body, _cut, _everywhere) = (body, cut, everywhere);
            Headers.TryAddWithoutValidation("Content-Type", Multipart.Type);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var pieces = _everywhere ? _body.Chunk(_cut) : [_body[.._cut], _body[_cut..]];
            foreach (var piece in pieces)
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

static class WholeFiles
{
    /// <summary>The same listing from the files that were kept.</summary>
    internal static ModularApp UseWholeFiles(this ModularApp app)
    {
        app.Post("/kept", () =>
        {
            var (fields, files) = (Current.Request.Form, Current.Request.Files);
            var parts = new StringBuilder($"a={fields.GetAll("a")[0]};");
            foreach (var file in files) parts.Append($"{file.Name}:{file.FileName}:{file.MimeType}={new StreamReader(file.OpenRead()).ReadToEnd()};");
            return $"{parts}a={fields.GetAll("a")[1]};\uFFFD={fields["\uFFFD"]};";
        });
        return app;
    }
}
