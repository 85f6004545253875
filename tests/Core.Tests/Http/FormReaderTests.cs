using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Modular.Tests.Http;

public class FormReaderTests(ITestOutputHelper output)
{
    const string Part = "Content-Disposition: form-data; name=";

    // Case → our answer. The reasons are in tests/Vectors/DEVIATIONS.md.
    static readonly Dictionary<string, string> Deviations = new()
    {
        ["grid:mem-file-500"] = "[]",                            // a file is no field: its length is not a field's
        ["grid:multipart-noname"] = """[["","x"]]""",            // a key is never null
        ["grid:multipart-noname-strict"] = """[["","x"]]""",
        ["grid:multipart-nocd-strict"] = "[]",                   // there is no strict mode: a malformed form is an empty one
        ["grid:multipart-noboundary-strict"] = "[]",
    };

    [Fact]
    public void Forms_are_read_as_Werkzeug_reads_them()
    {
        var run = new VectorFile("formdata.json", output);

        foreach (var item in VectorFile.Load("formdata.json").EnumerateArray())
        {
            var source = item.GetProperty("source").GetString()!;
            var expect = item.GetProperty("expect");
            var expected = expect.TryGetProperty("form", out var form) ? VectorFile.Text(form.GetProperty("$multi"))
                : expect.TryGetProperty("status", out var status) ? status.GetRawText() : "error";
            run.Check(source, expected, Read(item), Deviations.GetValueOrDefault(source));
        }

        run.Report();
    }

