using System.Text.Json;
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
        app.Get("/openapi.json", async (IServiceProvider services, CancellationToken aborted) =>
        {
            var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(aborted);
            var text = new StringWriter();
            document.SerializeAsV3(new Microsoft.OpenApi.OpenApiJsonWriter(text));
            return new Response(text.ToString(), contentType: "application/json");
        }, endpoint: "openapi").ExcludeFromDescription();
        await using var client = app.TestClient();

        var document = (await client.GetAsync("/openapi.json")).Json;

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
}
