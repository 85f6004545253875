using System.Text;

namespace Modular.Uploads.Tests;

public sealed class FormPartsTests
{
    const string Part = "Content-Disposition: form-data; name=";

    static MultiDict Fields(string body, UploadLimits? limits = null, string boundary = "BB") => FormFields.Read(Encoding.UTF8.GetBytes(body), boundary, limits);

    [Fact]
    public void Browsers_forms_with_files_give_their_fields()
    {
        foreach (var item in VectorFile.Load("multipart/index.json").EnumerateArray())
        {
            var body = VectorFile.Bytes($"multipart/{item.GetProperty("file").GetString()}");

            var form = FormFields.Read(body, PartHeaderOptions.Parse(item.GetProperty("content_type").GetString()).Options["boundary"]);

            Assert.Equal(VectorFile.Text(item.GetProperty("form")), VectorFile.Text(form));
        }
    }

    [Fact]
    public void A_field_over_its_limit_is_too_large_and_one_at_the_limit_is_not()
    {
        var body = $"--BB\r\n{Part}a\r\n\r\n12345\r\n--BB--";

        Assert.Equal("12345", Fields(body, new() { MaxFormMemorySize = 5 })["a"]);
        Assert.Equal(413, Assert.Throws<HttpException>(() => Fields(body, new() { MaxFormMemorySize = 4 })).Status);
    }

    [Fact]
    public void A_file_counts_as_a_part()
    {
        var body = $"--BB\r\n{Part}a; filename=x\r\n\r\n1\r\n--BB\r\n{Part}b\r\n\r\n2\r\n--BB--";

        Assert.Equal("""[["b","2"]]""", VectorFile.Text(Fields(body, new() { MaxFormParts = 2 })));
        Assert.Equal(413, Assert.Throws<HttpException>(() => Fields(body, new() { MaxFormParts = 1 })).Status);
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
        Assert.Empty(Fields(body));
    }

    [Fact]
    public void A_part_header_and_a_boundary_have_their_limits()
    {
        var longHeader = $"--BB\r\nX: {new string('x', 20_000)}\r\n{Part}a\r\n\r\n1\r\n--BB--";

        Assert.Equal(400, Assert.Throws<HttpException>(() => Fields(longHeader)).Status);
        Assert.Equal(400, Assert.Throws<HttpException>(() => Fields("", boundary: new('x', 300))).Status);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\n--B")]
    [InlineData("--BB")]
    [InlineData("--BB ")]
    [InlineData("--")]
    public void A_hostile_body_of_ten_megabytes_is_read_once(string piece)
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
    public void The_text_before_the_first_part_and_after_the_last_has_a_limit(string piece)
    {
        var filler = new StringBuilder().Insert(0, piece, 70_000 / piece.Length);
        var part = $"--BB\r\n{Part}a\r\n\r\n1\r\n--BB--";

        Assert.Equal(413, Assert.Throws<HttpException>(() => Fields($"{filler}\r\n{part}")).Status);
        Assert.Equal(413, Assert.Throws<HttpException>(() => Fields($"{part}{filler}")).Status);
        Assert.Single(Fields($"{filler}\r\n{part}{filler}", new() { MaxFormPadding = 80_000 }));
    }

    static readonly string[] Pieces =
    [
        "a", "b=", "=", ";", "\"", "\\", "%2F", "%C3%BC", " ", "\t", "\r", "\n", "\r\n", "\r\n\r\n", "*", "*0", "*0*=", "utf-8''", "'", "ü", "\uD800", "\0",
        "--B", "--B\r\n", "--B--", "Content-Disposition: form-data; name=", "filename=", "charset=", "boundary=B", "é😀",
    ];

    [Fact]
    public void No_multipart_form_breaks_its_reader()
    {
        var random = new Random(20251122);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var error = Record.Exception(() => Fields($"--B\r\n{text}", new() { MaxFormParts = 3 }, "B"));
            Assert.True(error is null or HttpException, $"{VectorFile.Quote(text)}: {error}");
        }
    }

    [Fact]
    public void A_form_part_with_another_blank_in_its_header_name_is_not_a_field() =>
        Assert.Empty(Fields("--B\r\n\u00A0Content-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B--\r\n", boundary: "B"));

    [Fact]
    public void A_line_separator_in_a_field_name_stays() =>
        Assert.Equal("1", Fields("--B\r\nContent-Disposition: form-data; name=\"a\u2028b\u0085\"\r\n\r\n1\r\n--B--\r\n", boundary: "B")["a\u2028b\u0085"]);
}
