namespace Modular.Tests.Http;

/// <summary>Multipart forms where no plugin reads them, and plugins that read forms of a type of their own.</summary>
public sealed class UnreadFormTests
{
    const string Multipart = "multipart/form-data; boundary=B";
    const string Remedy = "got a 415, because nothing reads multipart forms here. Run dotnet add package Modular.Uploads, and write app.UseUploads().";

    static TestRequest Post(string type = Multipart, string body = "--B--") => new() { Body = System.Text.Encoding.UTF8.GetBytes(body), ContentType = type };

    static ModularApp App(LogLines? lines = null)
    {
        var app = new ModularApp();
        if (lines is not null) app.Services.AddSingleton<ILoggerProvider>(lines);
        app.Post("/form", () => $"{Current.Request.Form.Count}");
        app.Post("/values", () => $"{Current.Request.Values.Count}");
        app.Post("/data", () => Current.Request.GetText());
        app.Post("/stream", async (Stream body) => await new StreamReader(body).ReadToEndAsync());
        app.Post("/opened", [ReadsBody] async () => await new StreamReader(Current.Request.OpenBody()).ReadToEndAsync());
        app.Post("/blind", () => "ignored");
        return app;
    }

    [Theory]
    [InlineData("/form", Multipart)]
    [InlineData("/values", "Multipart/Form-Data; boundary=B")]
    [InlineData("/form", "multipart/form-data")]
    public async Task A_multipart_form_without_a_reader_is_a_415_whose_log_line_names_the_package(string path, string type)
    {
        var lines = new LogLines();
        await using var client = App(lines).TestClient();

        var response = await client.PostAsync(path, Post(type));

        Assert.Equal(415, response.Status);
        Assert.DoesNotContain("Modular", response.Text, StringComparison.Ordinal);
        Assert.Equal([$"Information: POST {path} {Remedy}"], lines.All.Where(line => line.Contains("Uploads", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/data", "--B--")]
    [InlineData("/stream", "--B--")]
    [InlineData("/opened", "--B--")]
    [InlineData("/blind", "ignored")]
    public async Task Its_bytes_are_available_and_views_that_do_not_use_the_form_still_run(string path, string expected)
    {
        var lines = new LogLines();
        await using var client = App(lines).TestClient();

        Assert.Equal((200, expected), await client.PostAsync(path, Post()) is var response ? (response.Status, response.Text) : default);
        Assert.DoesNotContain(lines.All, line => line.Contains("415", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_without_a_body_has_an_empty_form_whatever_its_type()
    {
        await using var client = App().TestClient();

        Assert.Equal("0", (await client.PostAsync("/form", Post(body: ""))).Text);
    }

    [Fact]
    public async Task Its_415_has_its_error_handler_and_a_hook_may_have_read_the_body()
    {
        var app = App();
        app.BeforeRequest(async () => await Current.Request.ReadBodyAsync());
        app.ErrorHandler(415, () => ("no forms here", 415));
        await using var client = app.TestClient();

        Assert.Equal((415, "no forms here"), await client.PostAsync("/form", Post()) is var response ? (response.Status, response.Text) : default);
    }

    static Probe Reader(string type, Func<string, MultiDict> read) => new("Toy", host => host.FormReader(type, async (context, body, cancellation) =>
    {
        Assert.True(context.HasRequest);
        using var reader = new StreamReader(body);
        return read(await reader.ReadToEndAsync(cancellation));
    }));

    static MultiDict Lines(string text) => text.Length > 0 && text[0] == '!'
        ? throw new HttpException(400, "The form is no toy.")
        : new(text.Split('\n').Select(line => line.Split(':')).Select(pair => KeyValuePair.Create(pair[0], pair[1])));

    [Fact]
    public async Task A_plugin_reads_forms_of_its_own_type()
    {
        var app = App();
        app.Use(Reader("Application/X-Toy", Lines));
        app.Post("/toy", async () => $"{Current.Request.Form["a"]} {Current.Request.Form["b"]} {Current.Request.Data.Length} {await new StreamReader(Current.Request.Http.Request.Body).ReadToEndAsync()}");
        app.Post("/missing", () => Current.Request.Form["c"]);
        app.ErrorHandler<MissingKeyException>((MissingKeyException error) => (error.Message, 400));
        await using var client = app.TestClient();

        var toy = await client.PostAsync("/toy", Post("application/x-toy; v=1", "a:1\nb:2"));
        var missing = await client.PostAsync("/missing", Post("application/x-toy", "a:1"));
        var refused = await client.PostAsync("/blind", Post("application/x-toy", "!"));
        var other = await client.PostAsync("/form", Post("application/x-www-form-urlencoded", "a=1"));

        Assert.Equal("1 2 7 a:1\nb:2", toy.Text);
        Assert.Contains("Request.Form", missing.Text, StringComparison.Ordinal);
        Assert.Equal((400, "1"), (refused.Status, other.Text));
    }

    [Fact]
    public async Task A_large_form_of_a_plugin_is_read_while_it_arrives_and_not_kept()
    {
        var app = new ModularApp();
        app.Use(Reader("application/x-toy", text => new([KeyValuePair.Create("a", $"{text.Length}")])));
        app.Post("/", async () => $"{Current.Request.Form["a"]} {(await Current.Request.Http.Request.ReadFormAsync())["a"]} {Assert.Throws<ModularException>(() => Current.Request.Data).Message.Length > 0}");
        await using var client = app.TestClient();

        Assert.Equal("300000 300000 True", (await client.PostAsync("/", Post("application/x-toy", new('x', 300_000)))).Text);
    }

    [Fact]
    public async Task The_body_is_opened_as_a_stream_in_a_hook_within_its_limits_and_only_before_it_is_read()
    {
        var app = new ModularApp(new() { Limits = new() { MaxContentLength = 5 } });
        app.BeforeRequest(async () => Current.Request.Path == "/hook" ? await new StreamReader(Current.Request.OpenBody()).ReadToEndAsync() : null);
        app.Post("/hook", () => "");
        app.Post("/late", () => Assert.Throws<ModularException>(() => Current.Request.OpenBody()).Message);
        await using var client = app.TestClient();

        Assert.Equal("12345", (await client.PostAsync("/hook", Post("text/plain", "12345"))).Text);
        Assert.Equal(413, (await client.PostAsync("/hook", Post("text/plain", "123456"))).Status);
        Assert.Equal("Request.OpenBody was called when the body had been read already. Let the view read the body itself: give it [ReadsBody], or WithMetadata(new ReadsBodyAttribute()).",
            (await client.PostAsync("/late", Post("text/plain", "1"))).Text);
    }
}
