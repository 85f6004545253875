using Microsoft.Playwright;

namespace Microblog.Tests;

/// <summary>The first visit, in a browser without JavaScript.</summary>
public sealed class WalkTests
{
    [NeedsTheory(Tool.Chromium)]
    [InlineData("handlebars")]
    [InlineData("jinja")]
    [InlineData("liquid")]
    public async Task A_user_signs_up_and_posts_a_picture_and_follows_and_logs_out_and_in_and_deletes_the_post(string engine)
    {
        await using var site = await Site.Start(engine);
        await using var browser = await Browser.Open(site.Url, withScripts: false);
        var page = browser.Page;

        await page.GotoAsync("/");
        Assert.Equal("Everyone", await browser.Heading());
        Assert.Contains($"rendered by {engine}", await page.Locator("footer").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Account" }).GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await browser.Submit("Sign up", ("Name", "maria"), ("Name for people (optional)", "María"), ("Password", "short"));
        Assert.Equal(("maria", "María"), (await page.GetByLabel("Name", new() { Exact = true }).InputValueAsync(), await page.GetByLabel("Name for people (optional)").InputValueAsync()));
        Assert.Equal("A password has at least 10 characters.", await page.Locator("#password-problem").TextContentAsync());
        await browser.Submit("Sign up", ("Password", Visitor.Password));
        Assert.Equal(["Welcome, María!"], await browser.Flashed());
        await page.ReloadAsync();
        Assert.Empty(await browser.Flashed());

        await page.GetByText("Add a picture").ClickAsync();
        await page.GetByLabel("Picture", new() { Exact = true }).SetInputFilesAsync(PictureFiles.Path);
        await browser.Submit("Publish", ("What is on your mind?", "My first post, hello @linus"), ("What does it show?", "A dawn in the hills"));
        Assert.Equal(["Your post is published."], await browser.Flashed());
        await page.GetByRole(AriaRole.Img, new() { Name = "A dawn in the hills" }).WaitForAsync();
        await browser.Shoot($"{engine}/walk-post");

        await page.GetByRole(AriaRole.Link, new() { Name = "@linus", Exact = true }).ClickAsync();
        await browser.Submit("Follow");
        Assert.Equal(["You follow Linus the hiker now."], await browser.Flashed());
        Assert.Equal("Followers 2", await page.GetByRole(AriaRole.Link, new() { Name = "Followers" }).InnerTextAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        await page.GetByText("Rain all day.").WaitForAsync();
        Assert.Equal(0, await page.GetByText("Analytical Engine").CountAsync());
        await browser.Shoot($"{engine}/walk-home");

        await browser.Submit("Log out");
        Assert.Equal(["You are logged out."], await browser.Flashed());
        await page.GotoAsync("/settings");
        Assert.Equal("Log in", await browser.Heading());
        await browser.Submit("Log in", ("Name", "maria"), ("Password", Visitor.Password));
        Assert.Equal("Settings", await browser.Heading());

        await page.GetByRole(AriaRole.Link, new() { Name = "@maria" }).ClickAsync();
        await page.Locator("article .when").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete this post" }).ClickAsync();
        await browser.Submit("Yes, delete it");
        Assert.Equal(["The post is deleted."], await browser.Flashed());
        await page.GoBackAsync();
        await page.ReloadAsync();
        Assert.Equal("Not Found", await browser.Heading());
        Assert.Empty(browser.Mishaps);
    }

    [NeedsTheory(Tool.Chromium)]
    [InlineData("handlebars")]
    [InlineData("jinja")]
    [InlineData("liquid")]
    public async Task Older_posts_are_a_link_away_and_none_is_missing_or_shown_twice(string engine)
    {
        await using var site = await Site.Start(engine);
        using var writer = new Visitor(site.Url);
        await writer.SignUp("maria");
        for (var i = 1; i <= 45; i++) await writer.Post("/post/new", ("text", $"number {i}."));
        await using var browser = await Browser.Open(site.Url, withScripts: false);

        await browser.Page.GotoAsync("/user/maria");
        List<string> seen = [.. await browser.Page.Locator("article .text").AllInnerTextsAsync()];
        await writer.Post("/post/new", ("text", "one that comes meanwhile"));
        for (var i = 0; i < 2; i++)
        {
            await browser.Page.GetByRole(AriaRole.Link, new() { Name = "Older posts" }).ClickAsync();
            seen.AddRange(await browser.Page.Locator("article .text").AllInnerTextsAsync());
        }
        var isLast = await browser.Page.GetByRole(AriaRole.Link, new() { Name = "Older posts" }).CountAsync() == 0;
        await browser.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the newest" }).ClickAsync();

        Assert.Equal(Enumerable.Range(1, 45).Reverse().Select(i => $"number {i}."), seen);
        Assert.True(isLast);
        Assert.Equal("one that comes meanwhile", await browser.Page.Locator("article .text").First.InnerTextAsync());
    }
}
