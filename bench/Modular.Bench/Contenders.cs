using Microsoft.Extensions.Logging;

namespace Modular.Bench;

/// <summary>The same rules in each framework: N of them, of which one in the middle is asked for.</summary>
static class Contenders
{
    internal static Contender Bare() => new(Page, Services());

    internal static Contender Modular(int rules)
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddLogging(logging => logging.ClearProviders());
        for (var i = 0; i < rules; i++)
        {
            app.Route($"/static{i}/page", () => "ok", endpoint: $"s{i}");
            app.Route($"/user{i}/<int:id>", (int id) => "ok", endpoint: $"u{i}");
            app.Route($"/deep{i}/<a>/<b>/<int:c>", (string a, string b, int c) => "ok", endpoint: $"d{i}");
        }
        // As app.Run() serves it: on a host of its own, not mounted in another one.
        var host = app.Build();
        return new(((Microsoft.AspNetCore.Builder.IApplicationBuilder)host).Build(), host.Services);
    }

    /// <summary>UseRouting and endpoints that are plain delegates.</summary>
    internal static Contender Routing(int rules) => AspNet(app =>
    {
        for (var i = 0; i < rules; i++)
        {
            app.MapGet($"/static{i}/page", (RequestDelegate)Page);
            app.MapGet($"/user{i}/{{id:int}}", (RequestDelegate)Page);
            app.MapGet($"/deep{i}/{{a}}/{{b}}/{{c:int}}", (RequestDelegate)Page);
        }
    });

    /// <summary>Minimal APIs with typed handlers.</summary>
    internal static Contender Minimal(int rules) => AspNet(app =>
    {
        for (var i = 0; i < rules; i++)
        {
            app.MapGet($"/static{i}/page", () => "ok");
            app.MapGet($"/user{i}/{{id:int}}", (int id) => "ok");
            app.MapGet($"/deep{i}/{{a}}/{{b}}/{{c:int}}", (string a, string b, int c) => "ok");
        }
    });

    // What Modular's answer says too: its type and its length.
    static Task Page(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = 2;
        return http.Response.WriteAsync("ok");
    }

    static Contender AspNet(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseRouting();
        map(app);
        app.UseEndpoints(_ => { });
        return new(((IApplicationBuilder)app).Build(), app.Services);
    }

    static ServiceProvider Services() => new ServiceCollection().BuildServiceProvider();
}
