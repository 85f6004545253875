namespace Modular.Tests.Contexts;

public sealed class UrlForTests
{
    [Fact]
    public void Within_a_request_a_url_is_relative_to_its_host()
    {
        using var scope = Site().TestRequestContext("/", baseUrl: "https://site.test:8443/app");

        Assert.Equal("/app/", UrlFor("home"));
        Assert.Equal("/app/user/John%20Doe?next=/", UrlFor("user", ("name", "John Doe"), ("next", "/"), ("none", null)));
        Assert.Equal("https://site.test:8443/app/", UrlFor("home", new() { External = true }));
        Assert.Equal("http://site.test:8443/app/#top", UrlFor("home", new() { Scheme = "http", Anchor = "top" }));
    }

    [Fact]
    public void Outside_a_request_a_url_is_absolute_and_needs_the_server_name()
    {
        using (Site(new() { ServerName = "site.test", ApplicationRoot = "/app", PreferredUrlScheme = "https" }).AppContext())
        {
            Assert.Equal("https://site.test/app/user/ann", UrlFor("user", ("name", "ann")));
            Assert.Equal("/app/user/ann", UrlFor("user", new() { External = false }, ("name", "ann")));
        }

        using (Site().AppContext())
            Assert.Equal(
                "A URL was built outside a request, where the host isn't known. " +
                "Write new ModularApp(new() { ServerName = \"example.org\" }), or build it in a view.",
                Mistake.Of(() => UrlFor("home")));
    }

    [Fact]
    public void Without_a_context_the_error_says_where_to_build_it() => Assert.Equal(
        "UrlFor(\"home\") was called outside of a request. Call it in a view, or inside: using var _ = app.AppContext();",
        Mistake.Of(() => UrlFor("home")));

    [Fact]
    public void An_unknown_endpoint_is_reported_with_a_similar_name()
    {
        using var scope = Site().TestRequestContext("/");

        var error = Assert.Throws<UrlBuildException>(() => UrlFor("hoem", ("page", 2)));

        Assert.Equal("There is no endpoint \"hoem\". Did you mean \"home\"?", error.Message);
        Assert.Equal(("hoem", 2), (error.Endpoint, error.Values["page"]));
    }

    [Theory]
    [InlineData("/", ".show", "/show")]
    [InlineData("/nowhere", ".show", "/show")]
    [InlineData("/blog/", ".show", "/blog/show")]
    [InlineData("/blog/", "show", "/show")]
    [InlineData("/blog/posts/", ".show", "/blog/posts/show")]
    [InlineData("/blog/posts/", "blog.show", "/blog/show")]
    [InlineData("/blog/", ".posts.show", "/blog/posts/show")]
    public void A_dot_starts_at_the_current_blueprint(string path, string endpoint, string expected)
    {
        using var scope = Site().TestRequestContext(path);

        Assert.Equal(expected, UrlFor(endpoint));
    }

    [Fact]
    public void In_an_application_context_a_dot_starts_at_the_application()
    {
        using var scope = Site(new() { ServerName = "site.test" }).AppContext();

        Assert.Equal("http://site.test/show", UrlFor(".show"));
    }

    static ModularApp Site(ModularOptions? options = null)
    {
        var (app, blog, posts) = (new ModularApp(options ?? new()), new Blueprint("blog", "/blog"), new Blueprint("posts", "/posts"));
        app.Route("/", () => "", endpoint: "home");
        app.Route("/user/<name>", (string name) => name, endpoint: "user");
        foreach (var group in new RouteGroup[] { app, blog, posts }) group.Route("/show", () => "", endpoint: "show");
        blog.Route("/", () => "", endpoint: "index");
        posts.Route("/", () => "", endpoint: "index");
        blog.Register(posts);
        app.Register(blog);
        return app;
    }
}
