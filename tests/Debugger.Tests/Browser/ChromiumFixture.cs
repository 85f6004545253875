using Microsoft.Playwright;

namespace Modular.Debugger.Tests;

/// <summary>One Chromium for all tests of a class.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    IPlaywright? _playwright;
    IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Tools.Find(Tool.Chromium) is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Tools.Path(Tool.Chromium), Args = ["--no-sandbox"] });
    }

    /// <summary>A new window without cookies.</summary>
    internal async Task<IPage> Open(int width = 1280, int height = 900, ColorScheme colors = ColorScheme.Light)
    {
        var browser = _browser ?? throw new InvalidOperationException("There is no Chromium on this machine. Install one: apt-get install chromium.");
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colors });
        return await context.NewPageAsync();
    }

    /// <summary>Where pictures are kept: beside the tests, in the build's output.</summary>
    internal static string Picture(string name) => Path.Combine(AppContext.BaseDirectory, "screenshots", name + ".png");

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
