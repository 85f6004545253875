namespace Microblog.Tests;

/// <summary>Names and posts that contain scripts. The browser ignores the pages' policy, so only escaping stops them.</summary>
public sealed class HostileTests
{
    // What the site takes as it stands: no control characters, nothing to trim, short enough for its field.
    static readonly string[] Payloads = [.. Xss.Payloads.Where(payload => !payload.Any(char.IsControl) && payload == payload.Trim() && !payload.Contains('@', StringComparison.Ordinal))];

    static readonly string[] Names = [.. Payloads.Where(payload => payload.Length <= 50)];

    [NeedsTheory(Tool.Chromium)]
    [InlineData("handlebars")]
    [InlineData("jinja")]
    [InlineData("liquid")]
    public async Task Hostile_names_posts_and_descriptions_are_shown_as_they_were_written_and_run_nothing(string engine)
    {
        await using var site = await Site.Start(engine, ("SAMPLE_CONTENT", "0"));
        using var writer = new Visitor(site.Url);
        await writer.SignUp("maria");
        foreach (var payload in Payloads) Assert.Equal(303, (await writer.Post("/post/new", ("text", payload))).Status);
        await using var browser = await Browser.Open(site.Url, withPolicy: false);
        await browser.LogIn("maria", Visitor.Password);

        var seen = new List<string>();
        for (var next = "/everyone"; next is not null; next = await Next(browser))
        {
            await browser.Page.GotoAsync(next);
            seen.AddRange(await browser.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.text')].map(e => e.textContent)"));
        }
        await browser.Page.GotoAsync("/admin/posts");
        foreach (var name in Names.Where((_, i) => i % 8 == 0)) await Rename(writer, browser, name);
        await writer.Publish("with a picture", PictureFiles.Png, "\"><img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>.png");
        await browser.Page.GotoAsync("/everyone");
        var alt = await browser.Page.EvaluateAsync<string>("document.querySelector('.picture').alt");

        Assert.Equal(Payloads.Reverse(), seen);
        Assert.Equal("\"><img src=x onerror=alert(1)>", alt);
        Assert.Equal(0, await browser.Page.Locator("script, iframe, object, embed, base, svg, [onerror], [onload], [onfocus], [onmouseover], [style], a[href^='javascript']").CountAsync());
        Assert.Empty(browser.Mishaps);
    }

    static async Task Rename(Visitor writer, Browser browser, string name)
    {
        Assert.Equal(303, (await writer.Post("/settings/profile", ("display_name", name), ("bio", name))).Status);

        await browser.Page.GotoAsync("/user/maria");
        Assert.Equal([name, name], await browser.Page.EvaluateAsync<string[]>("[document.querySelector('h1 bdi').textContent, document.querySelector('.profile .text').textContent]"));
        await browser.Page.GotoAsync("/settings");
        Assert.Equal([name, name], await browser.Page.EvaluateAsync<string[]>("[document.querySelector('#display_name').value, document.querySelector('#bio').value]"));
        await browser.Page.GotoAsync("/admin/");
        Assert.Equal(name, await browser.Page.EvaluateAsync<string>("document.querySelector('.rows bdi').textContent"));
    }

    static async Task<string?> Next(Browser browser) => await browser.Page.EvaluateAsync<string?>("document.querySelector('.pager .next')?.getAttribute('href') ?? null");
}
