using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Modular.Debugger.Tests;

/// <summary>The page as a browser shows it. Screenshots are in the build's output, under <c>screenshots</c>.</summary>
public sealed class LookTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    static decimal Price(Dictionary<string, decimal> prices, string flower)
    {
        // The shop has no orchids.
        return prices[flower];
    }

    static async Task<decimal> TotalAsync(string[] flowers)
    {
        await Task.Yield();
        var prices = new Dictionary<string, decimal> { ["rose"] = 2.5m, ["tulip"] = 1.2m };
        return flowers.Sum(flower => Price(prices, flower));
    }

    static async Task<Site> Shop(TemplateFolder folder)
    {
        folder.Add("cart.liquid", "<h1>Cart</h1>\n<ul>\n{% for item in items %}\n  <li>{{ item | prize: 'EUR' }}</li>\n{% endfor %}\n</ul>\n");
        return await Site.Start(app =>
        {
            app.UseSessions(new() { SecretKey = "a key for these tests" });
            app.UseLiquid();
            app.Config["Shop:Title"] = "Flowers";
            app.Config["Shop:ApiKey"] = "sk_live_1";
            app.Route("/cart/<int:id>", async (int id) =>
            {
                Current.Session["user"] = "ada";
                Current.G["cart"] = new Dictionary<string, object?> { ["id"] = id, ["flowers"] = new[] { "rose", "orchid" } };
                try
                {
                    return $"{await TotalAsync(["rose", "orchid"])}";
                }
                catch (KeyNotFoundException error)
                {
                    throw new InvalidOperationException($"The cart {id} cannot be added up, which is a pity: <b>nobody</b> knows what it costs.", error);
                }
            }, endpoint: "cart");
            app.Route("/page", () => RenderTemplate("cart.liquid", ("items", new[] { "rose" })), endpoint: "page");
        }, app: new() { Name = "shop", RootPath = folder.Path });
    }

    [NeedsFact(Tool.Chromium)]
    public async Task The_page_of_a_broken_view_looks_good_in_every_width_and_colour_scheme_and_loads_nothing_from_elsewhere()
    {
        using var folder = new TemplateFolder();
        await using var site = await Shop(folder);
        foreach (var (name, width, colors) in ((string, int, ColorScheme)[])[("wide", 1280, ColorScheme.Light), ("wide-dark", 1280, ColorScheme.Dark), ("narrow", 360, ColorScheme.Light), ("narrow-dark", 360, ColorScheme.Dark)])
        {
            var page = await chromium.Open(width, colors: colors);
            var happened = Watch(page, site);

            await page.GotoAsync($"{site.Url}/cart/7?color=red&token=hidden");
            await page.ScreenshotAsync(new() { Path = ChromiumFixture.Picture($"error-{name}"), FullPage = true });

            Assert.Equal("InvalidOperationException", await page.Locator("h1").TextContentAsync());
            Assert.Equal(0, await page.Locator(".message b").CountAsync());
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name}: the page is wider than its window.");
            Assert.Empty(happened);
            var found = (await page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21aa"] } })).Violations;
            Assert.True(found.Length == 0, $"{name}: {string.Join("\n", found.Select(violation => $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Select(node => node.Target))}"))}");
            await page.Context.CloseAsync();
        }
    }

    [NeedsFact(Tool.Chromium)]
    public async Task The_page_of_a_template_error_looks_good_too()
    {
        using var folder = new TemplateFolder();
        await using var site = await Shop(folder);
        var page = await chromium.Open(colors: ColorScheme.Dark);

        await page.GotoAsync($"{site.Url}/page");
        await page.ScreenshotAsync(new() { Path = ChromiumFixture.Picture("template-dark"), FullPage = true });

        Assert.Contains("prize", await page.Locator(".template .failing code").TextContentAsync(), StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Chromium)]
    public async Task The_page_allows_only_the_script_that_reloads_it()
    {
        await using var site = await Site.Start(app => app.Route("/", string () => throw new InvalidOperationException("broken"), endpoint: "index"), new() { ReloadPages = true });
        var page = await chromium.Open();
        var happened = Watch(page, site);
        var listens = page.WaitForRequestAsync(request => request.Url == $"{site.Url}/_modular/reload");

        await page.GotoAsync(site.Url);
        await listens;

        Assert.Equal([$"request {site.Url}/_modular/reload", $"request {site.Url}/_modular/reload.js"], happened.Select(line => line.Split('?')[0]).Order(StringComparer.Ordinal));
        Assert.EndsWith($" {site.Url}/_modular/reload.js", (await site.Get("/")).Headers["Content-Security-Policy"].Split(';').Single(part => part.Contains("script-src", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Chromium)]
    public async Task The_plain_text_can_be_copied()
    {
        using var folder = new TemplateFolder();
        await using var site = await Shop(folder);
        var page = await chromium.Open();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync($"{site.Url}/cart/7");

        await page.Locator(".plain > summary").ClickAsync();
        await page.Locator(".copy").ClickAsync();
        await page.Locator(".copy:text('Copied')").WaitForAsync();
        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");

        Assert.StartsWith("System.InvalidOperationException: The cart 7", copied, StringComparison.Ordinal);
        Assert.Contains("Shop:ApiKey: ********", copied, StringComparison.Ordinal);
    }

    // Dialogs, errors of scripts or of the policy, and requests for anything but the page.
    static ConcurrentQueue<string> Watch(IPage page, Site site)
    {
        var happened = new ConcurrentQueue<string>();
        page.Dialog += async (_, dialog) =>
        {
            happened.Enqueue($"dialog {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.PageError += (_, error) => happened.Enqueue($"script {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("500", StringComparison.Ordinal)) happened.Enqueue($"console {message.Text}");
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && (request.ResourceType != "document" || !request.Url.StartsWith(site.Url, StringComparison.Ordinal))) happened.Enqueue($"request {request.Url}");
        };
        return happened;
    }
}
