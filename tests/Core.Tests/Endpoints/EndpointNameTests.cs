namespace Modular.Tests.Endpoints;

public sealed class EndpointNameTests
{
    [Fact]
    public void A_method_gives_its_name()
    {
        var app = new ModularApp(new() { StaticFolder = null });

        app.Route("/1", Index);
        app.Route("/2", Pages.About);
        app.Route("/3", Modular.Tests.Endpoints.Pages.Show);
        app.Route("/4", new Pages().Edit);

        Assert.Equal(["Index", "About", "Show", "Edit"], Endpoints(app));
    }

    [Fact]
    public void A_local_function_gives_its_name_and_a_variable_with_a_lambda_does_not()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        string Hello() => "hello";
        var bye = () => "bye";
        var pages = new Pages();

        app.Route("/1", Hello);
        app.Route("/2", bye);
        app.Route("/3", pages.Edit);
        app.Route("/4", @Index);

        Assert.Equal(["Hello", "GET /2", "Edit", "Index"], Endpoints(app));
    }

    [Fact]
    public void A_lambda_is_named_by_its_methods_and_rule()
    {
        var app = new ModularApp(new() { StaticFolder = null });

        app.Route("/a", () => "a");
        app.Route("/b", () => Pages.Title);
        app.Route("/c", () => Pages.Title, methods: ["GET", "POST"]);
        app.Post("/favicon.ico", (string? name) => name ?? "d");

        Assert.Equal(["GET /a", "GET /b", "GET,POST /c", "POST /favicon.ico"], Endpoints(app));
    }

    [Fact]
    public void A_wrapped_delegate_and_a_compiled_one_have_no_name()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        var inner = () => "inner";

        app.Route("/1", new Func<string>(inner.Invoke));
        foreach (var interprets in new[] { false, true })
            app.Route(interprets ? "/2" : "/3", System.Linq.Expressions.Expression.Lambda<Func<string>>(
                System.Linq.Expressions.Expression.Constant("made")).Compile(interprets));

        Assert.Equal(["GET /1", "GET /3", "GET /2"], Endpoints(app));
    }

    [Fact]
    public void A_lambda_can_be_given_a_name()
    {
        var app = new ModularApp(new() { StaticFolder = null });

        app.Route("/", () => "", endpoint: "home");

        Assert.Equal(["home"], Endpoints(app));
    }

    [Fact]
    public async Task One_view_may_answer_two_rules()
    {
        var app = new ModularApp();
        app.Route("/a", Index);
        app.Route("/b", Index);
        await using var client = app.TestClient();

        var (a, b) = (await client.GetAsync("/a"), await client.GetAsync("/b"));

        Assert.Equal(("Index", "Index"), (a.Text, b.Text));
    }

    [Fact]
    public async Task Dots_in_a_lambdas_rule_do_not_name_a_blueprint()
    {
        var app = new ModularApp();
        var blog = new Blueprint("blog", "/blog");
        blog.Route("/feed.xml", () => $"{Current.Request.Blueprint} {Current.Request.Endpoint}");
        app.Register(blog);
        app.Route("/favicon.ico", () => $"{Current.Request.Blueprint ?? "none"} {Current.Request.Endpoint}");
        await using var client = app.TestClient();

        var (feed, icon) = (await client.GetAsync("/blog/feed.xml"), await client.GetAsync("/favicon.ico"));

        Assert.Equal(("blog blog.GET /feed.xml", "none GET /favicon.ico"), (feed.Text, icon.Text));
    }

    static string Index() => Current.Request.Endpoint!;

    static IEnumerable<string> Endpoints(ModularApp app) => app.Rules.Select(rule => rule.Endpoint);
}

sealed class Pages
{
    internal static string Title => "title";

    internal static string About() => "about";

    internal static string Show() => "show";

    internal string Edit() => "edit";
}
