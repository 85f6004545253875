using System.Text.Json;

namespace Modular.Testing.Tests;

public class RequestTests
{
    static ModularApp Echo()
    {
        var app = new ModularApp().UseUploads();
        string[] any = ["GET", "POST", "PUT", "PATCH", "DELETE", "PURGE"];
        app.Route("/", () => $"{Current.Request.Method} {Current.Request.ContentType} {Current.Request.GetText()}", endpoint: "index", methods: any);
        app.Route("/url", () => $"{Current.Request.Url} {Current.Request.ScriptRoot} {Current.Request.Path} {UrlFor("url")}", endpoint: "url");
        app.Route("/path/<path:rest>", (string rest) => rest, endpoint: "path");
        app.Route("/args", () => string.Join('&', Current.Request.Args.Keys.SelectMany(name => Current.Request.Args.GetAll(name).Select(value => $"{name}={value}"))), endpoint: "args");
        app.Route("/form", () => string.Join('&', Current.Request.Form.Keys.SelectMany(name => Current.Request.Form.GetAll(name).Select(value => $"{name}={value}"))), endpoint: "form", methods: ["POST"]);
        app.Route("/json", (Order order) => new { order.Item, Count = order.Count + 1 }, endpoint: "json", methods: ["POST"]);
        app.Route("/header", () => Current.Request.Headers["X-Asked"].ToString(), endpoint: "header");
        app.Route("/fail", string () => throw new TimeoutException("the view's own"), endpoint: "fail");
        return app;
    }

    sealed record Order(string Item, int Count);

    [Fact]
    public async Task Each_HTTP_method_has_its_own_method()
    {
        await using var client = Echo().TestClient();

        string[] texts =
        [
            (await client.GetAsync("/")).Text, (await client.PostAsync("/")).Text, (await client.PutAsync("/")).Text,
            (await client.PatchAsync("/")).Text, (await client.DeleteAsync("/")).Text, (await client.SendAsync("PURGE", "/")).Text,
        ];

        Assert.Equal(["GET", "POST", "PUT", "PATCH", "DELETE", "PURGE"], texts.Select(text => text.TrimEnd()));
    }

    [Fact]
    public async Task HEAD_has_only_the_headers_and_OPTIONS_lists_the_methods()
    {
        await using var client = Echo().TestClient();

        var head = await client.HeadAsync("/header", new() { Headers = [("X-Asked", "12345")] });
        var options = await client.OptionsAsync("/form");

        Assert.Equal((200, 5, ""), (head.Status, head.Headers.ContentLength, head.Text));
        Assert.Equal((200, "OPTIONS, POST"), (options.Status, string.Join(", ", options.Headers.Allow.ToString().Split(", ").Order())));
    }

    [Fact]
    public async Task A_form_is_sent_with_its_names_in_order_and_any_text()
    {
        await using var client = Echo().TestClient();

        var response = await client.PostAsync("/form", new() { Form = [("a", "1"), ("ü &=", "ö +%"), ("a", "2"), ("empty", "")] });

        Assert.Equal("a=1&a=2&ü &==ö +%&empty=", response.Text);
    }

    [Fact]
    public async Task JSON_goes_from_an_object_and_comes_back_as_an_element()
    {
        await using var client = Echo().TestClient();

        var response = await client.PostAsync("/json", TestRequest.WithJson(new { Item = "tea", Count = 2 }));
        var text = await client.PostAsync("/json", new() { Json = """{"item": "cup", "count": 1}""" });

        Assert.Equal(("tea", 3), (response.Json.GetProperty("item").GetString(), response.Json.GetProperty("count").GetInt32()));
        Assert.Equal("application/json", response.Headers.ContentType);
        Assert.Equal("""{"item":"cup","count":2}""", text.Text.TrimEnd());
        var page = await client.GetAsync("/");
        Assert.ThrowsAny<JsonException>(() => page.Json);
    }

