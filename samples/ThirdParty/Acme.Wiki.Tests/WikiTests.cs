using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Modular;
using Modular.Cli;
using Modular.Testing;
using Modular.Testing.Conformance;
using Xunit;

namespace Acme.Wiki.Tests;

public sealed class WikiTests
{
    static PluginConformance Kit => new(app => app.UseWiki()) { Id = "Acme.Wiki", Assembly = typeof(WikiPlugin).Assembly, IsTrimmable = false, Paths = ["/wiki/home"] };

    public static TheoryData<string> Checks => [.. Kit.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_the_promise_of_every_plugin(string check) => await Kit.RunAsync(check, TestContext.Current.CancellationToken);

    [Fact]
    public async Task The_page_and_the_embedded_file_are_served()
    {
        var app = new ModularApp();
        app.UseWiki(new() { FirstPage = "Hello" });
        await using var client = app.TestClient();

        Assert.Equal("Hello", (await client.GetAsync("/wiki/home")).Text);
        Assert.Contains("serif", (await client.GetAsync("/wiki/static/wiki.css")).Text);
    }

    [Fact]
    public async Task The_command_counts_the_pages()
    {
        var app = new ModularApp();
        app.UseCli([]);
        app.UseWiki();

        var result = await app.InvokeAsync("wiki-count");

        Assert.Equal((0, "0"), (result.ExitCode, result.Output.Trim()));         // commands run without the hosted services
    }

    [Fact]
    public async Task The_health_check_sees_the_page_of_the_hosted_service()
    {
        var app = new ModularApp();
        app.UseWiki();
        HealthReport? report = null;
        app.Get("/health", async context =>
        {
            report = await context.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
            return report.Status.ToString();
        }, endpoint: "health");
        await using var client = app.TestClient();

        Assert.Equal("Healthy", (await client.GetAsync("/health")).Text);
        Assert.Equal(["wiki"], report!.Entries.Keys);
    }
}
