namespace Modular.Fixers.Tests;

public sealed class PathFixerTests
{
    [Theory]
    [InlineData("/app/info", "/app/info")]
    [InlineData("/app/a%2Fb", "/app/a/b")]
    [InlineData("/app/a%252Fb", "/app/a%2Fb")]
    [InlineData("/app", "/app")]
    public async Task The_lighttpd_fix_moves_the_mount_into_the_path(string target, string path)
    {
        var app = Echo();
        app.UseLighttpdCgiRootFix();
        await using var client = Mounted(app, "/app").TestClient();

        var response = await client.GetAsync(target);

        Assert.Equal($"| {path}", response.Text);
    }

    [Theory]
    [InlineData("/app/info", "/root | /info")]
    [InlineData("/app/a%2Fb", "/root | /a/b")]
    [InlineData("/app/", "/root | /")]
    public async Task The_CGI_fix_names_the_mount_and_leaves_the_path(string target, string answer)
    {
        var app = Echo();
        app.UseCgiRootFix("root/");
        await using var client = Mounted(app, "/app").TestClient();

        var response = await client.GetAsync(target);

        Assert.Equal(answer, response.Text);
    }

    [Theory]
    [InlineData("/app/a%2Fb?x=%3F", "/app | /a/b")]
    [InlineData("/app/a%3Fb", "/app | /a?b")]
    public async Task The_URI_fix_reads_the_raw_target_where_a_host_decoded_badly(string target, string answer)
    {
        var app = Echo();
        app.AppDelegate = PathInfoFromRequestUriFix.Wrap(app.AppDelegate);
        var decoded = app.AppDelegate;
        app.AppDelegate = http =>
        {
            (http.Request.PathBase, http.Request.Path) = ("/app", "/garbled");
            return decoded(http);
        };
        await using var client = app.TestClient();

        var response = await client.GetAsync(target);

        Assert.Equal(answer, response.Text);
    }

    [Theory]
    [InlineData("/", "main | /")]
    [InlineData("/api/", "api /api | /")]
    [InlineData("/api/x", "api /api | /x")]
    [InlineData("/api/v2/x", "v2 /api/v2 | /x")]
    [InlineData("/api/v20", "api /api | /v20")]
    [InlineData("/apis", "main | /apis")]
    [InlineData("/API/x", "main | /API/x")]
    [InlineData("/api%2Fx", "api /api | /x")]
    [InlineData("/api/a%2Fb", "api /api | /a/b")]
    [InlineData("/api/a%252Fb", "api /api | /a%2Fb")]
    public async Task The_longest_prefix_at_a_slash_chooses_the_application(string target, string answer)
    {
        var app = Echo("main");
        app.AppDelegate = PathMounts.Wrap(app.AppDelegate, new() { ["/api"] = Echo("api ").AppDelegate, ["/api/v2/"] = Echo("v2 ").AppDelegate });
        await using var client = app.TestClient();

        var response = await client.GetAsync(target);

        Assert.Equal(answer, response.Text);
    }

    [Fact]
    public async Task A_mounted_application_builds_URLs_below_its_prefix()
    {
        var api = new ModularApp();
        api.Get("/item/<int:id>", (int id) => UrlFor("item", ("id", id + 1)), endpoint: "item");
        var app = new ModularApp();
        app.AppDelegate = PathMounts.Wrap(app.AppDelegate, new() { ["/api"] = api.AppDelegate });
        await using var client = app.TestClient();

        var response = await client.GetAsync("/api/item/1");

        Assert.Equal("/api/item/2", response.Text);
    }

    [Fact]
    public async Task Around_a_dispatcher_the_path_is_whole_again_afterwards()
    {
        var app = new ModularApp();
        var dispatcher = PathMounts.Wrap(app.AppDelegate, new() { ["/api"] = Echo().AppDelegate });
        var seen = "";
        app.AppDelegate = async http =>
        {
            await dispatcher(http);
            seen = $"{http.Request.PathBase} {http.Request.Path}";
        };
        await using var client = app.TestClient();

        await client.GetAsync("/api/x");

        Assert.Equal(" /api/x", seen);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("/")]
    [InlineData("")]
    public void An_invalid_prefix_is_refused(string prefix)
    {
        var message = Assert.Throws<ModularException>(() => PathMounts.Wrap(_ => Task.CompletedTask, new() { [prefix] = _ => Task.CompletedTask })).Message;

        Assert.Equal($"\"{prefix}\" isn't a valid mount prefix. Write a slash followed by a name, such as \"/backend\".", message);
    }

    static ModularApp Echo(string name = "")
    {
        var app = new ModularApp(new() { StaticFolder = null });
        string Show() => $"{name}{Current.Request.ScriptRoot} | {Current.Request.Path}".TrimStart();
        app.Get("/", () => Show(), endpoint: "root");
        app.Get("/<path:rest>", (string rest) => Show(), endpoint: "rest");
        return app;
    }

    // As a host that maps a part of the path to a script.
    static ModularApp Mounted(ModularApp app, string mount)
    {
        var inner = app.AppDelegate;
        app.AppDelegate = http =>
        {
            http.Request.Path.StartsWithSegments(mount, out var rest);
            (http.Request.PathBase, http.Request.Path) = (mount, rest);
            return inner(http);
        };
        return app;
    }
}