    [Fact]
    public async Task Any_body_has_the_type_that_it_is_given()
    {
        await using var client = Echo().TestClient();

        Assert.Equal("POST application/octet-stream abc", (await client.PostAsync("/", new() { Body = "abc"u8.ToArray() })).Text);
        Assert.Equal("POST text/csv; charset=utf-8 a,b", (await client.PostAsync("/", new() { Body = "a,b"u8.ToArray(), ContentType = "text/csv; charset=utf-8" })).Text);
        Assert.Equal("POST not/a/type abc", (await client.PostAsync("/", new() { Body = "abc"u8.ToArray(), ContentType = "not/a/type" })).Text);
        Assert.Equal("POST text/plain abc", (await client.PostAsync("/", new() { Body = "abc"u8.ToArray(), Headers = [("Content-Type", "text/plain")] })).Text);
        Assert.Equal("GET text/plain", (await client.GetAsync("/", new() { Headers = [("Content-Type", "text/plain")] })).Text.TrimEnd());
    }

    [Fact]
    public async Task A_multipart_form_is_any_HttpContent()
    {
        await using var client = Echo().TestClient();
        using var content = new MultipartFormDataContent { { new StringContent("v1"), "a" }, { new StringContent("v2"), "b" }, { new ByteArrayContent([1, 2, 3]), "file", "x.bin" } };

        var response = await client.PostAsync("/form", new() { Content = content });
        var again = await client.PostAsync("/form", new() { Content = content });

        Assert.Equal(("a=v1&b=v2", "a=v1&b=v2"), (response.Text, again.Text));
    }

    [Fact]
    public async Task Query_fields_are_encoded_and_added_to_the_paths_own()
    {
        await using var client = Echo().TestClient();

        Assert.Equal("a=1&b=ü &=", (await client.GetAsync("/args?a=1", new() { Query = [("b", "ü &=")] })).Text);
        Assert.Equal("a=1&a=2", (await client.GetAsync("/args", new() { Query = [("a", "1"), ("a", "2")] })).Text);
        Assert.Equal("", (await client.GetAsync("/args?")).Text);
    }

    [Theory]
    [InlineData("/path/grüße", "grüße")]
    [InlineData("/path/a%20b", "a b")]
    [InlineData("/path/a b", "a b")]
    [InlineData("//path/x", "x")]
    [InlineData("path/x", "x")]
    public async Task A_path_is_a_path_however_it_is_written(string path, string expected)
    {
        await using var client = Echo().TestClient(new() { FollowRedirects = true });

        Assert.Equal(expected, (await client.GetAsync(path)).Text);
    }

    [Theory]
    [InlineData("http://localhost", "http://localhost/url  /url /url")]
    [InlineData("https://shop.test/", "https://shop.test/url  /url /url")]
    [InlineData("https://shop.test:8443/app", "https://shop.test:8443/app/url /app /url /app/url")]
    [InlineData("http://localhost/a/b/", "http://localhost/a/b/url /a/b /url /a/b/url")]
    public async Task The_base_URL_sets_scheme_host_and_mount(string baseUrl, string expected)
    {
        await using var client = Echo().TestClient(new() { BaseUrl = baseUrl });

        Assert.Equal(expected, (await client.GetAsync("/url")).Text);
        Assert.Equal(expected, (await client.GetAsync("url")).Text);
    }

