using Microsoft.Playwright;

namespace Modular.Debugger.Tests;

/// <summary>The console in a browser: PIN, entries, completion, values, history.</summary>
public sealed class WalkTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    static Task<Site> Shop() => Site.Start(app => app.Route("/buy/<flower>", string (string flower) => throw new ArgumentException($"no {flower}", nameof(flower)), endpoint: "buy"));

    static ILocator Input(IPage page) => page.Locator("#console textarea");

    static ILocator Last(IPage page, string kind) => page.Locator($"#console .log .{kind}").Last;

    [NeedsFact(Tool.Chromium)]
    public async Task The_console_of_a_page_is_unlocked_evaluates_keeps_state_completes_and_shows_values()
    {
        await using var site = await Shop();
        var page = await chromium.Open();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync($"{site.Url}/buy/rose");

        await page.Locator("nav a", new() { HasText = "Console" }).ClickAsync();
        await Input(page).FillAsync("var roses = 21;");
        await Input(page).PressAsync("Enter");
        await page.Locator(".pin input").FillAsync("000-000-00");
        await page.Locator(".pin input").PressAsync("Enter");
        await page.Locator(".refusal:text('PIN is wrong')").WaitForAsync();
        await page.Locator(".pin input").FillAsync(site.Pin);
        await page.Locator(".pin input").PressAsync("Enter");
        await page.Locator(".pin").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Locator(".run").WaitForAsync();

        await Input(page).FillAsync("roses * 2");
        await Input(page).PressAsync("Enter");
        await page.Locator(".log .leaf:has-text('42')").WaitForAsync();

        await Input(page).FillAsync("request.Meth");
        await Input(page).PressAsync("Tab");
        await Assertions.Expect(Input(page)).ToHaveValueAsync("request.Method", new() { Timeout = 60_000 });
        await Input(page).PressAsync("Enter");
        await page.Locator(".log .leaf:has-text('\"GET\"')").WaitForAsync();

        await Input(page).PressAsync("ArrowUp");
        await Input(page).PressAsync("ArrowUp");
        Assert.Equal("roses * 2", await Input(page).InputValueAsync());
        await Input(page).PressAsync("ArrowDown");
        Assert.Equal("request.Method", await Input(page).InputValueAsync());

        await Input(page).FillAsync("new { Flower = \"<b>rose</b>\", Inner = new[] { 7, 8 } }");
        await Input(page).PressAsync("Enter");
        await page.Locator(".log details summary").Last.ClickAsync();
        await page.Locator(".log li:has-text('<b>rose</b>')").WaitForAsync();
        await Input(page).FillAsync("throw new System.Exception(\"<img src=x onerror=alert(1)>\");");
        await Input(page).PressAsync("Enter");
        await page.Locator(".log .failed:has-text('<img')").WaitForAsync();
        await Input(page).FillAsync("app.");
        await Input(page).PressAsync("Tab");
        await page.Locator(".names button:text-is('Name')").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = ChromiumFixture.Picture("console"), FullPage = false });
        await page.Locator("#console").ScreenshotAsync(new() { Path = ChromiumFixture.Picture("console-box") });

        Assert.Equal(0, await page.Locator(".log b, .log img").CountAsync());
        var cookie = Assert.Single(await page.Context.CookiesAsync([$"{site.Url}/_modular/debugger/"]));
        Assert.Equal((true, SameSiteAttribute.Strict), (cookie.HttpOnly, cookie.SameSite));
    }

    [NeedsFact(Tool.Chromium)]
    public async Task The_cancel_button_cancels_the_running_entry()
    {
        await using var site = await Shop();
        var page = await chromium.Open(360, 700, ColorScheme.Dark);
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync($"{site.Url}/console");
        await Input(page).FillAsync("1 + 1");
        await Input(page).PressAsync("Enter");
        await page.Locator(".pin input").FillAsync(site.Pin);
        await page.Locator(".pin button").ClickAsync();
        await page.Locator(".log .leaf:has-text('2')").WaitForAsync();

        await Input(page).FillAsync("await System.Threading.Tasks.Task.Delay(-1, Cancel);");
        await Input(page).PressAsync("Enter");
        await page.Locator(".cancel").ClickAsync();
        await Last(page, "failed").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = ChromiumFixture.Picture("console-narrow-dark") });

        Assert.StartsWith("Cancelled", await Last(page, "failed").TextContentAsync(), StringComparison.Ordinal);
    }
}
