using System.Net;

namespace Modular.Testing.Tests;

/// <summary>The default addresses and headers of requests.</summary>
public sealed class ClientTests
{
    [Theory]
    [InlineData(null, "http", "/", "http://localhost/x")]
    [InlineData("example.org", "http", "/", "http://example.org/x")]
    [InlineData("example.org:8443", "https", "/app", "https://example.org:8443/app/x")]
    public async Task The_base_url_follows_the_applications_options(string? server, string scheme, string root, string expected)
    {
        var app = new ModularApp(new() { ServerName = server, PreferredUrlScheme = scheme, ApplicationRoot = root });
        app.Route("/x", () => Current.Request.Url, endpoint: "x");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/x");

        Assert.Equal((expected, expected, "GET"), (response.Text, response.Url, response.Method));
    }

    [Fact]
    public async Task A_subdomain_rule_matches_the_server_names_host_by_default()
    {
        var app = new ModularApp(new() { ServerName = "example.org", Routing = new() { SubdomainMatching = true } });
        app.Route("/", () => "main", endpoint: "main");
        app.Route("/", () => "shop", endpoint: "shop", options: new() { Subdomain = "shop" });
        await using var client = app.TestClient();

        Assert.Equal(("main", "shop"), ((await client.GetAsync("/")).Text, (await client.GetAsync("http://shop.example.org/")).Text));
    }

    [Theory]
    [InlineData("/a%00b", "/a\0b")]
    [InlineData("/a%00%2Fb%01", "/a\0/b\u0001")]
    public async Task A_null_in_a_path_is_sent_as_any_other_character(string path, string expected)
    {
        var app = new ModularApp();
        app.Route("/<path:rest>", () => Current.Request.Path + Current.Request.Args.Get("q", ""));
        await using var client = app.TestClient();

        Assert.Equal(expected, (await client.GetAsync(path)).Text);
        Assert.Equal(expected + "\0", (await client.GetAsync(path + "?q=%00")).Text);
    }

    [Fact]
    public async Task Requests_have_the_clients_headers_and_address_unless_they_have_their_own()
    {
        var app = new ModularApp();
        app.Route("/", () => $"{Current.Request.Headers.UserAgent} {Current.Request.Headers["X-A"]} {Current.Request.RemoteAddr}", endpoint: "index");
        await using var plain = app.TestClient();
        await using var client = app.TestClient(new() { Headers = [("X-A", "usual"), ("User-Agent", "Test")], RemoteAddress = IPAddress.Parse("9.9.9.9") });

        Assert.Equal("Modular.Testing  127.0.0.1", (await plain.GetAsync("/")).Text);
        Assert.Equal("Test usual 9.9.9.9", (await client.GetAsync("/")).Text);
        Assert.Equal("Test own 9.9.9.9", (await client.GetAsync("/", new() { Headers = [("x-a", "own")] })).Text);
    }

    [Fact]
    public async Task Files_make_a_multipart_form()
    {
        var app = new ModularApp().UseUploads();
        app.Post("/", () => $"{Current.Request.Form["title"]} {Current.Request.Files["file"].FileName} {Current.Request.Files["file"].ContentType} {Current.Request.Files["file"].Length}", endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", new() { Form = [("title", "größer")], Files = [new("file", "ä \"1\".txt", "text")] });

        Assert.Equal("größer ä \"1\".txt text/plain 4", response.Text);
    }

    [Fact]
    public async Task An_application_can_be_used_without_a_client_before_between_and_after_its_clients()
    {
        var app = new ModularApp();
        app.Services.AddSingleton<List<string>>();
        app.Route("/hello", (List<string> list) => $"{list.Count}", endpoint: "hello");
        await using (var client = app.TestClient()) Assert.Equal("0", (await client.GetAsync("/hello")).Text);

        using (var scope = app.TestRequestContext("/hello?name=Flask"))
        {
            scope.Context.Services.GetRequiredService<List<string>>().Add("by hand");
            Assert.Equal(("Flask", "hello"), (Current.Request.Args["name"], Current.Context.Endpoint));
        }
        await using (var client = app.TestClient()) Assert.Equal("1", (await client.GetAsync("/hello")).Text);
        using (app.AppContext()) Assert.Same(app, Current.App);
        Assert.Throws<ModularException>(() => app.Route("/late", () => ""));
    }
}
