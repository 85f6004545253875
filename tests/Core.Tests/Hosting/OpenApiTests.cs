using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;

namespace Modular.Tests.Hosting;

/// <summary>Microsoft.AspNetCore.OpenApi describes Modular's rules; the core references nothing for it.</summary>
public class OpenApiTests
{
    sealed record Post(string Title, int Stars);

    [Fact]
    public async Task The_document_names_each_rule_with_its_variables_bodies_and_answers()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddRouting().AddOpenApi();
        app.Get("/post/<int:id>", (int id) => new Post($"post {id}", 5), endpoint: "post");
        app.Post("/post/", (Post post) => (post, 201), endpoint: "add");
        app.Get("/file/<path:name>/raw", (string name) => name, endpoint: "file").WithTags("files").WithSummary("The bytes.");

        var document = await DocumentOf(app);

        var paths = document.GetProperty("paths");
        Assert.Equal(["/post/{id} get", "/post post", "/file/{name}/raw get"],
            paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, method) => $"{path.Name} {method.Name}"));
        var post = paths.GetProperty("/post/{id}").GetProperty("get");
        Assert.Equal("post", post.GetProperty("operationId").GetString());
        Assert.Equal("int32", post.GetProperty("parameters")[0].GetProperty("schema").GetProperty("format").GetString());
        Assert.EndsWith("/Post", Schema(post.GetProperty("responses").GetProperty("200"), "application/json"), StringComparison.Ordinal);
        Assert.EndsWith("/Post", Schema(paths.GetProperty("/post").GetProperty("post").GetProperty("requestBody"), "application/json"), StringComparison.Ordinal);
        Assert.Equal("The bytes.", paths.GetProperty("/file/{name}/raw").GetProperty("get").GetProperty("summary").GetString());

        static string Schema(JsonElement described, string type) =>
            described.GetProperty("content").GetProperty(type).GetProperty("schema").GetProperty("$ref").GetString()!;
    }

    [Fact]
    public async Task Views_whose_response_is_known_only_when_they_run_are_described_without_its_type()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddRouting().AddOpenApi();
        app.Get("/plain", () => new Response("x"), endpoint: "plain");
        app.Get("/context", context => new Response(context.Endpoint!), endpoint: "context");
        app.Get("/task", async () =>
        {
            await Task.Yield();
            return new Response("x");
        }, endpoint: "task");
        app.Get("/bound/<int:id>", (int id) => new Response($"{id}"), endpoint: "bound");
        app.Get("/redirect/<int:id>", (int id) => Redirect($"/bound/{id}"), endpoint: "redirect");
        app.Get("/tuple/<int:id>", (int id) => (new Response($"{id}"), 201), endpoint: "tuple");
        app.Get("/object/<int:id>", object (int id) => id == 1 ? "one" : new Post("", id), endpoint: "object");
        app.Get("/result/<int:id>", (int id) => Results.Ok(id), endpoint: "result");
        app.Get("/results/<int:id>", Results<Ok<Post>, NotFound> (int id) => TypedResults.NotFound(), endpoint: "results");

        var paths = (await DocumentOf(app)).GetProperty("paths");

        Assert.Equal(9, paths.EnumerateObject().Count());
        Assert.All(paths.EnumerateObject(), path =>
        {
            var answer = Assert.Single(path.Value.GetProperty("get").GetProperty("responses").EnumerateObject());
            Assert.Equal(("200", false), (answer.Name, answer.Value.TryGetProperty("content", out _)));
        });
    }

    [Fact]
    public async Task Text_bytes_and_streams_are_described_by_their_media_type()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddRouting().AddOpenApi();
        app.Get("/text", Text, endpoint: "text");
        app.Get("/markup", Html, endpoint: "markup");
        app.Get("/bytes", Bytes, endpoint: "bytes");
        app.Get("/memory", () => new ReadOnlyMemory<byte>([1]), endpoint: "memory");
        app.Get("/pieces", Pieces, endpoint: "pieces");
        app.Get("/stream", () => new MemoryStream(), endpoint: "stream");

        var paths = (await DocumentOf(app)).GetProperty("paths");

        Assert.Equal(["/text text/html", "/markup text/html", "/bytes text/html", "/memory text/html", "/pieces text/html", "/stream application/octet-stream"],
            paths.EnumerateObject().Select(path => $"{path.Name} {TypeOf(path.Value.GetProperty("get").GetProperty("responses").GetProperty("200"))}"));

        static string TypeOf(JsonElement answer) => answer.TryGetProperty("content", out var content) ? content.EnumerateObject().Single().Name : "";

        // A lambda of these types is one that returns a Response, which can be anything.
        static string Text() => "x";
        static Markup Html() => new("x");
        static byte[] Bytes() => [1];

        static async IAsyncEnumerable<string> Pieces()
        {
            await Task.Yield();
            yield return "x";
        }
    }

    [Fact]
    public async Task A_rule_supports_each_of_ASP_NETs_methods_that_describe_it()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddRouting().AddOpenApi();
        app.Post("/post", () => new Response("", 201), endpoint: "add")
            .Accepts<Post>("application/json", "application/xml")
            .Produces<Post>(201)
            .Produces(204)
            .Produces<string>(200, "text/plain", "text/html")
            .ProducesProblem(409)
            .ProducesValidationProblem()
            .WithName("add").WithTags("posts", "write").WithSummary("Adds a post.").WithDescription("All of it.")
            .WithDisplayName("add").WithMetadata("mine").DisableAntiforgery().AllowAnonymous();
        app.Post("/optional", () => new Response(""), endpoint: "optional").Accepts(typeof(Post), isOptional: true, "application/json");
        app.Get("/hidden", () => "x", endpoint: "hidden").ExcludeFromDescription();

        var paths = (await DocumentOf(app)).GetProperty("paths");

        var add = paths.GetProperty("/post").GetProperty("post");
        Assert.Equal(["200 text/plain,text/html", "201 application/json", "204 ", "400 application/problem+json", "409 application/problem+json"],
            add.GetProperty("responses").EnumerateObject().OrderBy(answer => answer.Name, StringComparer.Ordinal).Select(answer => $"{answer.Name} {Types(answer.Value)}"));
        Assert.Equal("application/json,application/xml", Types(add.GetProperty("requestBody")));
        Assert.Equal(("add", "Adds a post.", "All of it.", 2), (add.GetProperty("operationId").GetString(),
            add.GetProperty("summary").GetString(), add.GetProperty("description").GetString(), add.GetProperty("tags").GetArrayLength()));
        Assert.False(paths.TryGetProperty("/hidden", out _));
        Assert.Equal("application/json", Types(paths.GetProperty("/optional").GetProperty("post").GetProperty("requestBody")));

        static string Types(JsonElement described) =>
            described.TryGetProperty("content", out var content) ? string.Join(',', content.EnumerateObject().Select(type => type.Name)) : "";
    }

    [Fact]
    public void A_required_host_is_refused() => Assert.Equal(
        "Rule \"/x\" requires the host \"example.com\" by RequireHost, which isn't checked. "
            + "Write options: new() { Host = \"example.com\" }, and set RoutingOptions.HostMatching.",
        Mistake.OfSetUp(app => app.Get("/x", () => "").RequireHost("example.com")));

    [Fact]
    public void An_order_is_refused() => Assert.Equal(
        "Rule \"/x\" has the order -1 by WithOrder, which isn't used. Leave it out, because the more specific rule is matched first.",
        Mistake.OfSetUp(app => app.Get("/x", () => "").WithOrder(-1)));

    static async Task<JsonElement> DocumentOf(ModularApp app)
    {
        app.Get("/openapi.json", async (IServiceProvider services, CancellationToken aborted) =>
        {
            var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(aborted);
            var text = new StringWriter();
            document.SerializeAsV3(new Microsoft.OpenApi.OpenApiJsonWriter(text));
            return new Response(text.ToString(), contentType: "application/json");
        }, endpoint: "openapi").ExcludeFromDescription();
        await using var client = app.TestClient();
        return (await client.GetAsync("/openapi.json")).Json;
    }
}
