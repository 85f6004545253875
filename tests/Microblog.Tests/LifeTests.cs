using System.Net;

namespace Microblog.Tests;

/// <summary>Stopping, starting, and two instances.</summary>
public sealed class LifeTests
{
    [NeedsFact(Tool.Coreutils)]
    public async Task Accounts_posts_pictures_and_sessions_survive_a_restart()
    {
        await using var site = await Site.Start();
        using var before = new Visitor(site.Url);
        await before.SignUp("maria");
        var published = await before.Publish("kept", PictureFiles.Png, "a dawn");

        var (code, _, error) = await site.Stop();
        await site.StartAgain();
        using var after = new Visitor(site.Url, Moved(before.Cookies, site.Url));
        var post = await after.Get(published.Location!);
        var picture = await after.Get(Between(post.Text, "class=\"picture\" src=\"", "\""));
        var settings = await after.Get("/settings");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(">kept</p>", post.Text, StringComparison.Ordinal);
        Assert.Equal(PictureFiles.Png, picture.Body);
        Assert.Equal(200, settings.Status);
        Assert.Equal(6, site.Count("SELECT COUNT(*) FROM users"));
    }

    [NeedsFact(Tool.Coreutils)]
    public async Task A_database_of_the_first_version_is_brought_to_this_one()
    {
        await using var site = await Site.Start();
        await site.Stop();
        site.Write("CREATE TABLE attempts (who TEXT NOT NULL, at INTEGER NOT NULL) STRICT; PRAGMA user_version = 1");

        await site.StartAgain();
        using var visitor = new Visitor(site.Url);

        Assert.Equal(303, (await visitor.LogIn("demo", "demo-password")).Status);
        Assert.Equal((0, 2), (site.Count("SELECT COUNT(*) FROM sqlite_master WHERE name = 'attempts'"), site.Count("PRAGMA user_version")));
    }

    [NeedsFact(Tool.Coreutils)]
    public async Task Two_instances_that_start_at_once_on_an_empty_folder_are_one_site()
    {
        await using var site = await Site.Start("liquid");
        await site.Stop();
        foreach (var path in Directory.GetFileSystemEntries(site.Data))
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);

        var (first, second) = (site.Begin(), site.Begin());
        var (one, two) = (await first.Url(), await second.Url());
        using var here = new Visitor(one);
        await here.SignUp("maria");
        using var there = new Visitor(two, Moved(here.Cookies, two));
        var settings = await there.Get("/settings");
        await there.Post("/post/new", ("text", "from the other one"));
        var everyone = await here.Get("/everyone");

        Assert.Equal((200, 6, 9), (settings.Status, site.Count("SELECT COUNT(*) FROM users"), site.Count("SELECT COUNT(*) FROM posts")));
        Assert.Contains("from the other one", everyone.Text, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(site.Data, "pictures")).Length);
        Assert.Single(Directory.GetFiles(site.Data, "secret.key*"));
    }

    [NeedsFact(Tool.Redis)]
    public async Task Two_instances_share_sessions_in_Redis_and_a_log_out_at_one_is_valid_at_the_other()
    {
        await using var redis = await Redis.Start();
        await using var site = await Site.Start("handlebars", ("REDIS", redis.Address));
        var other = await site.Instance();
        using var here = new Visitor(site.Url);
        await here.SignUp("maria");
        var stolen = Moved(here.Cookies, other);
        using var there = new Visitor(other, stolen);

        var loggedIn = await there.Get("/settings");
        await here.Post("/post/new", ("text", "one for both"));
        var home = await there.Get("/");
        await here.Post("/logout");
        using var again = new Visitor(other, stolen);
        var loggedOut = await again.Get("/settings");

        Assert.Equal((200, 302), (loggedIn.Status, loggedOut.Status));
        Assert.Contains("one for both", home.Text, StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Redis, Tool.Coreutils)]
    public async Task While_Redis_is_away_the_page_says_so_in_the_sites_layout()
    {
        await using var redis = await Redis.Start();
        await using var site = await Site.Start("handlebars", ("REDIS", redis.Address));
        using var visitor = new Visitor(site.Url);
        await visitor.SignUp("maria");

        await redis.Stop();
        var home = await visitor.Get("/");

        Assert.Equal(503, home.Status);
        Assert.Contains("<h1>Service Unavailable</h1>", home.Text, StringComparison.Ordinal);
        Assert.Contains("Please try again in a minute.", home.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ENGINE", "razor", "ENGINE is \"razor\". Write handlebars, jinja or liquid.")]
    [InlineData("PORT", "eighty", "PORT is \"eighty\". Write a number from 0 to 65535. 0 selects a free port.")]
    [InlineData("SECRET_KEY", "short", null)]
    public async Task A_wrong_setting_stops_the_start_and_says_what_to_write(string name, string value, string? expected)
    {
        var folder = Directory.CreateTempSubdirectory("microblog-").FullName;
        await using var process = ServedProcess.Start("Microblog.dll", [], ("DATA", folder), ("PORT", "0"), (name, value));

        var (code, _, error) = await process.Exit();

        Assert.Equal(1, code);
        if (expected is not null) Assert.Equal($"{expected}\n", error);
        else Assert.Contains("key", error, StringComparison.OrdinalIgnoreCase);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Without_sample_content_the_first_user_who_signs_up_is_the_admin()
    {
        await using var site = await Site.Start("handlebars", ("SAMPLE_CONTENT", "0"));
        using var first = new Visitor(site.Url);
        using var second = new Visitor(site.Url);
        await first.SignUp("maria");
        await second.SignUp("peter");

        Assert.Equal((200, 403), ((await first.Get("/admin/")).Status, (await second.Get("/admin/")).Status));
        Assert.Equal(1, site.Count("SELECT COUNT(*) FROM users WHERE is_admin"));
    }

    /// <summary>The cookies of one instance as a browser sends them to another behind the same name.</summary>
    static CookieContainer Moved(CookieContainer cookies, Uri to)
    {
        var moved = new CookieContainer();
        foreach (Cookie cookie in cookies.GetAllCookies()) moved.Add(to, new Cookie(cookie.Name, cookie.Value));
        return moved;
    }

    static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
