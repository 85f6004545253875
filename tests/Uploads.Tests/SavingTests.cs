using System.Text;

namespace Modular.Uploads.Tests;

public sealed class SavingTests
{
    static async Task<TestResponse> Save(string path, SaveOptions? options, string fileName, string content)
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", async () => Path.GetFileName(await Current.Request.Files["f"].SaveAsync(path, options)));
        await using var client = app.TestClient();
        return await client.PostAsync("/", Multipart.Request(Multipart.File("f", fileName, content)));
    }

    [Fact]
    public async Task An_existing_file_is_replaced_or_kept_beside_or_the_reason_to_fail()
    {
        using var folder = new TemporaryFolder(("a.txt", "old"));
        var path = Path.Combine(folder.Path, "a.txt");

        var error = await Assert.ThrowsAsync<IOException>(() => Save(path, new() { IfExists = IfExists.Fail }, "x", "no"));
        var unique = await Save(path, new() { IfExists = IfExists.Unique }, "x", "1");
        var uniqueAgain = await Save(path, new() { IfExists = IfExists.Unique }, "x", "2");
        var kept = File.ReadAllText(path);
        var replaced = await Save(path, null, "x", "new");

        Assert.Equal($"The file \"{path}\" already exists. Save it under another name, or set SaveOptions.IfExists to Unique or Overwrite.", error.Message);
        Assert.Equal(("a-1.txt", "a-2.txt", "a.txt"), (unique.Text, uniqueAgain.Text, replaced.Text));
        Assert.Equal(("old", "new", "1", "2"), (kept, File.ReadAllText(path), File.ReadAllText(Path.Combine(folder.Path, "a-1.txt")), File.ReadAllText(Path.Combine(folder.Path, "a-2.txt"))));
        Assert.Equal(3, Leftovers.Files(folder.Path));
    }

    [Fact]
    public async Task Concurrent_saves_of_one_name_each_get_their_own()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolder(folder.Path, new() { Save = new() { IfExists = IfExists.Unique } });

        var names = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => store.SaveAsync("a.txt", new MemoryStream(Encoding.ASCII.GetBytes($"{i}"))))));

        Assert.Equal(200, names.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 200), Directory.GetFiles(folder.Path).Select(file => int.Parse(File.ReadAllText(file), null)).Order());
    }

    [Fact]
    public async Task A_reader_never_sees_half_a_file()
    {
        using var folder = new TemporaryFolder(("a", new string('0', 200_000)));
        var store = new LocalFolder(folder.Path);
        using var stop = new CancellationTokenSource();

        var reading = Task.Run(async () =>
        {
            var seen = 0;
            while (!stop.IsCancellationRequested)
            {
                await using var file = await store.OpenAsync("a");
                var text = await new StreamReader(file!).ReadToEndAsync();
                Assert.Equal(200_000, text.Length);
                Assert.Equal(200_000, text.Count(c => c == text[0]));
                seen++;
            }
            return seen;
        });
        for (var i = 1; i < 100; i++) await store.SaveAsync("a", new MemoryStream(Encoding.ASCII.GetBytes(new string((char)('0' + i % 10), 200_000))));
        await stop.CancelAsync();

        Assert.True(await reading > 0);
    }

    [Fact]
    public async Task A_file_that_ends_early_or_does_not_fit_leaves_the_old_one_and_no_partial_file()
    {
        using var folder = new TemporaryFolder(("a.txt", "old"));
        var store = new LocalFolder(folder.Path);

        await Assert.ThrowsAsync<IOException>(() => store.SaveAsync("a.txt", new Breaking()));

        Assert.Equal(("old", 1), (File.ReadAllText(Path.Combine(folder.Path, "a.txt")), Leftovers.Files(folder.Path)));
    }

    [Fact]
    public async Task Files_of_a_crashed_process_are_deleted_and_files_that_are_being_written_stay()
    {
        using var folder = new TemporaryFolder((".modular-dead.upload", "half"), ("a.txt", "whole"));
        var gate = new TaskCompletionSource();
        var slow = new LocalFolder(folder.Path).SaveAsync("slow.txt", new Waiting(gate.Task));

        await new LocalFolder(folder.Path).SaveAsync("b.txt", new MemoryStream());
        gate.SetResult();
        await slow;

        Assert.Equal(["a.txt", "b.txt", "slow.txt"], Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Order());
    }

    [Theory]
    [InlineData("x.png", 200)]
    [InlineData("x.PNG", 200)]
    [InlineData("x.tar.gz", 200)]
    [InlineData("x.php", 415)]
    [InlineData("x.png.php", 415)]
    [InlineData("png", 415)]
    [InlineData("", 415)]
    public async Task Only_listed_extensions_are_accepted(string name, int status)
    {
        using var folder = new TemporaryFolder();

        var response = await Save(Path.Combine(folder.Path, "saved"), new() { Extensions = ["png", ".gz"] }, name, "x");

        Assert.Equal((status, status == 200 ? 1 : 0), (response.Status, Leftovers.Files(folder.Path)));
    }

    [Theory]
    [InlineData("GIF89a...", 200)]
    [InlineData("plain text", 200)]
    [InlineData("<svg onload=x>", 415)]
    [InlineData("<html>", 415)]
    [InlineData("PK\u0003\u0004", 415)]
    [InlineData("", 200)]
    [InlineData("<h1 onclick=alert(1)>", 415)]
    [InlineData("<!-- a comment --><b>", 415)]
    [InlineData("GIF89a<script>alert(1)</script>", 415)]
    public async Task Only_listed_types_are_accepted_by_their_bytes(string content, int status)
    {
        using var folder = new TemporaryFolder();

        var response = await Save(Path.Combine(folder.Path, "x.gif"), new() { Types = ["image/gif", "text/plain"], FlushToDisk = true }, "x.gif", content);

        Assert.Equal((status, status == 200 ? 1 : 0), (response.Status, Leftovers.Files(folder.Path)));
    }

    public static TheoryData<byte[], string> Heads() => new()
    {
        { [0x89, .. "PNG\r\n"u8, 0x1A, 10], "image/png" }, { [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg" }, { [.. "RIFF1234WEBPVP8 "u8], "image/webp" },
        { [.. "RIFF1234WAVE"u8], "audio/wav" }, { [0, 0, 0, 24, .. "ftypavif"u8], "image/avif" }, { [0, 0, 0, 24, .. "ftypisom"u8], "video/mp4" },
        { [.. "%PDF-1.7"u8], "application/pdf" }, { [0x1F, 0x8B, 8], "application/gzip" }, { [0x7F, .. "ELF"u8], "application/x-executable" },
        { [.. "MZ"u8, 0x90], "application/x-executable" }, { [.. "#!/bin/sh\n"u8], "text/x-script" }, { [.. "  <!DOCTYPE HTML>"u8], "text/html" },
        { [.. "hello <script>alert(1)</script>"u8], "text/html" }, { [.. "<?xml version='1.0'?><svg xmlns='x'/>"u8], "image/svg+xml" },
        { [.. "<?xml version='1.0'?><a/>"u8], "text/xml" }, { [.. "gr\u00FC\u00DFe"u8], "text/plain" }, { [.. "abc\u00FC"u8[..4]], "text/plain" },
        { [0xFF, 0xFE, 0x41], "application/octet-stream" }, { [0xFF, 0xFE, 0x41, 0], "text/plain" }, { [0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0], "application/octet-stream" },
        { [0xFE, 0xFF, 0, 0x41], "text/plain" }, { [0xFE, 0xFF, 0xD8, 0, 0, 0x41], "application/octet-stream" }, { [.. "<\0s\0"u8], "application/octet-stream" },
        { [0, 0, 2, 0], "image/x-icon" }, { [.. "OggS\0"u8], "application/ogg" }, { [.. "FORM1234AIFF"u8], "audio/aiff" }, { [.. "MThd\0\0\0\u0006"u8], "audio/midi" },
        { [.. "Rar!\u001A\u0007\0"u8], "application/x-rar-compressed" }, { [0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x84, .. "webm"u8], "video/webm" },
        { [0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x88, .. "matroska"u8], "video/x-matroska" }, { [.. "RIFF1234WEBPxx"u8], "text/plain" }, { [.. "BM"u8, 0, 1], "image/bmp" }, { [1, 2, 3], "application/octet-stream" }, { [], "text/plain" },
    };

    [Theory]
    [InlineData("<h1 onclick=alert(1)>")]
    [InlineData("<H1>")]
    [InlineData("<video onerror=alert(1) src=x>")]
    [InlineData("<video><source onerror=alert(1)></video>")]
    [InlineData("<!-- a comment first --><script>")]
    [InlineData("<!---->")]
    [InlineData("<a/href=javascript:alert(1)>x</a>")]
    [InlineData("<a\thref=javascript:alert(1)>")]
    [InlineData("<img/src/onerror=alert(1)>")]
    [InlineData("<title>")]
    [InlineData("<math><mi xlink:href=javascript:alert(1)>")]
    [InlineData("<details open ontoggle=alert(1)>")]
    [InlineData("<nobody-knows onfocus=alert(1) tabindex=1>")]
    [InlineData("hello <nobody-knows a=1 ONCLICK = alert(1)>")]
    [InlineData("<note xmlns=\"http://www.w3.org/1999/xhtml\">")]
    [InlineData("<root xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:script>alert(1)</x:script></root>")]
    [InlineData("<?php echo 1 ?>")]
    [InlineData("<?XML?><script>")]
    [InlineData("<![CDATA[x]]>")]
    [InlineData("</p><b>")]
    [InlineData("\uFEFF\uFEFF \f<p>")]
    [InlineData("a text, and then <b\n>")]
    [InlineData("BM<script>alert(1)</script>")]
    [InlineData("ID3<h1 onclick=alert(1)>")]
    [InlineData("RIFF1234WAVE<body onload=alert(1)>")]
    [InlineData("1234ftypisom<iframe src=x>")]
    [InlineData("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>")]
    [InlineData("<?xml version='1.0'?><a xmlns:h='http://www.w3.org/1999/xhtml'><h:script/></a>")]
    [InlineData("<?xml version='1.0'?><a xmlns:h='http://www.w3.org/1999/xhtml'><h:b/></a>")]
    public void Markup_is_not_accepted_as_another_type(string text)
    {
        Assert.All(Encodings(text), head => Assert.Equal("text/html", FileSignature.TypeOf(head)));
    }

    [Theory]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("<x:svg xmlns:x='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<!-- c --><!DOCTYPE svg PUBLIC 'x' 'y'><SVG/onload=alert(1)>")]
    [InlineData("<?xml version='1.0'?><!-- a > b --><s:svg xmlns:s='http://www.w3.org/2000/svg'/>")]
    [InlineData("<?xml version='1.0'?><a xmlns:s='http://www.w3.org/2000/svg'><s:a/></a>")]
    [InlineData("GIF89a<svg onload=alert(1)>")]
    public void A_drawing_with_or_without_a_prefix_is_not_accepted_as_another_type(string text)
    {
        Assert.All(Encodings(text), head => Assert.Equal("image/svg+xml", FileSignature.TypeOf(head)));
    }

    [Theory]
    [InlineData("1 < 2, 3 > 2, <- <3 <= <<")]
    [InlineData("#include <stdio.h>\nstd::vector<std::string> x; for (int i = 0; i<n; i++) x[i] = 1;")]
    [InlineData("List<string> names; Dictionary<string, object> all;")]
    [InlineData("<alice> hello\n<bob@example.com> wrote:")]
    [InlineData("name;value\nx;<none>")]
    [InlineData("100 %PDF-like")]
    [InlineData("BMW and MZ and ID32", "image/bmp")]
    public void Text_with_angles_stays_text(string text, string type = "text/plain")
    {
        Assert.Equal(type, FileSignature.TypeOf(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("%!PS-Adobe-3.0", "application/postscript")]
    [InlineData("\n %!PS-Adobe-3.0", "application/postscript")]
    [InlineData("\r\n%PDF-1.7", "application/pdf")]
    [InlineData("any text\n%PDF-1.7", "application/pdf")]
    [InlineData("GIF89a\n%PDF-1.7", "application/pdf")]
    [InlineData("%PDF-1.7\n<x:xmpmeta><rdf:li>", "application/pdf")]
    [InlineData("\uFEFF<?xml version='1.0'?><note/>", "text/xml")]
    [InlineData("{\\rtf1\\ansi", "application/rtf")]
    public void A_file_that_another_program_would_open_is_not_plain_text(string text, string type)
    {
        Assert.Equal(type, FileSignature.TypeOf(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("", 512)]
    [InlineData("", 70_000)]
    [InlineData("\uFEFF", 5000)]
    public async Task Blanks_in_front_hide_nothing_however_many_there_are(string mark, int blanks)
    {
        var text = $"{mark}{new StringBuilder().Insert(0, " \n\t\f\r", blanks / 5)}<script>alert(1)</script>";
        var bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        using var folder = new TemporaryFolder();
        var app = new ModularApp().UseUploads();
        app.Post("/", async () => await Current.Request.Files["f"].DetectTypeAsync());
        await using var client = app.TestClient();

        var response = await Save(Path.Combine(folder.Path, "x.txt"), new() { Types = ["text/plain"] }, "x.txt", bytes);
        var detected = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x.txt", bytes)));

        Assert.Equal((415, 0, "text/html"), (response.Status, Leftovers.Files(folder.Path), detected.Text));
        Assert.All(Encodings(text), head => Assert.Equal("text/html", FileSignature.TypeOf(head)));
        foreach (var head in Encodings(text))
        {
            var wide = await Assert.ThrowsAsync<HttpException>(() => new LocalFolder(folder.Path, new() { Save = new() { Types = ["text/plain"] } }).SaveAsync("x", new Slow(head)));
            Assert.Equal((415, 0), (wide.Status, Leftovers.Files(folder.Path)));
        }
    }

    [Fact]
    public async Task A_text_of_blanks_alone_is_text_and_is_kept_whole()
    {
        using var folder = new TemporaryFolder();
        var text = new string(' ', 200_000);

        var response = await Save(Path.Combine(folder.Path, "x.txt"), new() { Types = ["text/plain"] }, "x.txt", text);

        Assert.Equal((200, text), (response.Status, File.ReadAllText(Path.Combine(folder.Path, "x.txt"))));
    }

    // As browsers read them: UTF-8, and UTF-16 with its mark.
    static byte[][] Encodings(string text) => text is ['G' or 'B' or 'I' or 'R' or '1', ..] ? [Encoding.UTF8.GetBytes(text)]
        : [Encoding.UTF8.GetBytes(text), [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)]];

    [Theory]
    [MemberData(nameof(Heads))]
    public void A_type_is_detected_by_the_first_bytes(byte[] head, string type)
    {
        Assert.Equal(type, FileSignature.TypeOf(head));
        Assert.InRange(head.Length, 0, FileSignature.Length);
    }

    // Comes in small pieces, as the network may bring it.
    sealed class Slow(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(7, buffer.Length)], cancellationToken);
    }

    sealed class Breaking : MemoryStream
    {
        int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _reads++ < 2 ? new(buffer.Length) : ValueTask.FromException<int>(new IOException("No space left on device"));
    }

    sealed class Waiting(Task gate) : MemoryStream
    {
        bool _isOver;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isOver) return 0;
            await gate;
            _isOver = true;
            return 1;
        }
    }
}
