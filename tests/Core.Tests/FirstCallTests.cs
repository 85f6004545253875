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
        app.Use(async (http, next) =>
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
}
