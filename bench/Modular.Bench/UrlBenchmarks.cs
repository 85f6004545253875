using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Routing;

namespace Modular.Bench;

/// <summary>Building the URL of a rule with two variables, by name, among a hundred rules.</summary>
public class UrlBenchmarks
{
    LinkGenerator _links = null!;
    ContextScope _scope = null!;
    HttpContext _http = null!;

    [GlobalSetup]
    public void Setup()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        var builder = WebApplication.CreateSlimBuilder();
        var asp = builder.Build();
        for (var i = 0; i < 100; i++)
        {
            app.Route($"/user{i}/<name>/posts/<slug>", () => "", endpoint: $"posts{i}");
            asp.MapGet($"/user{i}/{{name}}/posts/{{slug}}", () => "").WithName($"posts{i}");
        }
        app.Route("/user/<name>/posts/<slug>", () => "", endpoint: "typed_posts");
        _links = asp.Services.GetRequiredService<LinkGenerator>();
        ((IApplicationBuilder)asp).UseRouting().UseEndpoints(_ => { }).Build();
        _http = new DefaultHttpContext { RequestServices = asp.Services };
        _scope = app.TestRequestContext("/");
        if (Modular() != "/user50/john/posts/hello-world" || Modular() != LinkByName()
            || Typed() != "/user/john/posts/hello-world") throw new InvalidOperationException("The contenders build different URLs.");
    }

    [GlobalCleanup]
    public void Cleanup() => _scope.Dispose();

    [Benchmark(Baseline = true)]
    public string? LinkByName() => _links.GetPathByName("posts50", new RouteValueDictionary { ["name"] = "john", ["slug"] = "hello-world" });

    [Benchmark]
    public string? LinkByNameInRequest() => _links.GetPathByName(_http, "posts50", new RouteValueDictionary { ["name"] = "john", ["slug"] = "hello-world" });

    [Benchmark]
    public string Modular() => Functions.UrlFor("posts50", ("name", "john"), ("slug", "hello-world"));

    [Benchmark]
    public string Typed() => Urls.TypedPosts("john", "hello-world");
}
