namespace Microblog.Tests;

/// <summary>Pages for everyone are cached, and pages of users aren't.</summary>
public sealed class CacheTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    readonly Site _site = fixture.Site;

    [Theory]
    [InlineData("/everyone")]
    [InlineData("/post/4")]
    [InlineData("/people")]
    [InlineData("/user/ada")]
    [InlineData("/user/ada/followers")]
    public async Task A_page_that_is_cached_for_visitors_is_never_that_of_a_user(string path)
    {
        using var user = new Visitor(_site.Url);
        await user.LogIn("demo", "demo-password");

        var first = await Anonymous(path);
        var own = await user.Get(path);
        var second = await Anonymous(path);
        var again = await user.Get(path);

        Assert.Equal((null, true), (own.Headers.Age, second.Headers.Age is not null));
        Assert.All([first, second], page => Assert.Contains(">Log in</a>", page.Text, StringComparison.Ordinal));
        Assert.All([first, second], page => Assert.DoesNotContain("Log out", page.Text, StringComparison.Ordinal));
        Assert.All([own, again], page => Assert.Contains("href=\"/user/demo\"", page.Text, StringComparison.Ordinal));
        Assert.All([own, again], page => Assert.True(page.Headers.CacheControl is { Private: true, NoCache: true }));
        Assert.All([first, second], page => Assert.Equal((TimeSpan.Zero, true, false, "Cookie"), (page.Headers.CacheControl!.MaxAge, page.Headers.CacheControl.MustRevalidate, page.Headers.CacheControl.Private, $"{page.Headers.Vary}")));
        Assert.All([first, second], page => Assert.False(page.Headers.Contains("Set-Cookie")));
    }

    [Fact]
    public async Task A_change_is_shown_at_once()
    {
        using var user = new Visitor(_site.Url);
        await user.SignUp("iris");
        await Anonymous("/user/iris");

        var published = await user.Post("/post/new", ("text", "hot off the press"));
        var (everyone, api, profile) = (await Anonymous("/everyone"), await Anonymous("/api/posts"), await Anonymous("/user/iris"));
        await user.Post("/settings/profile", ("display_name", "Iris the Second"), ("bio", ""));
        var renamed = await Anonymous("/everyone");
        await user.Post($"{published.Location}/delete");
        var deleted = await Anonymous("/everyone");

        Assert.All([everyone, api, profile], page => Assert.Contains("hot off the press", page.Text, StringComparison.Ordinal));
        Assert.Contains("Iris the Second", renamed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hot off the press", deleted.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await Anonymous(published.Location!)).Status);
    }

    [Fact]
    public async Task A_follower_is_counted_at_once_for_visitors_too()
    {
        using var user = new Visitor(_site.Url);
        await user.SignUp("jack");
        await Anonymous("/user/linus/followers");

        await user.Post("/user/linus/follow");
        var followed = await Anonymous("/user/linus/followers");
        await user.Post("/user/linus/unfollow");

        Assert.Contains("@jack", followed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@jack", (await Anonymous("/user/linus/followers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_has_the_page_gets_a_304()
    {
        var tag = (await Anonymous("/people")).Headers.ETag!;
        using var visitor = new Visitor(_site.Url);

        var reply = await visitor.Send(new(HttpMethod.Get, new Uri(_site.Url, "/people")) { Headers = { IfNoneMatch = { tag } } });

        Assert.Equal((304, 0), (reply.Status, reply.Body.Length));
    }

    [Fact]
    public async Task A_list_of_the_API_is_cached_for_programs_without_a_token_alone()
    {
        using var script = new Visitor(_site.Url);
        var token = (await script.Api("POST", "/api/token", new { name = "demo", password = "demo-password" })).Json.GetProperty("token").GetString();
        await script.Api("GET", "/api/users");

        var (open, own) = (await script.Api("GET", "/api/users"), await script.Api("GET", "/api/users", token: token));

        Assert.Equal((true, false), (open.Headers.Age is not null, own.Headers.Age is not null));
        Assert.Equal(open.Text, own.Text);
    }

    [Fact]
    public async Task A_page_with_a_form_is_not_cached()
    {
        foreach (var path in (string[])["/login", "/signup", "/login"])
            Assert.Equal((null, true), (await Anonymous(path) is var page ? (page.Headers.Age, page.Headers.Contains("Set-Cookie")) : default));
    }

    // Each time a browser that has never been here.
    async Task<Reply> Anonymous(string path)
    {
        using var visitor = new Visitor(_site.Url);
        return await visitor.Get(path);
    }
}
