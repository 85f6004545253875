using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Modular;
using Modular.Cli;
using Modular.Templating.Liquid;
using Modular.Testing;
using Modular.Testing.Conformance;
using Xunit;

namespace Acme.Wiki.Tests;

public sealed class WikiTests
{
    static PluginConformance Kit => new(() => new WikiPlugin(new()))
    {
        With = [app => app.UseLiquid()],
        IsTrimmable = false,
        Paths = ["/wiki/home", "/wiki/static/wiki.css"],
        WrongOptions = [("an empty first page", app => app.UseWiki(new() { FirstPage = "" }))],
    };

    public static TheoryData<string> Checks => [.. Kit.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_the_promise_of_every_plugin(string check) => await Kit.RunAsync(check, TestContext.Current.CancellationToken);

    [Fact]
    public async Task The_embedded_template_and_the_embedded_file_are_served()
    {
        await using var client = App(new() { FirstPage = "Hello <you>" }).TestClient();

        var page = await client.GetAsync("/wiki/home");

        Assert.Contains("<h1>home</h1>\n<p>Hello &lt;you&gt;</p>", page.Text);
        Assert.Contains("""href="/wiki/static/wiki.css""", page.Text);
        Assert.Contains("serif", (await client.GetAsync("/wiki/static/wiki.css")).Text);
        Assert.Equal(404, (await client.GetAsync("/wiki/nothing")).Status);
    }

    [Fact]
    public async Task A_template_of_the_application_wins_over_that_of_the_plugin()
    {
        var folder = Directory.CreateTempSubdirectory("acme-wiki-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "templates", "wiki"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "templates", "wiki", "page.liquid"), "mine: {{ text }}", TestContext.Current.CancellationToken);
            await using var client = App(root: folder.FullName).TestClient();

            Assert.Equal("mine: Welcome", (await client.GetAsync("/wiki/home")).Text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_asynchronous_start_ends_before_the_first_request_and_its_error_ends_the_start()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "imported", TestContext.Current.CancellationToken);
            await using var host = App(new() { Import = file }).Build(builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
            await host.StartAsync(TestContext.Current.CancellationToken);
            using var http = new HttpClient { BaseAddress = new(host.Urls.First()) };
            await using var failing = App(new() { Import = file + ".missing" }).Build(builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));

            Assert.Contains("<p>imported</p>", await http.GetStringAsync(new Uri("/wiki/home", UriKind.Relative), TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<FileNotFoundException>(() => failing.StartAsync(TestContext.Current.CancellationToken));
            await host.StopAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Without_its_engine_the_report_says_what_to_add()
    {
        var app = new ModularApp();
        app.UseWiki();

        Assert.Equal("Acme.Wiki requires Modular.Templating.Liquid, which isn't installed. Add the package and call app.UseLiquid().",
            Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message);
    }

    [Fact]
    public async Task The_health_check_fails_while_there_is_no_page()
    {
        await using var scope = App().AppContext();         // a context has no hosted services

        var report = await scope.Context.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HealthStatus.Unhealthy, "The wiki has no page."), (report.Status, report.Entries["wiki"].Description));
    }

    static ModularApp App(WikiOptions? options = null, string? root = null)
    {
        var app = new ModularApp(root is null ? null : new() { RootPath = root });
        app.UseLiquid().UseWiki(options);
        return app;
    }

    [Fact]
    public async Task The_command_counts_the_pages()
    {
        var app = new ModularApp();
        app.UseCli([]).UseLiquid().UseWiki();

        var result = await app.InvokeAsync("wiki-count");

        Assert.Equal((0, "0"), (result.ExitCode, result.Output.Trim()));         // commands run without the hosted services
    }

    [Fact]
    public async Task The_health_check_sees_the_page_of_the_hosted_service()
    {
        var app = App();
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
