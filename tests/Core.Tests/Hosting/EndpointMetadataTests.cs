using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Modular.Tests.Hosting;

/// <summary>Metadata that views imply counts as in minimal APIs, and metadata that would not count is refused.</summary>
public sealed class EndpointMetadataTests
{
    public static TheoryData<string, Func<ModularApp, RouteHandlerBuilder>> Forms => new()
    {
        { "[FromForm]", app => app.Post("/f", ([FromForm] string a) => a) },
        { "IFormCollection", app => app.Post("/f", (IFormCollection form) => form["a"].ToString()) },
        { "IFormFile", app => app.Post("/f", (IFormFile? file) => "ok") },
        { "IFormFileCollection", app => app.Post("/f", (IFormFileCollection files) => "ok") },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_view_that_binds_a_form_requires_its_antiforgery_token(string kind, Func<ModularApp, RouteHandlerBuilder> add)
    {
        Assert.NotEmpty(kind);
        Assert.Equal((400, 200), await Post(app => add(app)));
        Assert.Equal((200, 200), await Post(app => add(app).DisableAntiforgery()));
    }

    [Fact]
    public async Task A_class_view_that_binds_a_form_requires_its_token() =>
        Assert.Equal((400, 200), await Post(app => app.Route<Form>("/f")));

    [Fact]
    public async Task An_attribute_removes_the_token_requirement() =>
        Assert.Equal((200, 200), await Post(app => app.Post("/f", [RequireAntiforgeryToken(false)] ([FromForm] string a) => a)));

    [Fact]
    public async Task A_form_is_bound_without_a_token_when_the_application_does_not_use_antiforgery()
    {
        var app = new ModularApp();
        app.Post("/f", ([FromForm] string a) => a);
        await using var client = app.TestClient();

        Assert.Equal("1", (await client.PostAsync("/f", new() { Form = [("a", "1")] })).Text);
    }

    sealed class Form : MethodView
    {
        public string Post([FromForm] string a) => a;
    }

    static async Task<(int Without, int With)> Post(Action<ModularApp> add)
    {
        var app = new ModularApp();
        app.Services.AddAntiforgery();
        app.UseMiddleware(asp => asp.UseAntiforgery());
        app.Get("/token", (IAntiforgery antiforgery, HttpContext http) => antiforgery.GetAndStoreTokens(http).RequestToken!, endpoint: "token");
        add(app);
        await using var client = app.TestClient();
        var token = (await client.GetAsync("/token")).Text;

        return ((await client.PostAsync("/f", new() { Form = [("a", "1")] })).Status,
            (await client.PostAsync("/f", new() { Form = [("a", "1"), ("__RequestVerificationToken", token)] })).Status);
    }

    [Fact]
    public void A_request_delegate_by_convention_is_refused() => Assert.Equal(
        "Rule \"/x\" has another RequestDelegate by Add, which isn't run. Write what it does as the rule's view: (HttpContext http) => ….",
        Mistake.OfSetUp(app => app.Get("/x", () => "").Add(endpoint => endpoint.RequestDelegate = _ => Task.CompletedTask)));

    sealed class Secret : IEndpointMetadataProvider
    {
        public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(new AuthorizeAttribute());
    }

    sealed class Tenant : IEndpointParameterMetadataProvider
    {
        public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new AuthorizeAttribute());
    }

    public static TheoryData<Action<ModularApp>> Guarded => new()
    {
        app => app.Get("/x", Secret () => new(), endpoint: "x"),
        app => app.Get("/x", async Task<Secret> () => { await Task.Yield(); return new(); }, endpoint: "x"),
        app => app.Post("/x", (Tenant tenant) => "x", endpoint: "x"),
        app => app.Post("/x", (Secret secret) => "x", endpoint: "x"),
    };

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Types_of_a_view_add_their_metadata(Action<ModularApp> add)
    {
        var app = new ModularApp();
        add(app);
        await using var client = app.TestClient();

        var mistake = await Assert.ThrowsAsync<ModularException>(() => client.SendAsync(app.Rules.Any(rule => rule.Text == "/x" && rule.Methods!.Contains("POST")) ? "POST" : "GET", "/x"));

        Assert.Equal("Endpoint \"x\" requires authorization, but no middleware handles it. Write app.UseMiddleware(asp => asp.UseAuthorization()).", mistake.Message);
    }

