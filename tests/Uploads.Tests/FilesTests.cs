using System.Text;

namespace Modular.Uploads.Tests;

public sealed class FilesTests
{
    [Fact]
    public async Task A_file_of_a_form_has_its_name_type_headers_and_length()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", () =>
        {
            var file = Current.Request.Files["the_file"];
            return $"{file.Name} {file.FileName} {file.ContentType} {file.MimeType} {file.Headers["X-More"]} {file.Length} {new StreamReader(file.Stream).ReadToEnd()}";
        });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(
            "--BB\r\nContent-Disposition: form-data; name=\"the_file\"; filename=\"../x.txt\"\r\nContent-Type: Text/Plain; charset=utf-8\r\nX-More: 1\r\n\r\nhello\r\n"));

        Assert.Equal("the_file ../x.txt Text/Plain; charset=utf-8 text/plain 1 5 hello", response.Text);
    }

    [Theory]
    [InlineData("GIF89a and more", "image/gif")]
    [InlineData("<!doctype html><p>", "text/html")]
    [InlineData("", "text/plain")]
    public async Task A_files_type_is_detected_by_its_first_bytes_and_not_by_the_clients_header(string content, string type)
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", async () =>
        {
            var file = Current.Request.Files["f"];
            return $"{await file.DetectTypeAsync()} {file.MimeType} {new StreamReader(file.Stream).ReadToEnd() == content}";
        });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(
            $"--BB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n{content}\r\n"));

        Assert.Equal($"{type} image/png True", response.Text);
    }

    [Fact]
    public async Task A_missing_file_is_a_400()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", () => Current.Request.Files["the_file"].FileName);
        await using var client = app.TestClient();

        var (form, none) = (await client.PostAsync("/", Multipart.Request(Multipart.Field("the_file", "x"))), await client.PostAsync("/"));

        Assert.Equal((400, 400), (form.Status, none.Status));
    }

    [Fact]
    public async Task A_field_may_have_several_files_and_a_form_both_fields_and_files()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", () => string.Join(' ', Current.Request.Files.GetAll("f").Select(file => file.FileName))
            + $" {Current.Request.Files.Count} {string.Join(',', Current.Request.Files.Keys)} {Current.Request.Form["a"]}");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(
            Multipart.File("f", "1.txt", "1"), Multipart.Field("a", "field"), Multipart.File("g", "2.txt", "2"), Multipart.File("f", "3.txt", "3")));

        Assert.Equal("1.txt 3.txt 3 f,g field", response.Text);
    }

    [Fact]
    public async Task A_file_input_that_was_left_empty_is_an_empty_file()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", () => $"{Current.Request.Files["f"].IsEmpty} {Current.Request.Files["g"].IsEmpty}");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "", ""), Multipart.File("g", "x", "")));

        Assert.Equal("True False", response.Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_file_is_read_the_same_in_memory_and_on_disk(int threshold)
    {
        var app = new ModularApp().UseUploads(new() { MemoryThreshold = threshold });
        app.Post("/", async () =>
        {
            var file = Current.Request.Files["f"];
            var whole = await new StreamReader(file.OpenRead()).ReadToEndAsync();
            file.Stream.Seek(-2, SeekOrigin.End);
            using var copy = new MemoryStream();
            await file.SaveAsync(copy);
            return $"{whole} {(char)file.Stream.ReadByte()} {file.Stream.Position} {file.Stream.Length} {Encoding.ASCII.GetString(copy.ToArray())}";
        });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", "hello")));

        Assert.Equal("hello l 4 5 hello", response.Text);
    }

    [Fact]
    public async Task A_file_is_saved_under_a_path()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "saved.txt");
        var app = new ModularApp().UseUploads();
        app.Post("/", async () => await Current.Request.Files["f"].SaveAsync(path));
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", "hello")));

        Assert.Equal((path, "hello", 1), (response.Text, File.ReadAllText(path), Directory.GetFiles(folder.Path).Length));
    }

    [Fact]
    public async Task A_raw_form_of_moderate_length_is_kept_beside_its_files()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", () => $"{Current.Request.Data.Length} {Current.Request.Files["f"].Length}");
        await using var client = app.TestClient();
        var request = Multipart.Request(Multipart.File("f", "x", "hello"));

        var response = await client.PostAsync("/", request);

        Assert.Equal($"{request.Body!.Value.Length} 5", response.Text);
    }
}
