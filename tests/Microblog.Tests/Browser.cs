using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Microblog.Tests;

/// <summary>A visitor in a headless Chromium, with its own cookies. It records forbidden actions of pages: a dialog, a request to another host, an error.</summary>
sealed class Browser : IAsyncDisposable
{
    // One program for all tests; it ends with them.
    static readonly Lazy<Task<IBrowser>> Running = new(Launch);

    readonly IBrowserContext _context;
    readonly ConcurrentQueue<string> _mishaps = new();

    Browser(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    internal IPage Page { get; }

    /// <summary>In the order in which they came.</summary>
    internal IReadOnlyCollection<string> Mishaps => _mishaps;

    /// <param name="withScripts">False: as a visitor who has turned JavaScript off.</param>
    /// <param name="withPolicy">False: ignores the pages' Content-Security-Policy, so that only escaping is tested.</param>
    internal static async Task<Browser> Open(Uri site, bool withScripts = true, bool withPolicy = true)
    {
        var context = await (await Running.Value).NewContextAsync(new()
        {
            BaseURL = site.ToString(), JavaScriptEnabled = withScripts, BypassCSP = !withPolicy, ViewportSize = new() { Width = 1100, Height = 800 }, ColorScheme = ColorScheme.Light,
        });
        var browser = new Browser(context, await context.NewPageAsync());
        browser.Watch(site);
        return browser;
    }

    static async Task<IBrowser> Launch()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Tools.Path(Tool.Chromium), Args = ["--no-sandbox"] });
    }

    void Watch(Uri site)
    {
        Page.Dialog += async (_, dialog) =>
        {
            _mishaps.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.ToString(), StringComparison.Ordinal)) _mishaps.Enqueue($"request: {request.Url}");
        };
        Page.PageError += (_, error) => _mishaps.Enqueue($"error: {error}");
        Page.Console += (_, message) =>
        {
            // Chromium says so of each 4xx page that a test looks at.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _mishaps.Enqueue($"console: {message.Text}");
        };
    }

    /// <summary>Fills fields, found by their labels, and presses a button.</summary>
    internal async Task Submit(string button, params (string Label, string Value)[] fields)
    {
        foreach (var (label, value) in fields) await Page.GetByLabel(label, new() { Exact = true }).FillAsync(value);
        await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    internal async Task LogIn(string name, string password)
    {
        await Page.GotoAsync("/login");
        await Submit("Log in", ("Name", name), ("Password", password));
    }

    internal Task<string> Heading() => Page.Locator("h1").InnerTextAsync();

    internal async Task<string[]> Flashed() => [.. await Page.Locator(".flash").AllInnerTextsAsync()];

    /// <summary>Keeps what is on the screen beside the tests, in the folder <c>screenshots</c>.</summary>
    internal Task Shoot(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}.png"), FullPage = true });

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
