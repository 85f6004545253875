using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

/// <summary>The description of the API for clients and tools, made from the rules and their views.</summary>
static class OpenApiDocument
{
    internal static void UseOpenApiDocument(this ModularApp app, string rule)
    {
        app.Services.AddRouting().AddOpenApi(options => options
            .AddDocumentTransformer((document, _, _) =>
            {
                document.AddComponent(ApiKeys.Scheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" });
                return Task.CompletedTask;
            })
            .AddOperationTransformer((operation, context, _) =>
            {
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
                    operation.Security = [new() { [new OpenApiSecuritySchemeReference(ApiKeys.Scheme, context.Document)] = [] }];
                return Task.CompletedTask;
            }));
        app.Get(rule, Document, endpoint: "openapi").ExcludeFromDescription();
    }

    static async Task<Response> Document(IServiceProvider services, CancellationToken cancellationToken)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(cancellationToken);
        return new(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken), contentType: "application/json");
    }
}
