namespace Modular.Tests.Endpoints;

public sealed class SendFileTests : IDisposable
{
    readonly TemporaryFolder _files = new(("docs/a.txt", "a"), ("docs/sub/b.txt", "b"), ("secret.txt", "secret"));

    [Theory]
    [InlineData("a.txt", 200)]
    [InlineData("sub/b.txt", 200)]
    [InlineData("sub/../a.txt", 200)]
    [InlineData("../secret.txt", 404)]
    [InlineData("..%2Fsecret.txt", 404)]
    [InlineData("%2e%2e/secret.txt", 404)]
    [InlineData("sub", 404)]
    [InlineData("nothing.txt", 404)]
    [InlineData("..\\secret.txt", 404)]
    [InlineData("/etc/passwd", 404)]
    public async Task A_visitors_file_name_never_leads_out_of_the_folder(string name, int status)
    {
        var app = new ModularApp(new() { RootPath = _files.Path, Routing = new() { MergeSlashes = false } });
        app.Route("/<path:name>", (string name) => SendFromDirectory("docs", name));
        app.Route("/by-query", () => SendFromDirectory("docs", Current.Request.Args["name"]));
        await using var client = app.TestClient();

        var (byPath, byQuery) = (await client.GetAsync($"/{name}"), await client.GetAsync($"/by-query?name={name}"));

        Assert.Equal((status, status), (byPath.Status, byQuery.Status));
    }

    [Fact]
    public async Task A_folder_may_be_absolute_and_the_options_apply_to_its_files()
    {
        var app = new ModularApp();
        app.Route("/", () => SendFromDirectory(Path.Combine(_files.Path, "docs"), "a.txt", new() { AsAttachment = true, MaxAge = TimeSpan.FromMinutes(1) }));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("200 text/plain; charset=utf-8 a", response.ToString());
        Assert.Equal(
            ("attachment; filename=a.txt", "public, max-age=60"), (response.Headers.ContentDisposition.ToString(), response.Headers.CacheControl.ToString()));
    }

    [Theory]
    [InlineData("/static/a.txt", "public, max-age=3600")]
    [InlineData("/send", "public, max-age=3600")]
    [InlineData("/own", "no-cache, max-age=0")]
    [InlineData("/folder", "public, max-age=3600")]
    [InlineData("/blog/docs/a.txt", "public, max-age=3600")]
    public async Task The_application_sets_the_maximum_age_of_files(string path, string expected)
    {
        var app = new ModularApp(new() { RootPath = _files.Path, StaticFolder = "docs", StaticUrlPath = "/static", SendFileMaxAge = TimeSpan.FromHours(1) });
        app.Route("/send", () => SendFile("docs/a.txt"));
        app.Route("/own", () => SendFile("docs/a.txt", new() { MaxAge = TimeSpan.Zero }));
        app.Route("/folder", () => SendFromDirectory("docs", "a.txt"));
        app.Register(new Blueprint("blog", "/blog", new() { RootPath = _files.Path, StaticFolder = "docs" }));
        await using var client = app.TestClient();

        Assert.Equal(expected, (await client.GetAsync(path)).Headers.CacheControl);
    }

    [Fact]
    public async Task A_file_supports_ranges_and_is_not_sent_again_when_it_has_not_changed()
    {
        var app = new ModularApp(new() { RootPath = _files.Path });
        app.Route("/", () => SendFile("secret.txt"));
        await using var client = app.TestClient();

        var whole = await client.GetAsync("/");
        var part = await client.GetAsync("/", new() { Headers = [("Range", "bytes=1-3")] });
        var unchanged = await client.GetAsync("/", new() { Headers = [("If-None-Match", whole.Headers.ETag.ToString())] });

        Assert.Equal((206, "ecr", "bytes 1-3/6"), (part.Status, part.Text, part.Headers.ContentRange.ToString()));
        Assert.Equal((304, ""), (unchanged.Status, unchanged.Text));
    }

    [Fact]
    public async Task A_stream_is_disposed_of_when_it_has_been_sent_or_refused()
    {
        var (sent, refused) = (new Watched(), new Watched());
        var app = new ModularApp();
        app.Route("/sent", () => SendFile(sent, new() { MimeType = "text/plain" }));
        app.Route("/refused", () => SendFile(refused, new() { MimeType = "text/plain" }));
        await using var client = app.TestClient();

        var answers = (await client.GetAsync("/sent"), await client.GetAsync("/refused", new() { Headers = [("Range", "bytes=9-")] }));

        Assert.Equal((200, 416), (answers.Item1.Status, answers.Item2.Status));
        Assert.Equal((true, true), (sent.IsDisposed, refused.IsDisposed));
    }

    [Fact]
    public void Resources_are_opened_below_the_root_path()
    {
        var app = new ModularApp(new() { RootPath = _files.Path });

        using var reader = new StreamReader(app.OpenResource("docs/a.txt"));

        Assert.Equal("a", reader.ReadToEnd());
    }

    [Fact]
    public void Resources_outside_the_root_path_are_refused() => Assert.Equal(
        "Resource \"../secret.txt\" is outside the application's folder. Write a path below RootPath, such as \"data/schema.sql\".",
        Mistake.Of(() => new ModularApp(new() { RootPath = Path.Combine(_files.Path, "docs") }).OpenResource("../secret.txt")));

    public void Dispose() => _files.Dispose();

    sealed class Watched() : MemoryStream("abc"u8.ToArray())
    {
        internal bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
