using System.Text;

namespace Modular.Uploads.Tests;

/// <summary>The fields of multipart forms, in <c>Request.Form</c>.</summary>
public sealed class FormTests
{
    static ModularApp App(UploadLimits? limits = null)
    {
        var app = new ModularApp(new() { Limits = limits ?? new() }).UseUploads();
        app.Post("/field", () => Current.Request.Form["a"]);
        app.Post("/values", () => string.Join(' ', Current.Request.Values.GetAll("a")));
        app.Post("/form", () => $"{Current.Request.Form.Count}");
        app.Post("/blind", () => "ignored");
        app.Post("/data", () => $"{Current.Request.Data.Length} {Current.Request.Form["a"]}");
        return app;
    }

    static HttpContent Content(string body, bool withLength, string type = Multipart.Type)
    {
        HttpContent content = withLength ? new ByteArrayContent(Encoding.ASCII.GetBytes(body)) : new StreamContent(new NoLength(Encoding.ASCII.GetBytes(body)));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fields_without_files_are_the_form_and_among_the_values(bool withLength)
    {
        await using var client = App().TestClient();
        var body = $"{Multipart.Field("a", "1")}--BB--";

        var (field, values) = (await client.PostAsync("/field", new() { Content = Content(body, withLength) }), await client.PostAsync("/values?a=q", new() { Content = Content(body, withLength) }));
        var data = await client.PostAsync("/data", new() { Content = Content(body, withLength: true) });

        Assert.Equal(("1", "q 1", $"{body.Length} 1"), (field.Text, values.Text, data.Text));
    }

    [Fact]
    public async Task A_field_that_is_missing_names_the_form()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", () => Current.Request.Form["b"]);
        app.ErrorHandler<MissingKeyException>((MissingKeyException error) => error.Message);
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.Field("a", "1")));

        Assert.Contains("Request.Form", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_that_is_too_large_is_a_413_when_it_is_used_and_never_a_partial_form(bool withLength)
    {
        await using var client = App(new() { MaxContentLength = 3 }).TestClient();

        async Task<int> Status(string path) => (await client.PostAsync(path, new() { Content = Content("--BB--", withLength) })).Status;

        Assert.Equal((413, 413, 200), (await Status("/form"), await Status("/values"), await Status("/blind")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_field_of_a_megabyte_and_a_thousand_and_one_parts_are_a_413_when_the_view_uses_the_form(bool withLength)
    {
        await using var client = App().TestClient();
        var parts = string.Concat(Enumerable.Range(0, 1001).Select(i => Multipart.Field($"{i}", "x")));

        async Task<int> Status(string path, string body) => (await client.PostAsync(path, new() { Content = Content($"{body}--BB--", withLength) })).Status;

        Assert.Equal((413, 200), (await Status("/field", Multipart.Field("a", new('a', 1_000_000))), await Status("/blind", Multipart.Field("a", new('a', 1_000_000)))));
        Assert.Equal((413, 200), (await Status("/field", parts), await Status("/blind", parts)));
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"B")]
    public async Task A_form_without_a_boundary_is_an_empty_one(string type)
    {
        await using var client = App().TestClient();

        foreach (var withLength in new[] { true, false })
            Assert.Equal("0", (await client.PostAsync("/form", new() { Content = Content("--B\r\n\r\nx\r\n--B--\r\n", withLength, type) })).Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public async Task A_form_without_a_boundary_has_its_limits_too(int? length)
    {
        await using var client = App(new() { MaxContentLength = 50 }).TestClient();

        Assert.Equal(413, (await client.PostAsync("/form", new() { Content = Content(new('x', 100), length is not null, "multipart/form-data") })).Status);
    }

    sealed class NoLength(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;
    }
}
