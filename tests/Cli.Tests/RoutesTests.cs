using System.Text.Json;

namespace Modular.Cli.Tests;

public sealed class RoutesTests
{
    [Fact]
    public async Task Routes_shows_endpoint_methods_rule_blueprint_and_plugin()
    {
        var shown = await Shop.Make().InvokeAsync("routes");

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Equal("""
            Endpoint     Methods  Rule                     Blueprint  Plugin
            -----------  -------  -----------------------  ---------  ----------
            admin.index  GET      /admin/                  admin
            by_name      GET      /user/<name>
            help         GET      /help/
            index        GET      /
            me           GET      /user/me
            order        POST     /orders
            settings     GET      /settings
            static       GET      /static/<path:filename>
            user         GET      /user/<int:id>
            visits       GET      /visits                             Toy.Visits

            """, shown.Output);
    }

    [Theory]
    [InlineData("--sort rule", "index admin.index help order settings static user by_name me visits")]
    [InlineData("--sort match", "static visits index settings user by_name me order help admin.index")]
    [InlineData("-s methods", "static visits index settings user by_name me help admin.index order")]
    [InlineData("--sort blueprint USER", "user by_name me")]
    [InlineData("--sort plugin", "static index settings user by_name me order help admin.index visits")]
    [InlineData("admin", "admin.index")]
    [InlineData("toy", "visits")]
    [InlineData("--method post", "order")]
    public async Task Routes_are_sorted_and_filtered(string words, string endpoints)
    {
        var shown = await Shop.Make().InvokeAsync(["routes", "--json", .. words.Split(' ')], "");

        using var rows = JsonDocument.Parse(shown.Output);
        Assert.Equal(endpoints, string.Join(' ', rows.RootElement.EnumerateArray().Select(row => row.GetProperty("endpoint").GetString())));
    }

    [Fact]
    public async Task Routes_as_JSON_have_all_details()
    {
        var shown = await Shop.Make().InvokeAsync("routes", "visits", "--json", "--all-methods");

        Assert.Equal("""
            [
              {
                "endpoint": "visits",
                "methods": [
                  "GET",
                  "HEAD",
                  "OPTIONS"
                ],
                "rule": "/visits",
                "domain": null,
                "blueprint": null,
                "plugin": "Toy.Visits",
                "webSocket": false,
                "buildOnly": false,
                "alias": false
              }
            ]

            """, shown.Output);
    }

    [Fact]
    public async Task Subdomains_have_a_column_of_their_own()
    {
        var app = new ModularApp(new() { StaticFolder = null, ServerName = "example.org", Routing = new() { SubdomainMatching = true } }).UseCli([]);
        app.Route("/", () => "", endpoint: "shop", options: new() { Subdomain = "shop" });

        var shown = await app.InvokeAsync("routes");
        var match = await app.InvokeAsync("routes", "--match", "/", "--host", "shop.example.org");
        var other = await app.InvokeAsync("routes", "--match", "/", "--host", "www.example.org");

        Assert.Equal("Endpoint  Methods  Subdomain  Rule  Blueprint  Plugin", shown.Output.Split('\n')[0]);
        Assert.Equal((0, 1), (match.ExitCode, other.ExitCode));
        Assert.Contains("/  is for \"shop\", not for \"www\"", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_is_reported()
    {
        var (none, like) = (await new ModularApp(new() { StaticFolder = null }).UseCli([]).InvokeAsync("routes"), await Shop.Make().InvokeAsync("routes", "nowhere"));

        Assert.Equal(("There are no rules.\n", "No rule matches the filter. Remove the filter to see all rules.\n"), (none.Error, like.Error));
    }
}