    static string Read(JsonElement item)
    {
        var options = item.GetProperty("options").EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetString()!);
        var type = item.GetProperty("mimetype").GetString()!;
        var sizes = item.GetProperty("limits");
        var limits = new BodyLimits
        {
            MaxContentLength = sizes.GetProperty("max_content_length") is { ValueKind: JsonValueKind.Number } length ? length.GetInt64() : null,
            MaxFormMemorySize = sizes.GetProperty("max_form_memory_size") is { ValueKind: JsonValueKind.Number } memory ? memory.GetInt64() : long.MaxValue,
            MaxFormParts = sizes.GetProperty("max_form_parts") is { ValueKind: JsonValueKind.Number } parts ? parts.GetInt32() : int.MaxValue,
        };
        var body = item.GetProperty("body_b64").GetBytesFromBase64();
        if (body.Length > FormReader.Limits(type, limits).MaxContentLength) return "413";
        try
        {
            return VectorFile.Text(FormReader.Parse(body, new(type, options), limits));
        }
        catch (HttpException error)
        {
            return $"{error.Status}";
        }
    }

    static MultiDict Multipart(string body, BodyLimits? limits = null, string boundary = "BB") =>
        FormReader.Parse(Encoding.UTF8.GetBytes(body), HeaderOptions.Parse($"multipart/form-data; boundary={boundary}"), limits ?? new());

    [Fact]
    public void Browsers_forms_with_files_give_their_fields()
    {
        foreach (var item in VectorFile.Load("multipart/index.json").EnumerateArray())
        {
            var body = VectorFile.Bytes($"multipart/{item.GetProperty("file").GetString()}");

            var form = FormReader.Parse(body, HeaderOptions.Parse(item.GetProperty("content_type").GetString()), new());

            Assert.Equal(VectorFile.Text(item.GetProperty("form")), VectorFile.Text(form));
        }
    }

    [Fact]
    public void A_field_over_its_limit_is_too_large_and_one_at_the_limit_is_not()
    {
        var body = $"--BB\r\n{Part}a\r\n\r\n12345\r\n--BB--";

        Assert.Equal("12345", Multipart(body, new() { MaxFormMemorySize = 5 })["a"]);
        Assert.Equal(413, Assert.Throws<HttpException>(() => Multipart(body, new() { MaxFormMemorySize = 4 })).Status);
    }

    [Fact]
    public void A_file_counts_as_a_part()
    {
        var body = $"--BB\r\n{Part}a; filename=x\r\n\r\n1\r\n--BB\r\n{Part}b\r\n\r\n2\r\n--BB--";

        Assert.Equal("""[["b","2"]]""", VectorFile.Text(Multipart(body, new() { MaxFormParts = 2 })));
        Assert.Equal(413, Assert.Throws<HttpException>(() => Multipart(body, new() { MaxFormParts = 1 })).Status);
    }

    [Theory]
    [InlineData("--BB\r\n")]
    [InlineData("--BB\r\n\r\n")]
    [InlineData("--BB")]
    [InlineData("--BB\r\nContent-Disposition: form-data; name=a")]
    [InlineData("--BB\r\nContent-Disposition: form-data; name=a\r\n\r\nx")]
    [InlineData("--BB\r\nContent-Disposition: form-data; name=a\r\n\r\nx--BB--")]
    [InlineData("no boundary")]
    [InlineData("\r\n\r\n\r\n")]
    public void A_malformed_form_is_an_empty_one(string body)
    {
        Assert.Empty(Multipart(body));
    }

    [Fact]
    public void A_part_header_and_a_boundary_have_their_limits()
    {
        var longHeader = $"--BB\r\nX: {new string('x', 20_000)}\r\n{Part}a\r\n\r\n1\r\n--BB--";

        Assert.Equal(400, Assert.Throws<HttpException>(() => Multipart(longHeader)).Status);
        Assert.Equal(400, Assert.Throws<HttpException>(() => Multipart("", boundary: new('x', 300))).Status);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\n--B")]
    [InlineData("--BB")]
    [InlineData("--BB ")]
    [InlineData("--")]
    public void A_hostile_body_of_ten_megabytes_is_looked_at_once(string piece)
    {
        const int Chunk = 4096;
        var filler = new StringBuilder().Insert(0, piece, 10_000_000 / piece.Length);
        var body = Encoding.ASCII.GetBytes($"--BB\r\n{Part}a; filename=f\r\n\r\n{filler}\r\n--BB--");
        var delimiter = new MultipartDelimiter("BB");
        var scanner = new MultipartScanner(delimiter, new());

        var (start, end) = (0, 0);
        for (var step = MultipartStep.More; step != MultipartStep.End; start += Used(ref step))
            if (step == MultipartStep.More) end = Math.Min(end + Chunk, body.Length);

        // Twice at most where chunks meet. Quadratic would be ten million times.
        Assert.InRange(delimiter.Looked, 1, body.Length * 2L);

        int Used(ref MultipartStep step)
        {
            step = scanner.Next(body.AsSpan(start, end - start), end == body.Length, out var count, out _);
            Assert.NotEqual(MultipartStep.Malformed, step);
            return count;
        }
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n--B")]
    [InlineData("--BB ")]
    public void What_stands_in_front_of_the_first_part_and_behind_the_last_has_its_limit(string piece)
    {
        var filler = new StringBuilder().Insert(0, piece, 70_000 / piece.Length);
        var part = $"--BB\r\n{Part}a\r\n\r\n1\r\n--BB--";

        Assert.Equal(413, Assert.Throws<HttpException>(() => Multipart($"{filler}\r\n{part}")).Status);
        Assert.Equal(413, Assert.Throws<HttpException>(() => Multipart($"{part}{filler}")).Status);
        Assert.Single(Multipart($"{filler}\r\n{part}{filler}", new() { MaxFormPadding = 80_000 }));
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        Assert.StartsWith("MaxContentLength must be at least 0 bytes, or null for the server's own limit.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BodyLimits { MaxContentLength = -1 }).Message);
        Assert.StartsWith("MaxFormMemorySize must be at least 0 bytes.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BodyLimits { MaxFormMemorySize = -1 }).Message);
        Assert.StartsWith("MaxFormParts must be at least 0 parts.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BodyLimits { MaxFormParts = -1 }).Message);
    }
}
