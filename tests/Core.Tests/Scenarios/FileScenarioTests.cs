using System.Text;

namespace Modular.Tests.Scenarios;

public sealed class FileScenarioTests : IDisposable
{
    const string NoSuchFile = "upstream bug: a file is no folder, so a slash after its name is another path";
    const string NoTextMode = "a TextReader is no answer: SendFile takes a Stream, so this does not compile";
    const string RefusedByServer = "Kestrel refuses NUL in a path before the application sees it";
    static readonly DateTime Changed = DateTimeOffset.FromUnixTimeSeconds(1_300_000_000).UtcDateTime;

    readonly ITestOutputHelper _output;
    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("modular-files-");

    public FileScenarioTests(ITestOutputHelper output)
    {
        _output = output;
        Write("secret.txt", "secret");
        foreach (var (name, text) in new[]
        {
            ("style.css", "body { color: red }\n"), ("index.html", "<h1>Hello World!</h1>"), ("sub/a b.txt", "spaced"), ("data.json", "{}"), ("noext", "x"),
            ("a.tar.gz", "gz"), ("x.svg", "<svg/>"), ("x.js", "1"), ("ü.txt", "uml"), ("x.unknownext", "?"),
        })
            Write($"static/{name}", text);
    }

    [Fact]
    public Task Static_files_are_sent_as_in_flask() => new ScenarioRun("static:{}", () => new ModularApp(new() { RootPath = _root.FullName }))
    {
        Deviations = StaticDeviations("Cache-Control: no-cache", ""),
    }.Run(_output);

    [Fact]
    public Task Static_files_may_be_kept_for_an_hour_as_in_flask() => new ScenarioRun(
        "static:{\"SEND_FILE_MAX_AGE_DEFAULT\": 3600}", () => new ModularApp(new() { RootPath = _root.FullName, SendFileMaxAge = TimeSpan.FromHours(1) }))
    {
        Deviations = StaticDeviations("Cache-Control: public, max-age=3600", "Expires: <now+max_age>; "),
    }.Run(_output);

    [Fact]
    public Task Chosen_files_and_streams_are_sent_as_in_flask() => new ScenarioRun("send_file", Sending)
    {
        Deviations = new Dictionary<string, (string, string)> { ["GET /text"] = (NotFound, NoTextMode) },
    }.Run(_output);

    public void Dispose() => _root.Delete(recursive: true);

    ModularApp Sending()
    {
        var app = new ModularApp(new() { RootPath = _root.FullName });
        app.Route("/att", () => SendFile("static/style.css", new() { AsAttachment = true }));
        app.Route("/attname", () => SendFile("static/style.css", new() { AsAttachment = true, DownloadName = "ü \"q\" x.txt" }));
        app.Route("/inline", () => SendFile("static/style.css", new() { MimeType = "application/pdf", DownloadName = "x.pdf" }));
        app.Route("/bio", () => SendFile(Abc(), new() { MimeType = "text/plain" }));
        app.Route("/bioname", () => SendFile(Abc(), new() { DownloadName = "x.txt" }));
        app.Route("/bionone", () => SendFile(Abc(), new()));
        app.Route("/noetag", () => SendFile("static/style.css", new()
        {
            Conditional = false, ETag = "", LastModified = DateTimeOffset.UnixEpoch, MaxAge = TimeSpan.FromMinutes(1),
        }));
        app.Route("/etag", () => SendFile("static/style.css", new() { ETag = "mine" }));
        app.Route("/gz", () => SendFile("static/a.tar.gz", new() { AsAttachment = true }));
        app.Route("/sfd/<path:name>", (string name) => SendFromDirectory("static", name));
        app.Route("/missing", () => SendFile("static/nothing.txt"));
        app.Route("/semi", () => SendFile("static/style.css", new() { AsAttachment = true, DownloadName = "a;b,c.txt" }));
        return app;
    }

    static MemoryStream Abc() => new("abc"u8.ToArray());

    void Write(string name, string text)
    {
        var path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.SetLastWriteTimeUtc(path, Changed);
    }

    static Dictionary<string, (string Answer, string Reason)> StaticDeviations(string caching, string expires)
    {
        var head = $"200 [Accept-Ranges: bytes; {caching}; Content-Disposition: inline; filename=style.css; Content-Length: 20; "
            + $"Content-Type: text/css; charset=utf-8; ETag: \"<etag>\"; {expires}Last-Modified: Sun, 13 Mar 2011 07:06:40 GMT]";
        var whole = ($"{head} \"body {{ color: red }}\\n\"", "a range that is not understood is ignored, RFC 9110 §14.2");
        return new()
        {
            ["GET /static/style.css/"] = (NotFound, NoSuchFile),
            ["GET /static/style.css%00.txt"] = ("400 [Connection: close; Content-Length: 0] \"\"", RefusedByServer),
            ["GET /static/style.css {Range: bytes=5-2}"] = whole,
            ["GET /static/style.css {Range: bytes=0-1,3-4}"] = whole,
            ["GET /static/style.css {Range: lines=0-1}"] = whole,
            ["HEAD /static/style.css {Range: bytes=0-3}"] = ($"{head} \"\"", "ranges are for GET, RFC 9110 §14.2"),
        };
    }

    static string NotFound => ScenarioAnswer.Of(
        404, [("Content-Length", "303"), ("Content-Type", "text/html; charset=utf-8")], Encoding.UTF8.GetBytes(ErrorPage.Of(new HttpException(404)).Text!));
}
