using System.Diagnostics;
using System.Text;

namespace Modular.Uploads.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task Files_are_found_after_middleware_has_read_the_form()
    {
        var app = new ModularApp().UseUploads();
        app.UseMiddleware(next => async http =>
        {
            await http.Request.ReadFormAsync();
            await next(http);
        });
        app.Post("/", async () =>
        {
            var file = Current.Request.Files["f"];
            return $"{file.FileName} {file.ContentType} {file.Headers.Count} {file.Length} {await new StreamReader(file.Stream).ReadToEndAsync()} {Current.Request.Form["a"]}";
        });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x.txt", "hello", "text/plain"), Multipart.Field("a", "1")));

        Assert.Equal("x.txt text/plain 2 5 hello 1", response.Text);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300_000)]
    public async Task Code_that_uses_only_ASP_NET_still_gets_the_fields(int length)
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", async () => $"{(await Current.Request.Http.Request.ReadFormAsync())["a"]} {Current.Request.Files["f"].Length}");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", new('x', length)), Multipart.Field("a", "1")));

        Assert.Equal($"1 {length}", response.Text);
    }

    [Fact]
    public async Task A_large_form_is_not_kept_as_a_whole()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", () => Assert.Throws<ModularException>(() => Current.Request.Data).Message);
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", new('x', 300_000))));

        Assert.Equal("Request.Data was read for a multipart form that a plugin reads part by part, so the whole body isn't kept. Read Request.Form and its files, or take the body as a Stream parameter of the view.", response.Text);
    }

    [Fact]
    public async Task Files_that_were_kept_for_a_task_are_gone_with_a_clear_error()
    {
        FileStorage? kept = null;
        Request? request = null;
        var app = new ModularApp().UseUploads();
        app.Post("/", () => $"{(kept = (request = Current.Request).Files["f"]).Length}");
        app.Post("/other", () => Assert.Throws<ModularException>(() => request!.Files).Message);
        await using var client = app.TestClient();

        await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", "hello")));
        var error = Assert.Throws<ModularException>(() => kept!.OpenRead());

        Assert.Equal("An uploaded file was read after its request had ended. Save it in the view, or read it before the task starts.", error.Message);
    }

    // Clients that send everything before they read must also get the response, not a closed connection.
    [NeedsTheory(Tool.Curl, Tool.Python)]
    [InlineData("curl")]
    [InlineData("curl --no-expect")]
    [InlineData("python")]
    public async Task A_real_client_sees_its_413(string client)
    {
        using var folder = new TemporaryFolder(("large.bin", new string('x', 20_000_000)));
        var app = new ModularApp(new() { Limits = new() { MaxContentLength = 262_144 } }).UseUploads();
        app.Post("/", () => $"{Current.Request.Files.Count}");
        app.Post("/stream", async (UploadStream upload) => $"{await upload.NextAsync() is null}");
        await using var server = await Server.Start(app);
        var file = Path.Combine(folder.Path, "large.bin");

        foreach (var path in new[] { "", "stream", "none" })
        {
            var status = client == "python"
                ? await Output(Tools.Path(Tool.Python), "-c", Python, $"{server.Url.Port}", $"/{path}", file)
                : await Output(Tools.Path(Tool.Curl), ["-s", "-o", "/dev/null", "-w", "%{http_code}", .. client == "curl" ? [] : new[] { "-H", "Expect:" }, "-F", $"f=@{file}", $"{server.Url}{path}"]);

            Assert.Equal(path == "none" ? "404" : "413", status.Trim());
        }
    }

    const string Python = """
        import http.client, sys
        body = b'--BB\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n' + open(sys.argv[3], 'rb').read() + b'\r\n--BB--\r\n'
        client = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]))
        client.request('POST', sys.argv[2], body, {'Content-Type': 'multipart/form-data; boundary=BB'})
        print(client.getresponse().status)
        """;

    static async Task<string> Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    [Fact]
    public async Task A_connection_is_used_again_after_a_refused_upload()
    {
        var app = new ModularApp(new() { Limits = new() { MaxContentLength = 1000 } }).UseUploads();
        app.Post("/", () => $"{Current.Request.Files.Count}");
        await using var server = await Server.Start(app);
        var head = $"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Type: {Multipart.Type}\r\nContent-Length: ";
        var body = $"{Multipart.File("f", "x", "1")}--BB--";

        using var socket = await server.Send($"{head}5000\r\n\r\n{new string('x', 5000)}");
        var first = await Server.Status(socket);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{head}{body.Length}\r\n\r\n{body}"));
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains("HTTP/1.1 200", StringComparison.Ordinal) && await socket.ReceiveAsync(buffer) is > 0 and var count) text += Encoding.ASCII.GetString(buffer, 0, count);

        Assert.Equal(413, first);
        Assert.Contains("HTTP/1.1 200", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_plugins_that_read_the_forms_of_one_type_are_reported()
    {
        var app = new ModularApp().UseUploads();
        app.Use(new Taker());

        var error = Assert.Throws<ModularException>(() => app.Build());

        Assert.Equal("Modular.Uploads and Another call FormReader for \"multipart/form-data\". Install only one of them.", error.Message);
    }

    sealed class Taker : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Another", core: "[0.1,1.0)");

        public void Install(PluginBuilder builder) => builder.FormReader("Multipart/Form-Data", (_, _, _) => throw new NotSupportedException());
    }

    [Fact]
    public void Files_without_UseUploads_name_the_package_and_the_line()
    {
        using var scope = new ModularApp().TestRequestContext("/");
        const string Remedy = "was read, but Modular.Uploads is not installed. Write app.UseUploads() before app.Run() and before the first request.";

        Assert.Equal($"Slot uploaded files (RequestFiles) {Remedy}", Assert.Throws<ModularException>(() => Current.Request.Files).Message);
        Assert.Equal($"Slot upload stream (UploadStream) {Remedy}", Assert.Throws<ModularException>(() => Current.Request.Upload).Message);
    }
}
