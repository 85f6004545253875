using Carter;
using FastEndpoints;
using Microsoft.Extensions.Logging.Abstractions;

namespace Modular.Bench.Http;

/// <summary>The same two pages on each framework, as its documentation would write them, on Kestrel without logging.</summary>
static class Servers
{
    internal const string Text = "Hello, World!";

    internal static readonly IReadOnlyDictionary<string, Func<int, Task>> All = new Dictionary<string, Func<int, Task>>
    {
        ["kestrel"] = Kestrel,
        ["modular"] = Modular,
        ["minimal"] = Minimal,
        ["mvc"] = Mvc,
        ["carter"] = Carter,
        ["fastendpoints"] = FastEndpoints,
    };

    static WebApplicationBuilder Builder(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    static async Task Kestrel(int port)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Message(Text), System.Text.Json.JsonSerializerOptions.Web);
        var app = Builder(port).Build();
        app.Run(http =>
        {
            if (http.Request.Path != "/json")
            {
                http.Response.ContentType = "text/plain; charset=utf-8";
                http.Response.ContentLength = Text.Length;
                return http.Response.WriteAsync(Text);
            }
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = json.Length;
            return http.Response.Body.WriteAsync(json).AsTask();
        });
        await app.RunAsync();
    }

    static async Task Modular(int port)
    {
        var app = new ModularApp(new() { StaticFolder = null });
        // Without any provider the core would add the console.
        app.Services.AddSingleton<ILoggerProvider>(NullLoggerProvider.Instance);
        app.Get("/plaintext", () => new Response(Text, contentType: "text/plain; charset=utf-8"), endpoint: "plaintext");
        app.Get("/html", () => Text, endpoint: "html");
        app.Get("/json", () => new Message(Text), endpoint: "json");
        await app.RunAsync(port: port);
    }

    static async Task Minimal(int port)
    {
        var app = Builder(port).Build();
        app.MapGet("/plaintext", () => Text);
        app.MapGet("/json", () => new Message(Text));
        await app.RunAsync();
    }

    static async Task Mvc(int port)
    {
        var builder = Builder(port);
        builder.Services.AddControllers();
        var app = builder.Build();
        app.MapControllers();
        await app.RunAsync();
    }

    static async Task Carter(int port)
    {
        var builder = Builder(port);
        builder.Services.AddCarter();
        var app = builder.Build();
        app.MapCarter();
        await app.RunAsync();
    }

    static async Task FastEndpoints(int port)
    {
        var builder = Builder(port);
        builder.Services.AddFastEndpoints();
        var app = builder.Build();
        app.UseFastEndpoints();
        await app.RunAsync();
    }
}

/// <summary>What <c>/json</c> gives.</summary>
public sealed record Message(string Text);

/// <summary>The pages on Carter.</summary>
public sealed class PagesModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapGet("/plaintext", () => Servers.Text);
        app.MapGet("/json", () => new Message(Servers.Text));
    }
}

/// <summary>The first page on FastEndpoints.</summary>
public sealed class PlaintextEndpoint : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/plaintext");
        AllowAnonymous();
    }

    public override Task HandleAsync(CancellationToken ct) => Send.StringAsync(Servers.Text, cancellation: ct);
}

/// <summary>The second page on FastEndpoints.</summary>
public sealed class JsonEndpoint : EndpointWithoutRequest<Message>
{
    public override void Configure()
    {
        Get("/json");
        AllowAnonymous();
    }

    public override Task HandleAsync(CancellationToken ct) => Send.OkAsync(new(Servers.Text), ct);
}
