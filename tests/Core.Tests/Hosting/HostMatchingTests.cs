namespace Modular.Tests.Hosting;

public sealed class HostMatchingTests
{
    [Theory]
    [InlineData("http://example.org:8080/", "top /")]
    [InlineData("http://peter.example.org:8080/", "peter http://example.org:8080/")]
    [InlineData("http://PETER.EXAMPLE.ORG:8080/", "peter http://example.org:8080/")]
    [InlineData("http://a.b.example.org:8080/", "a.b http://example.org:8080/")]
    [InlineData("http://peter.example.org:9090/", "top /")]
    public async Task The_part_before_the_server_name_chooses_the_rule(string url, string expected)
    {
        var app = Subdomains();
        app.Services.AddSingleton<ILoggerProvider>(new LogLines());
        await using var client = app.TestClient();

        var response = await client.GetAsync(url);

        Assert.Equal(expected, response.Status == 404 ? "404" : response.Text);
    }

    [Fact]
    public async Task A_host_that_is_not_under_the_server_name_gets_the_default_subdomain_and_a_warning()
    {
        var log = new LogLines();
        var app = Subdomains();
        app.Services.AddSingleton<ILoggerProvider>(log);
        await using var client = app.TestClient();

        var response = await client.GetAsync("http://evil.test/");

        Assert.Equal("top /", response.Text);
        Assert.Equal(["Warning: Host evil.test is not under the server name example.org:8080. Rules of the default subdomain are used."], log.Complaints);
    }

    [Fact]
    public async Task The_server_name_alone_restricts_nothing()
    {
        var app = new ModularApp(new() { ServerName = "example.org" });
        app.Route("/", () => UrlFor("index", new UrlOptions { External = true }), endpoint: "index");
        await using var client = app.TestClient();

        Assert.Equal("http://example.org/", (await client.GetAsync("http://other.test/")).Text);
    }

    [Theory]
    [InlineData("http://shop.test/", "shop")]
    [InlineData("http://shop.test/static/a.txt", "of shop")]
    [InlineData("http://blog.test:8080/", "blog 8080")]
    [InlineData("http://blog.test:9090/", "blog 9090")]
    [InlineData("http://blog.test/", "404")]
    [InlineData("http://unknown.test/", "404")]
    [InlineData("http://blog.test:8080/static/a.txt", "404")]
    public async Task The_whole_host_with_its_port_chooses_the_rule(string url, string expected)
    {
        using var files = new TemporaryFolder(("static/a.txt", "of shop"));
        var app = new ModularApp(new() { RootPath = files.Path, StaticHost = "shop.test", Routing = new() { HostMatching = true } });
        app.Route("/", () => "shop", endpoint: "shop", options: new() { Host = "shop.test" });
        app.Route("/", (int port) => $"blog {port}", endpoint: "blog", options: new() { Host = "blog.test:<int:port>" });
        app.ErrorHandler(404, () => "404");
        await using var client = app.TestClient();

        Assert.Equal(expected, (await client.GetAsync(url)).Text);
    }

    [Fact]
    public void Static_files_need_a_host_where_hosts_are_matched() => Assert.Equal(
        "Host matching is on, but the static files have no host. Set StaticHost = \"example.org\", or StaticFolder = null.",
        Mistake.Of(() => _ = new ModularApp(new() { Routing = new() { HostMatching = true } })));

    [Fact]
    public async Task Methods_are_those_of_the_rules_of_the_host()
    {
        var app = new ModularApp(new() { StaticFolder = null, Routing = new() { HostMatching = true } });
        app.Route("/", () => "", endpoint: "a", methods: ["GET"], options: new() { Host = "a.test" });
        app.Route("/", () => "", endpoint: "b", methods: ["POST"], options: new() { Host = "b.test" });
        await using var client = app.TestClient();

        var (options, refused) = (await client.OptionsAsync("http://b.test/"), await client.GetAsync("http://b.test/"));

        Assert.Equal(("OPTIONS, POST", "OPTIONS, POST"), (options.Headers.Allow.ToString(), refused.Headers.Allow.ToString()));
    }

    [Theory]
    [InlineData("example.org", 200)]
    [InlineData("EXAMPLE.ORG:8080", 200)]
    [InlineData("www.example.net", 200)]
    [InlineData("example.net", 200)]
    [InlineData("www.example.org", 400)]
    [InlineData("example.org.evil.test", 400)]
    [InlineData("evilexample.net", 400)]
    [InlineData("exa mple.org", 400)]
    public async Task Only_trusted_hosts_are_accepted(string host, int status)
    {
        var app = new ModularApp(new() { TrustedHosts = ["example.org", ".example.net"] });
        app.Route("/", () => "trusted");
        await using var client = app.TestClient();

        Assert.Equal(status, (await client.GetAsync("/", new() { Headers = [("Host", host)] })).Status);
    }

    [Fact]
    public async Task A_host_that_is_not_trusted_is_an_error_that_hooks_and_handlers_see()
    {
        var ran = new List<string>();
        var app = new ModularApp(new() { TrustedHosts = ["example.org"] });
        app.BeforeRequest(() => ran.Add($"before {Current.Request.Endpoint ?? "none"} {Current.Request.RoutingException?.Status}"));
        app.ErrorHandler(400, error => ($"handled: {error.Description}", 400));
        app.Route("/", () => "trusted", endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("http://evil.test/");

        Assert.Equal("400 text/html; charset=utf-8 handled: This host is not trusted.", response.ToString());
        Assert.Equal(["before none 400"], ran);
    }

    static ModularApp Subdomains()
    {
        var app = new ModularApp(new() { ServerName = "example.org:8080", Routing = new() { SubdomainMatching = true } });
        app.Route("/", () => $"top {UrlFor("index")}", endpoint: "index");
        app.Route("/", (string user) => $"{user} {UrlFor("index")}", endpoint: "user", options: new() { Subdomain = "<user>" });
        return app;
    }
}
