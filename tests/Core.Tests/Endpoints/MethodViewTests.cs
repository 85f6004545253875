using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Routing;

namespace Modular.Tests.Endpoints;

public sealed class MethodViewTests
{
    [Theory]
    [InlineData("GET", "/users/7", "200 get 7 of store 1")]
    [InlineData("HEAD", "/users/7", "200 ")]
    [InlineData("DELETE", "/users/7", "204 ")]
    [InlineData("PUT", "/users/7", "200 {\"id\":7,\"name\":\"Ann\"}\n")]
    [InlineData("POST", "/users/7", "405 DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("PATCH", "/users/7", "405 DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("OPTIONS", "/users/7", "200 DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("GET", "/users/x", "404 ")]
    public async Task Each_method_of_the_request_has_its_method_of_the_class(string method, string path, string expected)
    {
        var app = new ModularApp();
        app.Services.AddSingleton<Store>();
        app.Route<UserApi>("/users/<int:id>");
        app.ErrorHandler(404, () => ("", 404));
        app.ErrorHandler(405, error => { var page = new Response("", 405); page.Headers.Allow = error.Headers.Allow; return page; });
        await using var client = app.TestClient();

        var response = await client.SendAsync(method, path, method == "PUT" ? new() { Json = "{\"name\":\"Ann\"}" } : null);

        Assert.Equal(expected, $"{response.Status} {response.Text}{response.Headers.Allow}");
    }

    [Fact]
    public async Task A_preflight_is_answered_by_the_policy_of_the_method_that_it_asks_for()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddCors(cors => cors.AddPolicy("shop", policy => policy.WithOrigins("https://shop.example").AllowAnyMethod()));
        app.UseMiddleware(asp => asp.UseCors());
        app.Route<Shared>("/class");
        app.Get("/function", () => "get", endpoint: "get");
        app.Post("/function", () => "post", endpoint: "post").RequireCors("shop");
        await using var client = app.TestClient();

        var allowed = new List<string>();
        foreach (var path in new[] { "/class", "/function" })
            foreach (var method in new[] { "GET", "POST" })
            {
                var response = await client.OptionsAsync(path, new() { Headers = [("Origin", "https://shop.example"), ("Access-Control-Request-Method", method)] });
                allowed.Add($"{path} {method} {response.Status} {response.Headers.AccessControlAllowOrigin}");
            }

        Assert.Equal([
            "/class GET 200 ", "/class POST 204 https://shop.example", "/function GET 200 ", "/function POST 204 https://shop.example",
        ], allowed);
    }

    sealed class Shared : MethodView
    {
        public string Get() => "get";

        [EnableCors("shop")]
        public string Post() => "post";
    }

    [Fact]
    public void The_rules_of_a_class_have_one_name_for_links_and_operations()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Route<Shared>("/class");
        using var scope = app.AppContext();

        var named = scope.Context.Services.GetRequiredService<EndpointDataSource>().Endpoints.Count(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null);

        Assert.Equal((2, 1), (app.Rules.Count, named));
    }

    [Fact]
    public async Task Automatic_options_go_before_the_method_of_the_class_when_asked_for()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Route<OwnOptions>("/", options: new() { ProvideAutomaticOptions = true });
        await using var client = app.TestClient();

        Assert.Equal("", (await client.OptionsAsync("/")).Text);
    }

    [Fact]
    public void A_list_of_methods_for_a_class_is_refused() => Assert.Equal(
        "Rule \"/\" has a list of methods, but the methods of Shared decide. Remove Methods from the options, or the method that the rule must not have from the class.",
        Mistake.OfSetUp(app => app.Route<Shared>("/", options: new() { Methods = ["GET"] })));

    [Fact]
    public async Task Each_request_has_an_instance_of_its_own_and_its_own_scoped_services()
    {
        var app = new ModularApp();
        app.Services.AddSingleton<Store>().AddScoped<Ticket>();
        app.Route<Counting>("/");
        await using var client = app.TestClient();

        var (first, second) = (await client.GetAsync("/"), await client.GetAsync("/"));

        Assert.Equal(("call 1, ticket 1", "call 1, ticket 2"), (first.Text, second.Text));
    }

    [Fact]
    public async Task A_class_has_the_methods_that_it_inherits_and_the_ones_that_hide_them()
    {
        var app = new ModularApp();
        app.Route<Derived>("/");
        await using var client = app.TestClient();

        var (get, post, delete) = (await client.GetAsync("/"), await client.PostAsync("/"), await client.DeleteAsync("/"));

        Assert.Equal(("inherited", "overridden", "hiding"), (get.Text, post.Text, delete.Text));
    }

