namespace Microblog.Tests;

public sealed class AdminTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    readonly Site _site = fixture.Site;

    [Theory]
    [InlineData("/admin/")]
    [InlineData("/admin/posts")]
    public async Task Its_pages_are_only_for_admins(string path)
    {
        using var stranger = new Visitor(_site.Url);
        using var user = new Visitor(_site.Url);
        using var admin = new Visitor(_site.Url);
        await user.LogIn("demo", "demo-password");
        await admin.LogIn("admin", "admin-password");

        Assert.Equal((302, $"/login?next={path}"), ((await stranger.Get(path)).Status, (await stranger.Get(path)).Location));
        Assert.Equal((403, 200), ((await user.Get(path)).Status, (await admin.Get(path)).Status));
    }

    [Fact]
    public async Task A_locked_user_is_logged_out_at_once_and_cannot_log_in_until_unlocked()
    {
        using var user = new Visitor(_site.Url);
        await user.SignUp("rowdy");
        var token = (await user.Api("POST", "/api/token", new { name = "rowdy", password = Visitor.Password })).Json.GetProperty("token").GetString();
        using var admin = new Visitor(_site.Url);
        await admin.LogIn("admin", "admin-password");

        await admin.Post("/admin/user/rowdy/lock");
        var (post, login, api) = (await user.Post("/post/new", ("text", "still here?")), await user.LogIn("rowdy"), await user.Api("POST", "/api/posts", new { text = "or here?" }, token));
        await admin.Post("/admin/user/rowdy/unlock");
        var again = await user.LogIn("rowdy");

        Assert.Equal((303, "/login", 403, 401, 303), (post.Status, post.Location, login.Status, api.Status, again.Status));
        Assert.Equal(0, _site.Count("SELECT COUNT(*) FROM posts JOIN users ON users.id = author WHERE name = 'rowdy'"));
    }

    [Fact]
    public async Task An_admin_deletes_a_post_with_its_picture_and_locks_no_admin()
    {
        using var user = new Visitor(_site.Url);
        await user.SignUp("sam");
        var post = await user.Publish("to be deleted", PictureFiles.Png, "a dawn");
        var pictures = Directory.GetFiles(Path.Combine(_site.Data, "pictures")).Length;
        using var admin = new Visitor(_site.Url);
        await admin.LogIn("admin", "admin-password");

        var deleted = await admin.Post($"/admin{post.Location}/delete");
        var locked = await admin.Post("/admin/user/admin/lock");

        Assert.Equal((303, 404, 409), (deleted.Status, (await user.Get(post.Location!)).Status, locked.Status));
        Assert.Equal(pictures - 1, Directory.GetFiles(Path.Combine(_site.Data, "pictures")).Length);
        Assert.Equal(200, (await admin.Get("/admin/")).Status);
    }
}
