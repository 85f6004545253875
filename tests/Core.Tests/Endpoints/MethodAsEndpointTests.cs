namespace Modular.Tests.Endpoints;

/// <summary>The third argument of Route is the endpoint's name. Other frameworks take the methods there.</summary>
public sealed class MethodAsEndpointTests
{
    static string View() => "";

    [Fact]
    public void A_method_in_place_of_the_endpoint_is_refused() => Assert.Equal(
        "Rule \"/login\" has the endpoint name \"POST\", which is an HTTP method. Write app.Route(…, methods: [\"POST\"]), or another name.",
        Mistake.OfSetUp(app => app.Route("/login", View, "POST")));

    [Fact]
    public void Several_methods_in_place_of_the_endpoint_are_refused() => Assert.Equal(
        "Rule \"/login\" has the endpoint name \"GET, POST\", which is an HTTP method. Write app.Route(…, methods: [\"GET\", \"POST\"]), or another name.",
        Mistake.OfSetUp(app => app.Route("/login", View, "GET, POST")));

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("GET|POST")]
    public void Every_method_that_adds_a_rule_refuses_it(string method)
    {
        var blueprint = new Blueprint("blog");
        Action<ModularApp>[] words =
        [
            app => app.Route("/", View, method),
            app => app.Route("/", (int id = 1) => $"{id}", method),
            app => app.Get("/", View, method),
            app => app.Post("/", View, method),
            app => app.Put("/", View, method),
            app => app.Patch("/", View, method),
            app => app.Delete("/", View, method),
            app => app.Route<Page>("/", method),
            _ => blueprint.Route("/", View, method),
            _ => blueprint.Post("/", View, method),
        ];

        Assert.All(words, word => Assert.StartsWith($"Rule \"/\" has the endpoint name \"{method}\", which is an HTTP method.", Mistake.OfSetUp(word), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("post")]
    [InlineData("Get")]
    [InlineData("POSTS")]
    public async Task A_name_that_resembles_a_method_is_allowed(string name)
    {
        var app = new ModularApp();
        app.Route("/", () => Current.Request.Endpoint!, name);
        await using var client = app.TestClient();

        Assert.Equal(name, (await client.GetAsync("/")).Text);
    }

    [Fact]
    public void Two_methods_in_one_text_are_refused() => Assert.Equal(
        "Rule \"/login\" has the method \"GET, POST\", which isn't an HTTP method. Write each method separately, such as methods: [\"GET\", \"POST\"].",
        Mistake.OfSetUp(app => app.Route("/login", View, methods: ["GET, POST"])));

    [Fact]
    public void An_empty_method_is_refused() => Assert.Equal(
        "Rule \"/login\" has the method \"\", which isn't an HTTP method. Write each method separately, such as methods: [\"GET\", \"POST\"].",
        Mistake.OfSetUp(app => app.Route("/login", View, options: new() { Methods = [""] })));

    sealed class Page : MethodView
    {
        public string Get() => View();
    }

    [Fact]
    public void An_empty_list_of_methods_is_refused()
    {
        const string Message = "Rule \"/x\" has an empty list of methods. Write methods: [\"GET\", \"POST\"], or leave the list out for GET.";

        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/x", View, methods: [])));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/x", (int id = 1) => $"{id}", methods: [])));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/x", View, options: new() { Methods = [] })));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/x", [Methods] () => "")));
        Assert.Equal(Message, Mistake.Of(() => new Blueprint("b").Route("/x", View, methods: [])));
    }
}
