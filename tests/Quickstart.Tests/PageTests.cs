using System.Net;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Playwright;

namespace Quickstart.Tests;

/// <summary>The pages of the quickstart and the default error pages, as checkers see them. What Flask's quickstart shows as a fragment is one here, too.</summary>
public sealed class PageTests : IAsyncLifetime
{
    static readonly (string Name, string Path)[] Pages =
    [
        ("index", "/"), ("hello", "/hello/"), ("hello-name", "/hello/John"), ("login", "/login"), ("signin", "/signin"), ("upload", "/upload"), ("session", "/session"), ("session-login", "/session/login"),
        ("error-401", "/forbidden"), ("error-405", "/users"),
    ];

    // Two elements need no landmarks to jump between, which are no rule of the WCAG but advice of axe's own.
    static readonly AxeRunOptions Guidelines = new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    readonly WebApplication _host = QuickstartApp.Create().Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));

    public async ValueTask InitializeAsync() => await _host.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [NeedsFact(Tool.Nu)]
    public async Task The_Nu_checker_finds_nothing_on_any_page()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_host.Urls.First()) };
        var pages = new List<(string, string)>();
        foreach (var (name, path) in Pages)
        {
            using var response = name == "error-405" ? await client.PostAsync(path, null) : await client.GetAsync(path);
            pages.Add((name, await response.Content.ReadAsStringAsync()));
        }
        for (var status = 400; status < 600; status++)
            if (HttpStatus(status) is { } page) pages.Add(($"default-{status}", page));

        var found = await NuChecker.FindAsync(pages);

        Findings.None(found);
    }

    [NeedsFact(Tool.Nu)]
    public async Task The_Nu_checker_would_find_a_page_without_a_title_and_a_stray_script()
    {
        var found = await NuChecker.FindAsync([("bad", "<!doctype html><html lang=en><meta charset=utf-8><body><p>x</p></body></html><script></script>")]);

        Assert.Equal(["element-title-missing", "stray-script"], found.Select(line => line.Contains("title", StringComparison.Ordinal) ? "element-title-missing" : "stray-script").Distinct().Order());
    }

    [NeedsFact(Tool.Chromium)]
    public async Task Axe_finds_nothing_on_any_page_in_either_colour_scheme()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Tools.Path(Tool.Chromium), Args = ["--no-sandbox"] });
        var found = new List<string>();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var context = await browser.NewContextAsync(new() { BaseURL = _host.Urls.First(), ColorScheme = scheme });
            var page = await context.NewPageAsync();
            foreach (var (name, path) in Pages.Where(page => page.Name != "error-405"))
            {
                await page.GotoAsync(path);
                // The newer call opens a second page for each report; there are no frames here that it would be needed for.
#pragma warning disable CS0618
                var axe = await page.RunAxeLegacy(options: name.StartsWith("error", StringComparison.Ordinal) ? Guidelines : null);
#pragma warning restore CS0618
                found.AddRange(axe.Violations.Select(violation => $"{name}, {scheme}: {violation.Help} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            }
        }

        Findings.None(found);
    }

    // Null for a number that isn't an error.
    static string? HttpStatus(int status)
    {
        try
        {
            return new HttpException(status).ToResponse().Text;
        }
        catch (ModularException)
        {
            return null;
        }
    }
}
