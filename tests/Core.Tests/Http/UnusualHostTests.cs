namespace Modular.Tests.Http;

/// <summary>Unusual hosts, and requests without a host.</summary>
public sealed class UnusualHostTests
{
    static ModularApp App(ModularOptions? options = null)
    {
        var app = new ModularApp(options ?? new());
        app.Get("/branch/", () => "branch", endpoint: "branch");
        app.Get("/pages/<path:name>/", (string name) => name, endpoint: "page");
        Func<int, string> all = page => $"{page}";
        app.Route("/all/", all, endpoint: "all", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } });
        app.Route("/all/<int:page>", all, endpoint: "all");
        app.Get("/new", () => "new", endpoint: "new");
        app.Get("/old", () => "old", options: new() { RedirectTo = "new" });
        app.Get("/old/<path:p>", (string p) => p, options: new() { RedirectTo = "/<p>" });
        app.Get("/external", () => UrlFor("branch", new() { External = true }));
        app.Get("/secure", () => UrlFor("branch", new() { Scheme = "https" }));
        app.Get("/inside", () => UrlFor("branch"));
        app.Get("/addresses", () => $"{Current.Request.Host} {Current.Request.Url} {Current.Request.BaseUrl} {Current.Request.UrlRoot} {Current.Request.HostUrl}");
        app.Get("/login", () => Redirect($"{Current.Request.UrlRoot}branch/"));
        return app;
    }

    static async Task<TestResponse> Ask(string path, string host, ModularOptions? options = null)
    {
        await using var client = App(options).TestClient();
        return await client.GetAsync(path, new() { Headers = [("Host", host)] });
    }

    [Theory]
    [InlineData("my_service", "http://my_service/branch/")]
    [InlineData("my_service:5000", "http://my_service:5000/branch/")]
    [InlineData("_a.my_service", "http://_a.my_service/branch/")]
    [InlineData("[::1]", "http://[::1]/branch/")]
    [InlineData("[::1]:5000", "http://[::1]:5000/branch/")]
    [InlineData("[::ffff:1.2.3.4]:5000", "http://[::ffff:1.2.3.4]:5000/branch/")]
    [InlineData("example.test:80", "http://example.test/branch/")]
    [InlineData("example.test:5000", "http://example.test:5000/branch/")]
    [InlineData("example.test.", "http://example.test/branch/")]
    [InlineData("example.test.:5000", "http://example.test:5000/branch/")]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5000/branch/")]
    public async Task A_redirect_and_an_external_URL_have_the_host_of_the_request(string host, string url)
    {
        Assert.Equal(url, (await Ask("/branch", host)).Location);
        Assert.Equal(url, (await Ask("/external", host)).Text);
    }

    [Theory]
    [InlineData(".")]
    [InlineData(".test")]
    [InlineData("a~b")]
    [InlineData("a!b.test")]
    [InlineData("example.test:")]
    [InlineData("example.test:80a")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("[::1")]
    [InlineData("user@example.test")]
    public async Task Without_a_valid_host_redirects_and_addresses_begin_with_the_path(string host)
    {
        foreach (var (path, location) in new[]
        {
            ("/branch?q=1", "/branch/?q=1"), ("/pages//evil.test/x", "/pages/evil.test/x/"), ("/pages/evil.test", "/pages/evil.test/"), ("/all/1", "/all/"),
            ("/old", "/new"), ("/old/new", "/new"),
        })
        {
            var response = await Ask(path, host);
            Assert.Equal((308, location), (response.Status, response.Location));
        }
        Assert.Equal("/branch/", (await Ask("/inside", host)).Text);
        Assert.Equal("/branch/", (await Ask("/login", host)).Location);
        Assert.Equal(" /addresses?q=1 /addresses / /", (await Ask("/addresses?q=1", host)).Text);
    }

    [Theory]
    [InlineData("/old/%2fevil.test")]
    [InlineData("/old/%5Cevil.test")]
    [InlineData("//evil.test/branch")]
    [InlineData("/%2fbranch")]
    public async Task No_redirect_without_a_host_begins_with_two_slashes(string path)
    {
        var location = (await Ask(path, "a~b")).Location ?? "/";

        Assert.Equal('/', location[0]);
        Assert.False(location.Length > 1 && location[1] is '/' or '\\', location);
    }

    [Theory]
    [InlineData("/external")]
    [InlineData("/secure")]
    public async Task An_external_URL_without_a_valid_host_is_a_400(string path)
    {
        var response = await Ask(path, "a~b");

        Assert.Equal(400, response.Status);
        Assert.Contains("The request has no valid Host header, which this page needs.", response.Text, StringComparison.Ordinal);
        Assert.Equal("http://example.test/branch/", (await Ask("/external", "a~b", new() { ServerName = "example.test" })).Text);
    }

    [Theory]
    [InlineData("my_service", 200)]
    [InlineData("my_service:5000", 200)]
    [InlineData("MY_SERVICE.", 200)]
    [InlineData("api.my_net", 200)]
    [InlineData("api.my_net.:5000", 200)]
    [InlineData("my_service..", 400)]
    [InlineData("other_service", 400)]
    [InlineData("a~b", 400)]
    [InlineData(".", 400)]
    [InlineData(".my_net", 400)]
    public async Task Trusted_hosts_may_have_an_underscore_and_a_last_dot(string host, int status)
    {
        Assert.Equal(status, (await Ask("/inside", host, new() { TrustedHosts = ["my_service", ".my_net"] })).Status);
    }

    [Theory]
    [InlineData("api.my_net", "/", "api /sub/")]
    [InlineData("api.my_net.", "/", "api /sub/")]
    [InlineData("my_api.my_net", "/", "my_api /sub/")]
    [InlineData("my_net", "/", "top")]
    public async Task Subdomains_are_found_under_such_hosts(string host, string path, string text)
    {
        var app = new ModularApp(new() { ServerName = "my_net", Routing = new() { SubdomainMatching = true } });
        app.Get("/", () => "top");
        app.Get("/", endpoint: "subtop", view: (string name) => $"{name} {UrlFor("sub", ("name", name))}", options: new() { Subdomain = "<name>" });
        app.Get("/sub/", (string name) => name, endpoint: "sub", options: new() { Subdomain = "<name>" });
        await using var client = app.TestClient();

        Assert.Equal(text, (await client.GetAsync(path, new() { Headers = [("Host", host)] })).Text);
        if (text != "top") Assert.Equal($"http://{host.TrimEnd('.')}/sub/", (await client.GetAsync("/sub", new() { Headers = [("Host", host)] })).Location);
    }

    [Fact]
    public async Task A_request_of_HTTP_1_0_without_a_host_is_redirected_to_the_address_that_it_reached()
    {
        await using var server = await RawServer.Start(App().AppDelegate);

        var missing = await server.Send("GET /branch HTTP/1.0\r\n\r\n");
        var empty = await server.Send("GET /branch HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n");
        var underscore = await server.Send("GET /branch HTTP/1.1\r\nHost: my_service\r\nConnection: close\r\n\r\n");

        Assert.Contains("href=\"http://127.0.0.1:", missing.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"/branch/\"", empty.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"http://my_service/branch/\"", underscore.Body, StringComparison.Ordinal);
    }
}
