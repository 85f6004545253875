namespace Modular.Tests.Hosting;

public sealed class DomainMatchingTests
{
    [Theory]
    [InlineData("http://a.test/", "a")]
    [InlineData("http://b.test/", "b")]
    [InlineData("http://ann.users.test/", "user ann")]
    [InlineData("http://c.test/", "404")]
    public async Task With_host_matching_a_rule_matches_its_host_only(string url, string expected)
    {
        var app = new ModularApp(new() { StaticFolder = null, Routing = new() { HostMatching = true } });
        app.Route("/", () => "a", options: new() { Host = "a.test" });
        app.Route("/", () => "b", endpoint: "b", options: new() { Host = "b.test" });
        app.Route("/", (string name) => $"user {name}", endpoint: "user", options: new() { Host = "<name>.users.test" });
        await using var client = app.TestClient();

        var response = await client.GetAsync(url);

        Assert.Equal(expected, response.Status == 200 ? response.Text : $"{response.Status}");
    }

    [Theory]
    [InlineData("http://site.test/", "main")]
    [InlineData("http://api.site.test/", "api /x http://site.test/")]
    [InlineData("http://other.site.test/", "404")]
    public async Task With_subdomain_matching_a_rule_matches_its_subdomain_only(string url, string expected)
    {
        var app = new ModularApp(new() { ServerName = "site.test", Routing = new() { SubdomainMatching = true } });
        app.Route("/", () => "main", endpoint: "main");
        app.Route("/", () => $"api {UrlFor("x")} {UrlFor("main")}", endpoint: "api", options: new() { Subdomain = "api" });
        app.Route("/x", () => "x", endpoint: "x", options: new() { Subdomain = "api" });
        await using var client = app.TestClient();

        var response = await client.GetAsync(url);

        Assert.Equal(expected, response.Status == 200 ? response.Text : $"{response.Status}");
    }

    [Fact]
    public async Task OPTIONS_lists_the_methods_of_the_hosts_own_rules()
    {
        var app = new ModularApp(new() { StaticFolder = null, Routing = new() { HostMatching = true } });
        app.Route("/", () => "a", methods: ["GET"], options: new() { Host = "a.test" });
        app.Route("/", () => "b", methods: ["PUT"], options: new() { Host = "b.test" });
        await using var client = app.TestClient();

        var (options, other) = (await client.OptionsAsync("http://b.test/"), await client.PostAsync("http://a.test/"));

        Assert.Equal(("OPTIONS, PUT", "GET, HEAD, OPTIONS"), (options.Headers.Allow.ToString(), other.Headers.Allow.ToString()));
    }
}
