namespace Modular.Tests;

/// <summary>Calls that a newcomer tries first compile and work.</summary>
public sealed class FirstCallTests
{
    [Fact]
    public void The_values_of_a_URL_may_be_an_anonymous_object_or_a_dictionary()
    {
        var app = new ModularApp();
        app.Get("/post/<int:id>", (int id) => $"{id}", endpoint: "post");
        using var _ = app.TestRequestContext("/");

        Assert.Equal("/post/3?page=2", UrlFor("post", new { id = 3, page = 2 }));
        Assert.Equal("/post/3", UrlFor("post", new Dictionary<string, object?> { ["id"] = 3 }));
        Assert.Equal("/post/3", UrlFor("post", ("id", 3)));
        Assert.Equal("http://localhost/post/3", UrlFor("post", new() { External = true }, ("id", 3)));
        Assert.Equal("/static/a", UrlFor("static", ("filename", "a")));
    }

    [Fact]
    public void Html_takes_an_interpolated_string_without_holes_too()
    {
        Assert.Equal("<p>here</p>", Html($"<p>here</p>").ToString());
        Assert.Equal("<p>&lt;</p><b>", (Html($"<p>{"<"}</p>") + Html($"<b>")).ToString());
    }

    [Fact]
    public async Task Middleware_may_be_a_function_of_the_request_and_the_next_delegate()
    {
        var app = new ModularApp();
        app.UseMiddleware(async (http, next) =>
        {
            http.Response.Headers["X-Used"] = "yes";
            await next(http);
        });
        app.Get("/", () => "here");
        await using var client = app.TestClient();

        var answer = await client.GetAsync("/");

        Assert.Equal(("here", "yes"), (answer.Text, answer.Headers["X-Used"].ToString()));
    }

    [Fact]
    public async Task Wrap_puts_middleware_around_the_application()
    {
        var app = new ModularApp();
        app.Get("/inner", () => Current.Request.Path);
        app.Wrap(next => http =>
        {
            http.Request.Path = "/inner";
            return next(http);
        });
        await using var client = app.TestClient();

        Assert.Equal("/inner", (await client.GetAsync("/outer")).Text);
    }

    [Fact]
    public async Task Lambdas_of_every_shape_compile_without_a_type()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.BeforeRequest(() => null)
            .BeforeRequest(() => { })
            .BeforeRequest(context => null)
            .BeforeRequest(async () => await Task.Yield())
            .BeforeRequest(async context => await Task.Yield())
            .AfterRequest(response => { })
            .AfterRequest(async response =>
            {
                await Task.Yield();
                return response;
            })
            .AfterRequest((context, response) => { })
            .TeardownRequest(() => { })
            .TeardownRequest(error => { })
            .TeardownRequest(async error => await Task.Yield())
            .ErrorHandler(404, () => ("none", 404))
            .ErrorHandler(405, error => (error.Name, 405))
            .ErrorHandler<TimeoutException>(() => ("late", 408))
            .ErrorHandler<ArithmeticException>(async error =>
            {
                await Task.Yield();
                return (error.GetType().Name, 422);
            });
        app.Get("/null", () => null!);
        app.Get("/late", () => throw new TimeoutException());
        app.Get("/sum", async () =>
        {
            await Task.Yield();
            return 1 / int.Parse("0", System.Globalization.CultureInfo.InvariantCulture) > 0 ? "more" : "less";
        });
        app.Get("/mixed", () =>
        {
            if (Current.Request.Args.ContainsKey("to")) return Redirect("/");
            return Current.Request.Args.ContainsKey("none") ? ("none", 404) : "text";
        });
        app.Get("/number/<int:id>", id => id);
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var statuses = new List<string>();
        foreach (var path in new[] { "/null", "/late", "/sum", "/mixed", "/mixed?to", "/mixed?none", "/number/5", "/nowhere" })
            statuses.Add($"{path} {(await client.GetAsync(path)).Status}");

        Assert.Equal(["/null 500", "/late 408", "/sum 422", "/mixed 200", "/mixed?to 302", "/mixed?none 404", "/number/5 200", "/nowhere 404"], statuses);
    }
}