    [Fact]
    public async Task Methods_of_a_class_may_be_asynchronous_and_answer_head_and_options_themselves()
    {
        var app = new ModularApp();
        app.Route<OwnOptions>("/");
        await using var client = app.TestClient();

        var (get, head, options) = (await client.GetAsync("/"), await client.HeadAsync("/"), await client.OptionsAsync("/"));

        Assert.Equal(("later", "seen", "mine"), (get.Text, head.Headers["X-Head"].ToString(), options.Text));
    }

    [Fact]
    public async Task One_class_may_answer_several_rules()
    {
        var app = new ModularApp();
        app.Route<Pages>("/pages/", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } });
        app.Route<Pages>("/pages/<int:page>");
        app.Route<Pages>("/other/<int:page>", endpoint: "other");
        await using var client = app.TestClient();

        var (first, third, redirect, other) = (
            await client.GetAsync("/pages/"), await client.GetAsync("/pages/3"), await client.GetAsync("/pages/1"), await client.GetAsync("/other/1"));

        Assert.Equal(("page 1, next /pages/2", "page 3, next /pages/4", "page 1, next /pages/2"), (first.Text, third.Text, other.Text));
        Assert.Equal((308, "http://localhost/pages/"), (redirect.Status, redirect.Location));
    }

    [Fact]
    public async Task A_class_may_belong_to_a_blueprint()
    {
        var (app, blog) = (new ModularApp(), new Blueprint("blog", "/blog"));
        blog.BeforeRequest(() => Current.G["seen"] = true);
        blog.Route<Derived>("/derived");
        app.Route("/", () => UrlFor("blog.Derived"));
        app.Register(blog);
        await using var client = app.TestClient();

        Assert.Equal(("/blog/derived", "inherited"), ((await client.GetAsync("/")).Text, (await client.GetAsync("/blog/derived")).Text));
    }

    [Fact]
    public void A_class_without_methods_is_a_mistake() => Assert.Equal(
        "Nothing has no method for any HTTP method. Give it a public method named Get, Post, Put, Patch or Delete.",
        Mistake.OfSetUp(app => app.Route<Nothing>("/")));

    [Fact]
    public void Two_methods_of_one_name_are_a_mistake() => Assert.Equal(
        "Ambiguous has 2 methods named Get, and a request cannot tell them apart. Keep one of them, or put the others into a class of their own.",
        Mistake.OfSetUp(app => app.Route<Ambiguous>("/")));

    [Fact]
    public void A_parameter_that_nothing_can_fill_is_a_mistake() => Assert.Equal(
        "The rule has <id>, the view takes \"idd\" (Get of Misspelt, rule \"/<int:id>\"). Give both the same name, or write [FromQuery] int idd when it comes from the query.",
        Mistake.OfSetUp(app => app.Route<Misspelt>("/<int:id>")));

    sealed class Store
    {
        int _count;

        public int Next() => Interlocked.Increment(ref _count);
    }

    sealed class Ticket(Store store)
    {
        public int Number { get; } = store.Next();
    }

    sealed class UserApi(Store store) : MethodView
    {
        public string Get(int id) => $"get {id} of store {store.Next()}";
        public Response Delete(int id) => id > 0 ? ("", 204) : Abort(404);
        public object Put(int id, User user) => new { id, name = user.Name };
    }

    sealed record User(string Name);

    sealed class Counting(Ticket ticket) : MethodView
    {
        int _calls;

        public string Get() => $"call {++_calls}, ticket {ticket.Number}";
    }

    abstract class Common : MethodView
    {
        public string Get() => "inherited";
        public virtual string Post() => "common";
        public string Delete() => "hidden";
    }

    sealed class Derived : Common
    {
        public override string Post() => "overridden";
        public new string Delete() => "hiding";
    }

    sealed class OwnOptions : MethodView
    {
        public async Task<string> Get()
        {
            await Task.Yield();
            return "later";
        }

        public Response Head()
        {
            var response = new Response();
            response.Headers["X-Head"] = "seen";
            return response;
        }

        public string Options() => "mine";
    }

    sealed class Pages : MethodView
    {
        public string Get(int page) => $"page {page}, next {UrlFor("Pages", ("page", page + 1))}";
    }

    sealed class Nothing : MethodView
    {
        public string Fetch() => "";
    }

    sealed class Ambiguous : MethodView
    {
        public string Get() => "";
        public string Get(int id) => $"{id}";
    }

    sealed class Misspelt : MethodView
    {
        public string Get(int idd) => $"{idd}";
    }
}
