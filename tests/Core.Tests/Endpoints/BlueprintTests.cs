namespace Modular.Tests.Endpoints;

public sealed class BlueprintTests
{
    [Theory]
    [InlineData(null, "/", "/")]
    [InlineData("", "/a", "/a")]
    [InlineData("/blog", "", "/blog")]
    [InlineData("/blog", "/", "/blog/")]
    [InlineData("/blog", "/a", "/blog/a")]
    [InlineData("/blog/", "/a", "/blog/a")]
    [InlineData("/blog/", "a", "/blog/a")]
    [InlineData("/blog", "a/", "/blog/a/")]
    [InlineData("/<lang>", "/<int:id>", "/<lang>/<int:id>")]
    [InlineData("/", "/a", "/a")]
    public void Prefix_and_rule_have_one_slash_between_them(string? prefix, string rule, string expected)
    {
        var (app, blog) = (new ModularApp(new() { StaticFolder = null }), new Blueprint("blog", prefix));
        blog.Route(rule, () => "");

        app.Register(blog);

        Assert.Equal(expected, Assert.Single(app.Rules).Text);
    }

    [Fact]
    public void Prefixes_join_from_the_outside_in_and_can_be_chosen_at_registration()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        var (outer, inner, inmost) = (new Blueprint("outer", "/outer"), new Blueprint("inner", "/inner"), new Blueprint("inmost"));
        inmost.Route("/x", () => "", endpoint: "x");
        inner.Register(inmost);
        outer.Register(inner, urlPrefix: "/chosen");

        app.Register(outer).Register(outer, urlPrefix: "/", name: "second");

        Assert.Equal(
            [("outer.inner.inmost.x", "/outer/chosen/x"), ("second.inner.inmost.x", "/chosen/x")],
            app.Rules.Select(rule => (rule.Endpoint, rule.Text)));
    }

    [Fact]
    public async Task A_prefix_may_have_variables_that_the_views_take()
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog", "/<lang>"));
        blog.Route("/<int:id>", (string lang, int id) => $"{lang} {id} {UrlFor(".show", ("lang", "en"), ("id", 2))}", endpoint: "show");
        app.Register(blog);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/de/1");

        Assert.Equal("de 1 /en/2", response.Text);
    }

    [Fact]
    public async Task Hooks_of_a_blueprint_run_for_its_own_rules_only()
    {
        var ran = new List<string>();
        var (app, blog, shop) = (new ModularApp(), new Blueprint("blog", "/blog"), new Blueprint("shop", "/shop"));
        foreach (var blueprint in new[] { blog, shop })
        {
            blueprint.BeforeRequest(() => ran.Add(blueprint.Name));
            blueprint.Route("/", () => "");
            app.Register(blueprint);
        }
        app.Register(blog, urlPrefix: "/second", name: "second");
        app.Route("/", () => "");
        await using var client = app.TestClient();

        foreach (var path in new[] { "/", "/blog/", "/shop/", "/second/", "/blog/nowhere" })
        {
            ran.Add(path);
            await client.GetAsync(path);
        }

        Assert.Equal("/ /blog/ blog /shop/ shop /second/ blog /blog/nowhere", string.Join(' ', ran));
    }

    [Fact]
    public async Task Hundreds_of_blueprints_keep_separate_hooks()
    {
        var app = new ModularApp();
        for (var i = 0; i < 300; i++)
        {
            var (name, blueprint) = ($"b{i}", new Blueprint($"b{i}", $"/b{i}"));
            blueprint.AfterRequest(response => response.Text += name);
            blueprint.Route("/", () => "of ");
            app.Register(blueprint);
        }
        await using var client = app.TestClient();

        for (var i = 0; i < 300; i++) Assert.Equal($"of b{i}", (await client.GetAsync($"/b{i}/")).Text);
    }

    [Fact]
    public void A_blueprint_needs_a_name() => Assert.Equal(
        "A blueprint's name is empty. Give it a word, such as new Blueprint(\"blog\").",
        Mistake.Of(() => _ = new Blueprint("")));

    [Fact]
    public void A_blueprints_name_has_no_dot() => Assert.Equal(
        "Blueprint name \"my.blog\" has a dot, which separates names in endpoints. Write new Blueprint(\"my_blog\").",
        Mistake.Of(() => _ = new Blueprint("my.blog")));

    [Fact]
    public void A_name_is_registered_once() => Assert.Equal(
        "A blueprint named \"blog\" is already registered. Give this one another name: app.Register(blueprint, name: \"…\").",
        Mistake.OfSetUp(app => app.Register(new Blueprint("blog", "/a")).Register(new Blueprint("blog", "/b"))));

    [Fact]
    public void A_blueprint_is_not_registered_on_itself()
    {
        var (outer, inner) = (new Blueprint("outer"), new Blueprint("inner"));
        outer.Register(inner);

        Assert.Equal("Blueprint \"inner\" was registered on itself. Register another one.", Mistake.Of(() => inner.Register(inner)));
        Assert.Equal("Blueprint \"inner\" was registered on itself. Register another one.", Mistake.Of(() => inner.Register(outer)));
    }

    [Fact]
    public void A_rule_without_a_prefix_needs_its_slash() => Assert.Equal(
        "The rule \"a\" doesn't start with a slash. Write \"/a\".",
        Mistake.OfSetUp(app =>
        {
            var blog = new Blueprint("blog");
            blog.Route("a", () => "");
            app.Register(blog);
        }));

    [Theory]
    [InlineData("Route")]
    [InlineData("BeforeRequest")]
    [InlineData("AfterRequest")]
    [InlineData("TeardownRequest")]
    [InlineData("ErrorHandler")]
    [InlineData("Register")]
    public void A_blueprint_cannot_be_changed_after_it_or_its_parent_has_been_registered(string word)
    {
        var (outer, blog) = (new Blueprint("outer"), new Blueprint("blog"));
        outer.Register(blog);
        new ModularApp().Register(outer);

        var message = Mistake.Of(() => Change(blog, word));

        Assert.Equal($"{word} was called on blueprint \"blog\" after it had been registered. Call it before app.Register(…).", message);
    }

    static void Change(Blueprint blog, string word)
    {
        switch (word)
        {
            case "Route": blog.Route("/", () => ""); break;
            case "BeforeRequest": blog.BeforeRequest(() => { }); break;
            case "AfterRequest": blog.AfterRequest(_ => { }); break;
            case "TeardownRequest": blog.TeardownRequest(_ => { }); break;
            case "ErrorHandler": blog.ErrorHandler(404, () => ""); break;
            default: blog.Register(new Blueprint("other")); break;
        }
    }
}
