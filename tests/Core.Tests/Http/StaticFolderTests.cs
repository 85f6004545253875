using System.Globalization;

namespace Modular.Tests;

public sealed class StaticFolderTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("modular-static").FullName;

    string Folder => Path.Combine(_root, "static");

    public StaticFolderTests()
    {
        Add("static/style.css", "body { color: #333; }\n");
        Add("static/sub/inner.txt", "inner file\n");
        Add("static/name with space.txt", "space file\n");
        Add("static/ümläut.txt", "unicode name\n");
        Add("static/.hidden", "dot file\n");
        Add("static/noext", "no extension\n");
        Add("static/empty.txt", "");
        Add("static/x.tar.gz", "packed");
        Add("secret.txt", "TOP SECRET CONTENT\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_file_is_sent_with_its_type_length_time_and_tag()
    {
        var sent = await Get("style.css");

        Assert.Equal((200, "body { color: #333; }\n"), (sent.Status, sent.Body));
        Assert.Equal("text/css; charset=utf-8", sent.Headers.ContentType);
        Assert.Equal(22, sent.Headers.ContentLength);
        Assert.Equal("no-cache", sent.Headers.CacheControl);
        Assert.Equal("bytes", sent.Headers.AcceptRanges);
        Assert.Equal("inline; filename=style.css", sent.Headers.ContentDisposition);
        Assert.Equal("Sat, 04 Jan 2020 18:52:16 GMT", sent.Headers.LastModified);
        Assert.Matches("^\"[0-9a-f]+-16-[0-9a-f]+\"$", sent.Headers.ETag.ToString());
    }

    [Theory]
    [InlineData("name with space.txt", "inline; filename=\"name with space.txt\"", "text/plain; charset=utf-8")]
    [InlineData("ümläut.txt", "inline; filename=umlaut.txt; filename*=UTF-8''%C3%BCml%C3%A4ut.txt", "text/plain; charset=utf-8")]
    [InlineData(".hidden", "inline; filename=.hidden", "application/octet-stream")]
    [InlineData("noext", "inline; filename=noext", "application/octet-stream")]
    [InlineData("sub/../sub/inner.txt", "inline; filename=inner.txt", "text/plain; charset=utf-8")]
    public async Task Files_with_names_of_all_kinds_are_found_and_sent(string name, string disposition, string type)
    {
        var sent = await Get(name);

        Assert.Equal(200, sent.Status);
        Assert.Equal(disposition, sent.Headers.ContentDisposition);
        Assert.Equal(type, sent.Headers.ContentType);
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\secret.txt")]
    [InlineData("style.css\0.png")]
    [InlineData("sub/con")]
    [InlineData("AUX.txt")]
    [InlineData("style.css::$DATA")]
    [InlineData("missing.txt")]
    [InlineData("sub")]
    [InlineData("sub/")]
    [InlineData("style.css/")]
    [InlineData("")]
    [InlineData(".")]
    public void A_name_that_is_not_a_file_inside_the_folder_is_not_found(string name)
    {
        var error = Assert.Throws<HttpException>(() => Response.FileIn(Folder, Sent.Request(), name));

        Assert.Equal(404, error.Status);
    }

    [Fact]
    public void A_folder_that_does_not_exist_has_no_files()
    {
        Assert.Throws<HttpException>(() => Response.FileIn(Path.Combine(_root, "nowhere"), Sent.Request(), "x"));
    }

    [Fact]
    public async Task A_valid_copy_is_not_sent_again()
    {
        var first = await Get("style.css");

        var byTag = await Get("style.css", ("If-None-Match", first.Headers.ETag.ToString()));
        var byDate = await Get("style.css", ("If-Modified-Since", first.Headers.LastModified.ToString()));
        var beforeRange = await Get("style.css", ("If-None-Match", first.Headers.ETag.ToString()), ("Range", "bytes=0-1"));

        Assert.Equal([304, 304, 304], new[] { byTag.Status, byDate.Status, beforeRange.Status });
        Assert.Empty(byTag.Bytes);
        Assert.Equal(["Accept-Ranges", "Cache-Control", "Content-Disposition", "ETag"], byTag.Headers.Keys.Order());
    }

    [Fact]
    public async Task A_range_is_sent_on_request()
    {
        var sent = await Get("sub/inner.txt", ("Range", "bytes=6-"));

        Assert.Equal((206, "file\n", "bytes 6-10/11"), (sent.Status, sent.Body, sent.Headers.ContentRange.ToString()));
    }

    [Fact]
    public void A_range_outside_the_body_is_a_416_with_the_length()
    {
        var error = Assert.Throws<HttpException>(() => Response.FileIn(Folder, Sent.Request("GET", ("Range", "bytes=11-")), "sub/inner.txt"));

        Assert.Equal((416, "bytes */11"), (error.Status, error.Headers.ContentRange.ToString()));
    }

    [Fact]
    public async Task An_empty_file_is_sent_whole_for_every_range()
    {
        var sent = await Get("empty.txt", ("Range", "bytes=0-10"));

        Assert.Equal((200, "", 0), (sent.Status, sent.Body, sent.Headers.ContentLength));
    }

    [Fact]
    public async Task A_compressed_file_has_its_encoding_unless_it_is_an_attachment()
    {
        var shown = await Get("x.tar.gz");
        var saved = await Sent.Of(Response.FileIn(Folder, Sent.Request(), "x.tar.gz", new() { AsAttachment = true, DownloadName = "backup.tar.gz" }));

        Assert.Equal(("gzip", "application/x-tar"), (shown.Headers.ContentEncoding.ToString(), shown.Headers.ContentType.ToString()));
        Assert.Equal(0, saved.Headers.ContentEncoding.Count);
        Assert.Equal("attachment; filename=backup.tar.gz", saved.Headers.ContentDisposition);
    }

    [Fact]
    public async Task A_maximum_age_lets_caches_keep_the_file()
    {
        var options = new SendFileOptions { MaxAge = TimeSpan.FromHours(1), ETag = "", Clock = new StoppedClock() };

        var sent = await Sent.Of(Response.FileIn(Folder, Sent.Request(), "style.css", options));

        Assert.Equal("public, max-age=3600", sent.Headers.CacheControl);
        Assert.Equal("Sat, 01 Jan 2000 01:00:00 GMT", sent.Headers.Expires);
        Assert.Equal(0, sent.Headers.ETag.Count);
    }

    [Fact]
    public async Task A_stream_is_sent_as_a_file_by_its_download_name()
    {
        var sent = await Sent.Of(Response.File(Sent.Request("GET", ("Range", "bytes=-1")), new MemoryStream([1, 2]), new() { DownloadName = "x.png" }));

        Assert.Equal((206, "image/png"), (sent.Status, sent.Headers.ContentType.ToString()));
        Assert.Equal([2], sent.Bytes);
    }

    [Fact]
    public void A_stream_is_disposed_when_it_has_no_such_range()
    {
        var stream = new MemoryStream([1, 2]);

        Assert.Throws<HttpException>(() => Response.File(Sent.Request("GET", ("Range", "bytes=5-")), stream, new() { MimeType = "image/png" }));

        Assert.False(stream.CanRead);
    }

    [Fact]
    public void A_stream_needs_a_type_and_an_attachment_needs_a_name()
    {
        Assert.Equal(
            "A stream has no media type. Set MimeType or DownloadName in the SendFileOptions, or send a path.",
            Assert.Throws<ModularException>(() => Response.File(Sent.Request(), Stream.Null, new())).Message);
        Assert.Equal(
            "A stream sent as an attachment has no name. Set DownloadName in the SendFileOptions, or send a path.",
            Assert.Throws<ModularException>(() => Response.File(Sent.Request(), Stream.Null, new() { MimeType = "a/b", AsAttachment = true })).Message);
    }

    [Fact]
    public void A_missing_path_of_the_application_is_the_applications_mistake()
    {
        var path = Path.Combine(_root, "missing.txt");

        var error = Assert.Throws<FileNotFoundException>(() => Response.File(Sent.Request(), path));

        Assert.Equal($"There is no file {path} to send.", error.Message);
    }

    Task<Sent> Get(string name, params (string, string)[] headers)
    {
        var http = Sent.Request("GET", headers);
        return Sent.Of(Response.FileIn(Folder, http, name), http);
    }

    void Add(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, DateTime.Parse("2020-01-04T18:52:16.5", CultureInfo.InvariantCulture));
    }

    sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