    [Fact]
    public void A_type_of_body_that_no_view_checks_is_refused()
    {
        const string Message = "Rule \"/x\" has [Consumes], but its view takes no body of the type \"application/xml\", so the type isn't checked. "
            + "Take the body as a parameter of the view, or compare Current.Request.MimeType in the view.";

        Assert.Equal(Message, Mistake.OfSetUp(app => app.Post("/x", [Consumes("application/xml")] () => "")));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Post("/x", [Consumes("application/xml")] (Version body) => "")));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Post("/x", () => "").WithMetadata(new ConsumesAttribute("application/xml"))));
    }

    [Fact]
    public async Task A_type_of_body_that_the_view_binds_is_checked()
    {
        var app = new ModularApp();
        app.Post("/json", [Consumes("application/json")] (Dictionary<string, int> body) => "json", endpoint: "json");
        app.Post("/form", [Consumes("multipart/form-data", "application/x-www-form-urlencoded")] ([FromForm] string a) => "form", endpoint: "form");
        await using var client = app.TestClient();

        Assert.Equal(415, (await client.PostAsync("/json", new() { Form = [("a", "1")] })).Status);
        Assert.Equal("form", (await client.PostAsync("/form", new() { Form = [("a", "1")] })).Text);
    }

    public static TheoryData<string, Action<ModularApp>> Hooks => new()
    {
        { "A BeforeRequest hook", app => app.BeforeRequest([Authorize] () => Redirect("/")) },
        { "A BeforeRequest hook", app => app.BeforeRequest([Authorize] () => { }) },
        { "A BeforeRequest hook", app => app.BeforeRequest([Authorize] (RequestContext context) => "x") },
        { "A BeforeRequest hook", app => app.BeforeRequest([Authorize] (Request request) => "x") },
        { "A BeforeRequest hook", app => new Blueprint("b").BeforeRequest([Authorize] async () => { await Task.Yield(); return "x"; }) },
        { "An AfterRequest hook", app => app.AfterRequest([Authorize] (Response response) => response) },
        { "An AfterRequest hook", app => app.AfterRequest([Authorize] (Request request) => { }) },
        { "A TeardownRequest hook", app => app.TeardownRequest([Authorize] (Exception? error) => { }) },
        { "The error handler of 404", app => app.ErrorHandler(404, [Authorize] (HttpException error) => "x") },
        { "The error handler of 404", app => app.ErrorHandler(404, [Authorize] (Request request) => "x") },
        { "The error handler of TimeoutException", app => app.ErrorHandler<TimeoutException>([Authorize] (error) => new Response("x")) },
    };

    [Theory]
    [MemberData(nameof(Hooks))]
    public void An_attribute_that_only_counts_for_views_is_refused_on_hooks(string what, Action<ModularApp> add) => Assert.Equal(
        $"{what} has [Authorize], which only counts for a view. Put it on the view, or write the check in the hook's code.", Mistake.OfSetUp(add));

    [Fact]
    public void A_name_that_UrlFor_would_not_find_is_refused()
    {
        Assert.Equal("Rule \"/x\" has the name \"named\" by WithName, which UrlFor doesn't find. Write endpoint: \"named\" instead.",
            Mistake.OfSetUp(app => app.Get("/x", () => "").WithName("named")));
        Assert.Equal("Rule \"/x\" has the name \"named\" by [EndpointName], which UrlFor doesn't find. Write endpoint: \"named\" instead.",
            Mistake.OfSetUp(app => app.Get("/x", [EndpointName("named")] () => "")));
    }

    [Fact]
    public async Task A_name_that_is_the_endpoints_own_is_allowed()
    {
        var app = new ModularApp();
        app.Get("/x", () => UrlFor("named"), endpoint: "named").WithName("named");
        await using var client = app.TestClient();

        Assert.Equal("/x", (await client.GetAsync("/x")).Text);
    }
}
