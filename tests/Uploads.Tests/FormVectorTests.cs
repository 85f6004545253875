using System.Security.Cryptography;
using System.Text.Json;

namespace Modular.Uploads.Tests;

public sealed class FormVectorTests(ITestOutputHelper output)
{
    // Case → our answer. The reasons are in tests/Vectors/DEVIATIONS.md.
    static readonly Dictionary<string, string> Deviations = new()
    {
        ["grid:multipart-noname"] = """{"form":[["","x"]],"files":[]}""",
        ["grid:multipart-noname-strict"] = """{"form":[["","x"]],"files":[]}""",
        ["grid:multipart-nocd-strict"] = """{"form":[],"files":[]}""",
        ["grid:multipart-noboundary-strict"] = """{"form":[],"files":[]}""",
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Forms_and_files_are_those_of_Werkzeug(bool withLength)
    {
        var run = new VectorFile($"formdata.json ({(withLength ? "with a length" : "in chunks")})", output);

        foreach (var item in VectorFile.Load("formdata.json").EnumerateArray())
        {
            var source = item.GetProperty("source").GetString()!;
            var actual = await Answer(item, withLength);
            var deviation = Deviations.GetValueOrDefault(source);
            if (source == "grid:mem-file-500")
            {
                // Upstream's memory limit counts a chunk that it reads, not the file.
                Assert.StartsWith("""{"form":[],"files":[["a",""", actual, StringComparison.Ordinal);
                deviation = actual;
            }
            run.Check(source, Expected(item.GetProperty("expect")), actual, deviation);
        }

        run.Finish();
    }

    [Fact]
    public async Task Browsers_forms_are_read_with_their_files()
    {
        var run = new VectorFile("multipart/index.json", output);

        foreach (var item in VectorFile.Load("multipart/index.json").EnumerateArray())
        {
            var file = item.GetProperty("file").GetString()!;
            var body = VectorFile.Bytes($"multipart/{file}");
            var files = item.GetProperty("files").EnumerateArray().Select(f =>
                $"[{VectorFile.Quote(f.GetProperty("name").GetString()!)},{File(f.GetProperty("filename").GetString()!, f.GetProperty("content_type").GetString(), f.GetProperty("size").GetInt64(), f.GetProperty("sha256").GetString()!)}]");
            var expected = $$"""{"form":{{VectorFile.Text(item.GetProperty("form"))}},"files":[{{string.Join(',', files)}}]}""";

            run.Check(file, expected, await Answer(item.GetProperty("content_type").GetString()!, body, new(), withLength: true));
        }

        run.Finish();
    }

    static Task<string> Answer(JsonElement item, bool withLength)
    {
        var options = string.Concat(item.GetProperty("options").EnumerateObject().Select(o => $"; {o.Name}=\"{o.Value.GetString()}\""));
        var sizes = item.GetProperty("limits");
        var limits = new UploadLimits
        {
            MaxContentLength = sizes.GetProperty("max_content_length") is { ValueKind: JsonValueKind.Number } length ? length.GetInt64() : null,
            MaxFormMemorySize = sizes.GetProperty("max_form_memory_size") is { ValueKind: JsonValueKind.Number } memory ? memory.GetInt64() : long.MaxValue,
            MaxFormParts = sizes.GetProperty("max_form_parts") is { ValueKind: JsonValueKind.Number } parts ? parts.GetInt32() : int.MaxValue,
        };
        return Answer(item.GetProperty("mimetype").GetString() + options, item.GetProperty("body_b64").GetBytesFromBase64(), limits, withLength);
    }

    static async Task<string> Answer(string type, byte[] body, UploadLimits limits, bool withLength)
    {
        var app = new ModularApp(new() { Limits = limits });
        // Below some of the files, so that both kinds of keeping them are met.
        app.UseUploads(new() { MemoryThreshold = 600 });
        app.Post("/", async () =>
        {
            var files = new List<string>();
            foreach (var name in Current.Request.Files.Keys)
                foreach (var file in Current.Request.Files.GetAll(name))
                    files.Add($"[{VectorFile.Quote(name)},{File(file.FileName, file.ContentType, file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file.Stream)))}]");
            return $$"""{"form":{{VectorFile.Text(Current.Request.Form)}},"files":[{{string.Join(',', files)}}]}""";
        });
        await using var client = app.TestClient();
        HttpContent content = withLength ? new ByteArrayContent(body) : new StreamContent(new Unknown(body));
        if (type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", type);

        var response = await client.PostAsync("/", new() { Content = content });

        return response.Status == 200 ? response.Text : $"{response.Status}";
    }

    static string Expected(JsonElement expect)
    {
        if (!expect.TryGetProperty("form", out var form)) return expect.TryGetProperty("status", out var status) ? status.GetRawText() : "error";
        var files = expect.GetProperty("files").GetProperty("$multi").EnumerateArray().Select(pair =>
        {
            var file = pair[1].GetProperty("$file");
            return $"[{VectorFile.Quote(pair[0].GetString()!)},{File(file.GetProperty("filename").GetString()!, file.GetProperty("content_type").GetString(), file.GetProperty("size").GetInt64(), file.GetProperty("sha256").GetString()!)}]";
        });
        return $$"""{"form":{{VectorFile.Text(form.GetProperty("$multi"))}},"files":[{{string.Join(',', files)}}]}""";
    }

    static string File(string fileName, string? type, long size, string sha256) => $"[{VectorFile.Quote(fileName)},{(type is null ? "null" : VectorFile.Quote(type))},{size},{sha256}]";

    /// <summary>A body of unknown length.</summary>
    sealed class Unknown(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;
    }
}
