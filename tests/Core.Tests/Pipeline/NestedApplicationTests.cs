namespace Modular.Tests.Contexts;

public sealed class NestedApplicationTests
{
    [Fact]
    public async Task An_application_may_call_another_and_is_current_again_afterwards()
    {
        RequestContext? innerContext = null;
        var inner = new ModularApp(new() { Name = "inner" });
        inner.Route("/in", async () =>
        {
            innerContext = Current.Context;
            Current.G["who"] = "inner";
            await Task.Yield();
            return $"{Current.App.Name} {Current.Request.Path} {Current.G["who"]}";
        });
        var outer = new ModularApp(new() { Name = "outer" });
        outer.Route("/out", async () =>
        {
            Current.G["who"] = "outer";
            var answer = await Call(inner, "/in");
            return $"[{answer}] {Current.App.Name} {Current.Request.Path} {Current.G["who"]} {innerContext!.HasEnded}";
        });

        var answer = await Call(outer, "/out");

        Assert.Equal("[inner /in inner] outer /out outer True", answer);
        Assert.False(Current.HasContext);
    }

    [Fact]
    public async Task An_application_may_call_itself()
    {
        var app = new ModularApp();
        app.Route("/<int:depth>", async (int depth) =>
        {
            var below = depth == 0 ? "" : await Call(app, $"/{depth - 1}");
            return $"{below}{Current.Request.Path}";
        });

        var answer = await Call(app, "/5");

        Assert.Equal("/0/1/2/3/4/5", answer);
    }

    [Fact]
    public async Task An_inner_application_that_fails_leaves_the_outer_one_current()
    {
        var inner = new ModularApp { PropagatesExceptions = true };
        inner.Route("/", string () => throw new TimeoutException("inner"));
        var outer = new ModularApp(new() { Name = "outer" });
        outer.Route("/", async () =>
        {
            var error = await Assert.ThrowsAsync<TimeoutException>(() => Call(inner, "/"));
            return $"{Current.App.Name} after {error.Message}";
        });

        var answer = await Call(outer, "/");

        Assert.Equal("outer after inner", answer);
    }

    [Fact]
    public async Task An_application_mounted_in_another_answers_on_the_same_http_context()
    {
        var inner = new ModularApp(new() { Name = "inner" });
        inner.Route("/x", () => $"{Current.App.Name} {Current.Request.ScriptRoot} {Current.Request.Path} {UrlFor("static", ("filename", "a"))}");
        var outer = new ModularApp(new() { Name = "outer" });
        outer.AppDelegate = Mount(inner, outer.AppDelegate);
        outer.Route("/x", () => Current.App.Name);
        await using var client = outer.TestClient();

        var (mounted, own) = (await client.GetAsync("/in/x"), await client.GetAsync("/x"));

        Assert.Equal(("inner /in /x /in/static/a", "outer"), (mounted.Text, own.Text));
    }

    static RequestDelegate Mount(ModularApp inner, RequestDelegate next) => http =>
    {
        if (!http.Request.Path.StartsWithSegments("/in", out var rest)) return next(http);
        (http.Request.PathBase, http.Request.Path) = ("/in", rest);
        return inner.AppDelegate(http);
    };

    static async Task<string> Call(ModularApp app, string path)
    {
        var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        (http.Request.Method, http.Request.Path) = ("GET", path);
        await app.AppDelegate(http);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
