using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Modular.Tests.Hosting;

namespace Modular.Tests.Endpoints;

/// <summary>Attributes of a view are metadata of its endpoint, as in minimal APIs.</summary>
public sealed class ViewAttributeTests
{
    [Authorize]
    static string Secret() => "secret";

    [Authorize]
    static Task<Response> SecretLater(RequestContext context) => Task.FromResult(new Response("secret"));

    [Authorize]
    sealed class SecretPage : MethodView
    {
        public string Get() => "secret";
    }

    sealed class HalfSecretPage : MethodView
    {
        public string Get() => "open";

        [Authorize]
        public string Post() => "secret";
    }

    sealed class StreamedPage : MethodView
    {
        [ReadsBody]
        public async Task<string> Post(RequestContext context)
        {
            return await new StreamReader(context.Request.OpenBody()).ReadToEndAsync(context.RequestAborted);
        }
    }

    static ModularApp Guarded(Action<ModularApp> views)
    {
        var app = new ModularApp();
        app.Services.AddAuthentication("token").AddScheme<AuthenticationSchemeOptions, TokenHandler>("token", null);
        app.Services.AddAuthorization();
        app.UseMiddleware(asp => asp.UseAuthentication().UseAuthorization());
        views(app);
        return app;
    }

    public static TheoryData<string> Shapes => [.. Views.Keys];

    static readonly Dictionary<string, Action<ModularApp>> Views = new()
    {
        ["a method"] = app => app.Get("/", Secret),
        ["a method that is awaited"] = app => app.Get("/", SecretLater),
        ["a lambda"] = app => app.Get("/", [Authorize] () => "secret"),
        ["a lambda with the context"] = app => app.Get("/", [Authorize] (RequestContext _) => new Response("secret")),
        ["a lambda with a parameter"] = app => app.Get("/", [Authorize] (int page = 1) => $"secret {page}"),
        ["a class view"] = app => app.Route<SecretPage>("/"),
        ["a view of a blueprint"] = app =>
        {
            var blueprint = new Blueprint("admin");
            blueprint.Get("/", [Authorize] () => "secret");
            app.Register(blueprint);
        },
        ["a view of another method"] = app => app.Route("/", [Authorize] () => "secret", methods: ["GET", "PUT"]),
    };

    [Theory, MemberData(nameof(Shapes))]
    public async Task Authorize_on_a_view_guards_it(string shape)
    {
        await using var client = Guarded(Views[shape]).TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(401, response.Status);
    }

    [Theory, MemberData(nameof(Shapes))]
    public async Task Authorize_on_a_view_without_the_middleware_is_refused(string shape)
    {
        var app = new ModularApp();
        Views[shape](app);
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal(500, response.Status);
    }

    [Fact]
    public async Task Authorize_on_one_method_of_a_class_view_guards_that_method()
    {
        await using var client = Guarded(app => app.Route<HalfSecretPage>("/")).TestClient();

        var (open, guarded) = (await client.GetAsync("/"), await client.PostAsync("/"));

        Assert.Equal((200, 401), (open.Status, guarded.Status));
    }

    [Fact]
    public async Task A_preflight_of_an_open_method_does_not_open_a_guarded_view_of_OPTIONS()
    {
        await using var client = Guarded(app =>
        {
            app.Route("/", [Authorize] () => "secret", endpoint: "options", methods: ["OPTIONS"]);
            app.Get("/", () => "open", endpoint: "get");
        }).TestClient();

        var response = await client.OptionsAsync("/", new() { Headers = [("Origin", "https://a.example"), ("Access-Control-Request-Method", "GET")] });

        Assert.Equal(401, response.Status);
    }

    [Fact]
    public async Task Metadata_of_a_rule_wins_over_that_of_its_view()
    {
        await using var client = Guarded(app => app.Get("/", Secret).AllowAnonymous()).TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("secret", response.Text);
    }

    [Fact]
    public void A_views_own_attribute_is_metadata()
    {
        var app = new ModularApp();
        app.Get("/", [Note("x")] () => "");
        using var scope = app.TestRequestContext("/");

        var note = scope.Context.Http.GetEndpoint()!.Metadata.GetMetadata<NoteAttribute>();

        Assert.Equal("x", note!.Text);
        Assert.DoesNotContain(scope.Context.Http.GetEndpoint()!.Metadata, metadata => metadata.GetType().Namespace == "System.Runtime.CompilerServices");
    }

    [Fact]
    public async Task A_method_of_a_class_view_may_read_the_body_itself()
    {
        var app = new ModularApp();
        app.Route<StreamedPage>("/");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", new() { Body = "text"u8.ToArray() });

        Assert.Equal("text", response.Text);
    }

    [Fact]
    public void A_filter_of_mvc_is_refused() => Assert.Equal(
        "Rule \"/x\" has [ResponseCache], a filter of MVC, which isn't run. Write a hook instead, or use ASP.NET middleware.",
        Mistake.OfSetUp(app => app.Get("/x", [ResponseCache(Duration = 10)] () => "")));

    [Fact]
    public void A_route_of_mvc_is_refused()
    {
        Assert.Equal(
            "Rule \"/x\" has [HttpPost], by which MVC finds actions. Leave it out, because the rule gives the path and the methods.",
            Mistake.OfSetUp(app => app.Get("/x", [HttpPost] () => "")));
        Assert.StartsWith("Rule \"/x\" has [Route],", Mistake.OfSetUp(app => app.Get("/x", [Route("/y")] () => "")), StringComparison.Ordinal);
        Assert.StartsWith("Rule \"/x\" has [AcceptVerbs],", Mistake.OfSetUp(app => app.Get("/x", [AcceptVerbs("PUT")] () => "")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_of_mvc_is_refused_with_the_limit_of_this_framework()
    {
        Assert.Equal(
            "Rule \"/x\" limits its requests' bodies by [RequestSizeLimit], which isn't used. Write .WithMetadata(new BodyLimits { MaxContentLength = 100 }).",
            Mistake.OfSetUp(app => app.Post("/x", [RequestSizeLimit(100)] () => "")));
        Assert.StartsWith("Rule \"/x\" limits its requests' bodies by [DisableRequestSizeLimit],",
            Mistake.OfSetUp(app => app.Post("/x", [DisableRequestSizeLimit] () => "")), StringComparison.Ordinal);
    }

    [AttributeUsage(AttributeTargets.Method)]
    sealed class NoteAttribute(string text) : Attribute
    {
        public string Text { get; } = text;
    }
}
