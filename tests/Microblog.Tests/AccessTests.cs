using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Microblog.Tests;

/// <summary>Checks every page with axe in light and dark, on a wide and on a narrow screen, and keeps screenshots.</summary>
public sealed class AccessTests
{
    static readonly (string Name, string Path)[] ForAnybody =
    [
        ("everyone", "/everyone"), ("people", "/people"), ("profile", "/user/ada"), ("following", "/user/demo/following"), ("followers-none", "/user/admin/followers"), ("post", "/post/4"),
        ("login", "/login?next=/settings"), ("signup", "/signup"), ("error-404", "/nothing/here"),
    ];

    static readonly (string Name, string Path)[] ForAdmins =
    [
        ("home", "/"), ("compose", "/post/new"), ("delete", "/post/1/delete"), ("own-profile", "/user/admin"), ("other-profile", "/user/grace"), ("settings", "/settings"), ("admin-users", "/admin/"),
        ("admin-posts", "/admin/posts"), ("error-403", "/post/2/delete"),
    ];

    // Pages that axe has looked at. Nearly all pages of the second and third engine have the same elements.
    static readonly HashSet<string> Seen = [];

    static readonly AxeRunOptions Colours = new() { RunOnly = new() { Type = "tag", Values = ["cat.color"] } };

    [NeedsTheory(Tool.Chromium)]
    [InlineData("handlebars")]
    [InlineData("jinja")]
    [InlineData("liquid")]
    public async Task Axe_finds_nothing_on_any_page_in_either_colour_scheme_and_no_page_is_wider_than_a_small_phone(string engine)
    {
        await using var site = await Site.Start(engine);
        await using var browser = await Browser.Open(site.Url, withPolicy: false);
        var found = new List<string>();

        foreach (var (name, path) in ForAnybody) await Look(browser, engine, name, path, found);
        await browser.Page.GotoAsync("/login");
        await browser.Submit("Log in", ("Name", "nobody"), ("Password", "wrong"));
        await Look(browser, engine, "login-problem", null, found);
        await browser.Page.GotoAsync("/signup");
        await browser.Submit("Sign up", ("Name", "a b"), ("Password", "short"));
        await Look(browser, engine, "signup-problem", null, found);
        await browser.LogIn("admin", "admin-password");
        await Look(browser, engine, "home-flashed", null, found);
        foreach (var (name, path) in ForAdmins) await Look(browser, engine, name, path, found);
        await browser.Page.GotoAsync("/post/new");
        await browser.Page.GetByText("Add a picture").ClickAsync();
        await browser.Page.GetByLabel("Picture", new() { Exact = true }).SetInputFilesAsync(PictureFiles.Path);
        await browser.Submit("Publish");
        await Look(browser, engine, "compose-problem", null, found);
        await browser.Page.GotoAsync("/settings");
        await browser.Submit("Make a token");
        await Look(browser, engine, "token", null, found);

        Findings.None(found);
        Assert.Empty(browser.Mishaps);
    }

    [NeedsTheory(Tool.Chromium)]
    [InlineData("liquid")]
    public async Task Axe_would_find_a_picture_without_a_description_and_low_contrast_text_in_either_colour_scheme(string engine)
    {
        await using var site = await Site.Start(engine);
        await using var browser = await Browser.Open(site.Url, withPolicy: false);
        await browser.Page.GotoAsync("/everyone");
        await browser.Page.AddStyleTagAsync(new() { Content = "footer p { color: color-mix(in srgb, var(--ground) 70%, var(--text)) !important }" });
        await browser.Page.EvaluateAsync("document.querySelector('.picture').removeAttribute('alt')");

        var light = await Axe(browser.Page);
        await browser.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await Axe(browser.Page, Colours);

        Assert.Equal(["color-contrast", "image-alt"], light.Violations.Select(violation => violation.Id).Order());
        Assert.Equal(["color-contrast"], dark.Violations.Select(violation => violation.Id));
    }

    // Null looks at the page that is there.
    static async Task Look(Browser browser, string engine, string name, string? path, List<string> found)
    {
        if (path is not null) await browser.Page.GotoAsync(path);
        var isNew = Seen.Add(await Elements(browser.Page));
        foreach (var scheme in isNew ? (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark] : [])
        {
            await browser.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            // In the second scheme only what has to do with colours can differ.
            var axe = await Axe(browser.Page, scheme == ColorScheme.Light ? null : Colours);
            found.AddRange(axe.Violations.Select(violation => $"{name}, {scheme}: {violation.Help} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
            if (engine == "handlebars") await browser.Shoot($"{scheme}/{name}".ToLowerInvariant());      // the other engine's look the same
        }
        await browser.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await browser.Page.SetViewportSizeAsync(320, 640);
        var width = await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (width > 320) found.Add($"{name} is {width} pixels wide on a screen of 320.");
        if (engine == "handlebars") await browser.Shoot($"narrow/{name}");
        await browser.Page.SetViewportSizeAsync(1100, 800);
    }

    // Without what differs in each run: spaces, tokens, times, names of pictures and the name of the engine.
    static async Task<string> Elements(IPage page) =>
        Regex.Replace(await page.ContentAsync(), @"\s+|value=""[\w.-]{20,}""|<time.*?</time>|[\da-f]{30,}|(?<=rendered by )\w+", "", RegexOptions.IgnoreCase);

    // The newer call opens a second page for each report, which takes seconds; the pages here have no frames that it would be needed for.
#pragma warning disable CS0618
    static Task<AxeResult> Axe(IPage page, AxeRunOptions? options = null) => page.RunAxeLegacy(options: options);
#pragma warning restore CS0618
}