    [Fact]
    public async Task An_absolute_URL_requests_another_host()
    {
        await using var client = Echo().TestClient();

        Assert.StartsWith("http://other.test/url", (await client.GetAsync("http://other.test/url")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_of_the_view_reaches_the_test()
    {
        await using var client = Echo().TestClient();

        var error = await Assert.ThrowsAsync<TimeoutException>(() => client.GetAsync("/fail"));

        Assert.Equal("the view's own", error.Message);
    }

    [Fact]
    public async Task Or_becomes_the_500_of_production()
    {
        await using var client = Echo().TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/fail");

        Assert.Equal(500, response.Status);
        Assert.DoesNotContain("the view's own", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_applications_PropagatesExceptions_wins()
    {
        var app = Echo();
        app.PropagatesExceptions = false;
        await using var client = app.TestClient();

        Assert.Equal(500, (await client.GetAsync("/fail")).Status);
    }

    [Fact]
    public async Task In_debug_the_exception_reaches_the_test_as_well()
    {
        var app = Echo();
        app.Debug = true;
        await using var client = app.TestClient();

        await Assert.ThrowsAsync<TimeoutException>(() => client.GetAsync("/fail"));
    }

    [Fact]
    public async Task Two_clients_at_once_cannot_propagate_exceptions_differently_but_successive_ones_can()
    {
        var app = Echo();
        await using (app.TestClient())
        {
            var error = Assert.Throws<InvalidOperationException>(() => app.TestClient(new() { PropagateExceptions = false }));

            Assert.Equal("A client of this application has PropagateExceptions = true, which applies to the whole application. "
                + "Dispose that client first, or set the same value for both.", error.Message);
        }
        await using var second = app.TestClient(new() { PropagateExceptions = false });
        Assert.Equal(500, (await second.GetAsync("/fail")).Status);
    }

    [Fact]
    public void A_wrong_set_up_is_reported_when_the_client_is_created()
    {
        var app = new ModularApp();
        app.Use(new Lonely());

        var mistake = Assert.Throws<ModularException>(() => app.TestClient());

        Assert.Equal("Lonely requires Friends, which isn't installed. Add the package and call app.UseFriends().", mistake.Message);
    }

    sealed class Lonely : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Lonely", "[0.1,1.0)") { Dependencies = [new("Friends", "app.UseFriends()")] };

        public void Install(PluginBuilder builder)
        {
        }
    }

    [Fact]
    public async Task Requests_run_side_by_side()
    {
        var app = new ModularApp();
        var (all, arrived) = (new TaskCompletionSource(), 0);
        app.Route("/<int:n>", async (int n) =>
        {
            if (Interlocked.Increment(ref arrived) == 20) all.SetResult();
            await all.Task;
            return $"{n}";
        }, endpoint: "index");
        await using var client = app.TestClient();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => client.GetAsync($"/{n}")));

        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n}"), responses.Select(response => response.Text));
    }

    [Fact]
    public async Task The_tests_own_context_and_the_requests_are_separate()
    {
        var app = new ModularApp();
        app.Route("/", () => $"{Current.Request.Path}", endpoint: "index");
        app.Route("/outer", () => "", endpoint: "outer");
        using var scope = app.TestRequestContext("/outer");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(("/", "/outer"), (response.Text, Current.Request.Path));
    }

    [Fact]
    public async Task A_response_shows_itself_in_a_failed_assertion()
    {
        await using var client = Echo().TestClient();

        Assert.Equal("200 text/html; charset=utf-8 here", (await client.GetAsync("/header", new() { Headers = [("X-Asked", "here")] })).ToString());
    }

    [Fact]
    public async Task The_host_stops_with_the_last_client_and_a_second_disposal_does_nothing()
    {
        var app = Echo();
        app.Services.AddSingleton<Disposed>();
        app.Route("/disposed", (Disposed disposed) => $"{disposed.Is}", endpoint: "disposed");
        Disposed? seen = null;
        app.Route("/keep", (Disposed disposed) =>
        {
            seen = disposed;
            return "";
        }, endpoint: "keep");
        var (first, second) = (app.TestClient(), app.TestClient());

        await first.GetAsync("/keep");
        await first.DisposeAsync();
        await first.DisposeAsync();
        var open = await second.GetAsync("/disposed");
        await second.DisposeAsync();

        Assert.Equal(("False", true), (open.Text, seen!.Is));
    }

    sealed class Disposed : IDisposable
    {
        public bool Is { get; private set; }

        public void Dispose() => Is = true;
    }
}
