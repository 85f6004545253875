
namespace Microblog.Tests;

/// <summary>Without a mouse.</summary>
public sealed class KeyboardTests
{
    // Of what has the focus: what it is, and whether that can be seen.
    const string Focused = """
        () => { const e = document.activeElement, s = getComputedStyle(e);
                return (e.innerText || e.labels?.[0]?.innerText || e.name || e.tagName).trim().replace(/\s+/g, ' ')
                    + (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && e.getBoundingClientRect().top >= 0 ? '' : ' (unseen)'); }
        """;

    [NeedsTheory(Tool.Chromium)]
    [InlineData("handlebars")]
    [InlineData("jinja")]
    [InlineData("liquid")]
    public async Task The_keyboard_alone_can_log_in_and_post_and_follow_and_log_out_with_a_visible_focus(string engine)
    {
        await using var site = await Site.Start(engine);
        await using var browser = await Browser.Open(site.Url);
        var keys = browser.Page.Keyboard;

        await browser.Page.GotoAsync("/everyone");
        Assert.Equal("Skip to the content", await Tab(browser));
        Assert.Equal("Microblog", await Tab(browser));
        await TabTo(browser, "Log in");
        await Press(browser, "Enter", "**/login");
        await TabTo(browser, "Name");
        await keys.TypeAsync("demo");
        await TabTo(browser, "Password");
        await keys.TypeAsync("demo-password");
        await Press(browser, "Enter", "**/");

        Assert.Equal("Skip to the content", await Tab(browser));
        await keys.PressAsync("Enter");
        Assert.Equal("What is on your mind?", await Tab(browser));
        await keys.TypeAsync("Written by keys alone");
        Assert.Equal("Add a picture", await Tab(browser));
        await keys.PressAsync("Enter");
        Assert.Equal("Picture", await Tab(browser));
        Assert.Equal("What does it show?", await Tab(browser));
        Assert.Equal("Publish", await Tab(browser));
        await Press(browser, "Enter", "**/post/9");

        await browser.Page.GotoAsync("/user/linus");
        await TabTo(browser, "Follow");
        await Press(browser, "Enter", "**/user/linus");
        Assert.Equal(["You follow Linus the hiker now."], await browser.Flashed());
        await TabTo(browser, "Log out");
        await Press(browser, "Space", "**/everyone");

        Assert.Equal(["You are logged out."], await browser.Flashed());
        Assert.Equal(1, site.Count("SELECT COUNT(*) FROM posts WHERE text = 'Written by keys alone'"));
        Assert.Empty(browser.Mishaps);
    }

    /// <summary>Presses a key that opens another page, or reloads this one.</summary>
    static async Task Press(Browser browser, string key, string address)
    {
        // The address may be the same before and after, so it is the loading that tells the new page from the old one.
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLoad(object? sender, Microsoft.Playwright.IPage page) => loaded.TrySetResult();
        browser.Page.Load += OnLoad;
        await browser.Page.Keyboard.PressAsync(key);
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
        browser.Page.Load -= OnLoad;
        await browser.Page.WaitForURLAsync(address);
    }

    static async Task<string> Tab(Browser browser)
    {
        await browser.Page.Keyboard.PressAsync("Tab");
        return await browser.Page.EvaluateAsync<string>(Focused);
    }

    static async Task TabTo(Browser browser, string name)
    {
        var seen = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            seen.Add(await Tab(browser));
            if (seen[^1].EndsWith("(unseen)", StringComparison.Ordinal)) break;
            if (seen[^1] == name) return;
        }
        Assert.Fail($"\"{name}\" was not reached by Tab. These were: {string.Join(", ", seen)}");
    }
}
