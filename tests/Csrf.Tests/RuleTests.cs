using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Modular.Csrf.Tests;

public sealed class RuleTests
{
    [CsrfExempt]
    static string Hooked() => "hooked";

    [Fact]
    public async Task Rules_and_views_can_be_exempt()
    {
        await using var client = Apps.Protected(more: app =>
        {
            app.Post("/rule", () => "rule", endpoint: "rule").CsrfExempt();
            app.Post("/view", Hooked);
            var api = new Blueprint("api", "/api");
            var inner = new Blueprint("v1", "/v1");
            inner.Post("/key", () => "key", endpoint: "key");
            app.Register(api.Register(inner).CsrfExempt());
            app.Post("/asp", () => "asp", endpoint: "asp").DisableAntiforgery();
        }).TestClient();

        foreach (var (path, text) in new[] { ("/rule", "rule"), ("/view", "hooked"), ("/asp", "asp"), ("/api/v1/key", "key") })
            Assert.Equal(text, (await client.PostAsync(path, new() { Headers = [("Origin", "https://evil.test")] })).Text);
    }

    [Fact]
    public void An_exemption_without_the_plugin_stops_the_start()
    {
        var app = new ModularApp();
        app.Post("/hook", () => "hook", endpoint: "hook").CsrfExempt();

        var error = Assert.Throws<ModularException>(() => app.TestRequestContext("/"));

        Assert.Contains("app.UseCsrf()", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"hook\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_come_from_the_configuration()
    {
        var app = Apps.Protected();
        app.Config["Csrf:Enabled"] = "false";
        app.Config["Csrf:FieldName"] = "_token";
        await using var client = app.TestClient();

        var page = await client.GetAsync("/form");
        var answered = await client.PostAsync("/pay", Apps.With(null));

        Assert.Contains("name=\"_token\"", page.Text, StringComparison.Ordinal);
        Assert.Equal("paid 5", answered.Text);
    }

    [Fact]
    public async Task A_request_without_a_rule_keeps_its_404_and_one_with_another_method_its_405()
    {
        await using var client = Apps.Protected().TestClient();

        var missing = await client.PostAsync("/nothing", new() { Headers = [("Origin", "https://evil.test")] });
        var method = await client.PostAsync("/plain", new() { Headers = [("Origin", "https://evil.test")] });

        Assert.Equal((404, 405), (missing.Status, method.Status));
    }

    [Fact]
    public async Task A_refused_request_has_no_effect_not_even_by_the_applications_hooks()
    {
        var ran = new List<string>();
        await using var client = Apps.Protected(more: app =>
        {
            app.BeforeRequest(() => ran.Add("hook"));
            app.Post("/view", () => { ran.Add("view"); return "done"; }, endpoint: "view");
        }).TestClient();

        await client.PostAsync("/view", Apps.With(null));
        Assert.Empty(ran);
        await client.PostAsync("/view", Apps.With(await client.TokenAsync()));

        Assert.Equal(["hook", "view"], ran);
    }

    [Fact]
    public async Task An_exempt_view_can_check_the_request_itself()
    {
        await using var client = Apps.Protected(more: app => app.Post("/api", async () =>
        {
            if (Current.Request.Headers.Authorization.Count == 0) await CheckCsrfAsync();
            return "done";
        }, endpoint: "api").CsrfExempt()).TestClient();
        var token = await client.TokenAsync();

        var refused = await client.PostAsync("/api");
        var byKey = await client.PostAsync("/api", new() { Headers = [("Authorization", "Bearer x")] });
        var byToken = await client.PostAsync("/api", Apps.With(token));

        Assert.Equal((400, "done", "done"), (refused.Status, byKey.Text, byToken.Text));
    }

    [Fact]
    public async Task An_error_handler_gets_the_reason()
    {
        await using var client = Apps.Protected(more: app => app.ErrorHandler<CsrfException>(error => (Response)$"{error.Status} {error.Reason}")).TestClient();

        var missing = await client.PostAsync("/pay", Apps.With(null));
        var session = await client.PostAsync("/pay", Apps.With("x"));
        var foreign = await client.PostAsync("/pay", new() { Headers = [("Origin", "https://evil.test")] });

        Assert.Equal(("400 TokenMissing", "400 SessionMissing", "400 CrossSite"), (missing.Text, session.Text, foreign.Text));
    }

    [Fact]
    public async Task A_client_that_asks_for_JSON_gets_problem_details()
    {
        var app = new ModularApp(new() { NegotiateErrors = true });
        app.UseSessions(new() { SecretKey = "csrf-tests-0123456789" }).UseCsrf();
        app.Post("/pay", () => "paid", endpoint: "pay");
        await using var client = app.TestClient();

        var refused = await client.PostAsync("/pay", new() { Headers = [("Accept", "application/json")] });

        Assert.Equal("application/problem+json", refused.Headers.ContentType.ToString());
        Assert.Equal("The CSRF token is missing. Go back, reload the page and send the form again.", refused.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public void The_plugin_requires_sessions()
    {
        var app = new ModularApp();
        app.UseCsrf();

        var error = Assert.Throws<ModularException>(() => app.TestRequestContext("/"));

        Assert.Contains("Modular.Csrf requires Modular.Sessions, which isn't installed. Add the package and call app.UseSessions(…).", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<ModularApp>, string> Engines => new()
    {
        { "Liquid", app => app.UseLiquid(), "{{ csrf_field() }}|{{ csrf_token() }}" },
        { "Handlebars", app => app.UseHandlebars(), "{{csrf_field}}|{{csrf_token}}" },
    };

    [Theory, MemberData(nameof(Engines))]
    public async Task Templates_of_every_engine_have_the_token_and_the_field(string engine, Action<ModularApp> install, string template)
    {
        await using var client = Apps.Protected(more: app =>
        {
            install(app);
            app.Get("/page", () => RenderTemplateString(template), endpoint: engine);
        }).TestClient();

        var parts = (await client.GetAsync("/page")).Text.Split('|');
        var inField = parts[0].Split("value=\"")[1].Split('"')[0];

        Assert.Equal($"<input type=\"hidden\" name=\"csrf_token\" value=\"{inField}\">", parts[0]);
        Assert.NotEqual(inField, parts[1]);
        Assert.Equal(200, (await client.PostAsync("/pay", Apps.With(inField))).Status);
        Assert.Equal(200, (await client.PostAsync("/pay", Apps.With(parts[1]))).Status);
    }

    [Fact]
    public async Task A_multipart_form_has_the_token_in_any_field_when_the_view_gets_the_whole_form()
    {
        await using var client = Apps.Protected(more: app =>
        {
            app.UseUploads();
            app.Post("/upload", () => $"{Current.Request.Form["csrf_token"].Length > 0} {Current.Request.Files["f"].Length}", endpoint: "upload");
            app.Post("/bound", ([FromForm] string title) => title, endpoint: "bound");
        }).TestClient();
        var token = await client.TokenAsync();
        TestFile file = new("f", "a.txt", new string('x', 300_000));

        var answered = await client.PostAsync("/upload", Apps.Form(("title", "t"), ("csrf_token", token)) with { Files = [file] });
        var bound = await client.PostAsync("/bound", Apps.Form(("title", "t"), ("csrf_token", token)) with { Files = [file] });
        var refused = await client.PostAsync("/upload", Apps.Form(("title", "t")) with { Files = [file] });

        Assert.Equal(("True 300000", "t", 400), (answered.Text, bound.Text, refused.Status));
    }

    [Theory]
    [InlineData("/stream")]
    [InlineData("/pipe")]
    [InlineData("/attribute")]
    [InlineData("/http")]
    public async Task A_view_that_streams_the_body_gets_all_of_it_when_the_token_is_the_first_field(string path)
    {
        await using var client = Streaming().TestClient();
        var token = await client.TokenAsync();
        var body = Multipart(("csrf_token", token), ("note", new string('n', 200_000)));

        var answered = await client.PostAsync(path, body);

        Assert.Equal((200, Encoding.UTF8.GetString(body.Body!.Value.Span)), (answered.Status, answered.Text));
    }

    [Fact]
    public async Task A_view_that_streams_uploads_gets_all_parts_when_the_token_is_the_first_field()
    {
        await using var client = Streaming().TestClient();
        var token = await client.TokenAsync();

        var answered = await client.PostAsync("/upload", Multipart(("csrf_token", token), ("a", "1"), ("b", "2")));

        Assert.Equal("csrf_token a b", answered.Text);
    }

    [Theory]
    [InlineData("/stream")]
    [InlineData("/upload")]
    public async Task A_view_that_streams_the_body_takes_a_header_and_no_later_field(string path)
    {
        await using var client = Streaming().TestClient();
        var token = await client.TokenAsync();
        var later = Multipart(("a", "1"), ("csrf_token", token));

        var refused = await client.PostAsync(path, later);
        var answered = await client.PostAsync(path, later with { Headers = [("X-CSRF-Token", token)] });

        Assert.Equal((400, 200), (refused.Status, answered.Status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--b")]
    [InlineData("--b\r\n\r\n\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"csrf_token\"; filename=\"x\"\r\n\r\nTOKEN\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: attachment; name=\"csrf_token\"\r\n\r\nTOKEN\r\n--b--")]
    [InlineData("--b\r\nX: form-data; name=\"csrf_token\"\r\n\r\nTOKEN\r\n--b--")]
    [InlineData("\r\n--b--\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\nTOKEN\r\n--b--")]
    public async Task A_malformed_start_of_a_streamed_form_has_no_token(string body)
    {
        await using var client = Streaming().TestClient();
        var token = await client.TokenAsync();

        var refused = await client.PostAsync("/stream", new() { Body = Encoding.UTF8.GetBytes(body.Replace("TOKEN", token, StringComparison.Ordinal)), ContentType = "multipart/form-data; boundary=b" });

        Assert.Equal(400, refused.Status);
        Assert.Contains("The CSRF token is missing.", refused.Text, StringComparison.Ordinal);
    }

    static ModularApp Streaming() => Apps.Protected(more: app =>
    {
        app.UseUploads();
        app.Post("/stream", (Stream body) => Read(body), endpoint: "stream");
        app.Post("/pipe", (PipeReader body) => Read(body.AsStream()), endpoint: "pipe");
        app.Post("/attribute", [ReadsBody] (RequestContext context) => Read(context.Request.OpenBody()), endpoint: "attribute");
        app.Post("/http", (HttpContext http) => Read(http.Request.Body), endpoint: "http").WithMetadata(new ReadsBodyAttribute());
        app.Post("/upload", async (UploadStream upload) =>
        {
            var names = new List<string>();
            await foreach (var part in upload) names.Add(part.Name);
            return string.Join(' ', names);
        }, endpoint: "upload");

        static async Task<string> Read(Stream body)
        {
            using var reader = new StreamReader(body);
            return await reader.ReadToEndAsync();
        }
    });

    static TestRequest Multipart(params (string Name, string Value)[] fields) => new()
    {
        Body = Encoding.UTF8.GetBytes($"{string.Concat(fields.Select(field => $"--b\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n"))}--b--\r\n"),
        ContentType = "multipart/form-data; boundary=b",
    };
}
