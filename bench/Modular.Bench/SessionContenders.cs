using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Modular.Sessions;

namespace Modular.Bench;

/// <summary>The same visitor in each framework. A session in memory keeps nothing in the cookie; the protected cookie keeps all, as Modular's does.</summary>
static partial class SessionContenders
{
    static readonly string[] Roles = ["admin", "editor", "viewer"];

    static Visitor NewVisitor() => new("0123456789abcdef0123456789abcdef01234567", "peter", Roles, "2026-11-23T01:02:03Z", "dark", "en", 0);

    internal static Contender None() => Of(new ModularApp(new() { StaticFolder = null }));

    internal static Contender Modular()
    {
        var app = new ModularApp(new() { StaticFolder = null });
#pragma warning disable MOD008 // It protects nothing.
        app.UseSessions(new() { SecretKey = "0123456789abcdef0123456789abcdef" });
#pragma warning restore MOD008
        app.Route("/login", () =>
        {
            var (session, visitor) = (Current.Session, NewVisitor());
            (session["csrf"], session["user"], session["roles"], session["seen"]) = (visitor.Csrf, visitor.User, visitor.Roles, visitor.Seen);
            (session["theme"], session["language"], session["n"]) = (visitor.Theme, visitor.Language, visitor.N);
            return "ok";
        }, endpoint: "login");
        app.Route("/stay", () => $"{Current.Session.Permanent = true}", endpoint: "stay");
        app.Route("/large", () =>
        {
            Current.Session["user"] = "peter";
            for (var i = 0; i < 25; i++) Current.Session[$"item{i}"] = $"a thing that is number {i}";
            return "ok";
        }, endpoint: "large");
        app.Route("/read", () => Current.Session["user"] is string ? "ok" : "wrong", endpoint: "read");
        app.Route("/write", () =>
        {
            Current.Session["n"] = 1;
            return "ok";
        }, endpoint: "write");
        return Of(app);
    }

    static Contender Of(ModularApp app)
    {
        app.Services.AddLogging(logging => logging.ClearProviders());
        app.Route("/untouched", () => "ok", endpoint: "untouched");
        var host = app.Build();
        return new(((Microsoft.AspNetCore.Builder.IApplicationBuilder)host).Build(), host.Services);
    }

    internal static Contender AspNetSession() => AspNet(
        services => services.AddDistributedMemoryCache().AddSession(),
        app => app.UseSession(),
        (http, word) =>
        {
            if (word == "login") http.Session.Set("visitor", JsonSerializer.SerializeToUtf8Bytes(NewVisitor(), Metadata.Default.Visitor));
            if (word == "read" && JsonSerializer.Deserialize(http.Session.Get("visitor"), Metadata.Default.Visitor)!.User != "peter") throw new InvalidOperationException();
            if (word == "write")
            {
                var visitor = JsonSerializer.Deserialize(http.Session.Get("visitor"), Metadata.Default.Visitor)!;
                http.Session.Set("visitor", JsonSerializer.SerializeToUtf8Bytes(visitor with { N = 1 }, Metadata.Default.Visitor));
            }
        });

    internal static Contender DataProtection()
    {
        ITimeLimitedDataProtector? protector = null;
        return AspNet(
            services => services.AddDataProtection().UseEphemeralDataProtectionProvider(),
            app => protector = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("session").ToTimeLimitedDataProtector(),
            (http, word) =>
            {
                if (word == "untouched") return;
                var visitor = word == "login" ? NewVisitor() : JsonSerializer.Deserialize(protector!.Unprotect(http.Request.Cookies["session"]!), Metadata.Default.Visitor)!;
                if (word == "read" && visitor.User != "peter") throw new InvalidOperationException();
                if (word != "read") http.Response.Cookies.Append("session", protector!.Protect(JsonSerializer.Serialize(visitor with { N = 1 }, Metadata.Default.Visitor), TimeSpan.FromDays(31)), new() { HttpOnly = true });
            });
    }

    static Contender AspNet(Action<IServiceCollection> services, Action<WebApplication> use, Action<HttpContext, string> act)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        services(builder.Services);
        var app = builder.Build();
        use(app);
        app.Run(http =>
        {
            act(http, http.Request.Path.Value![1..]);
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.ContentLength = 2;
            return http.Response.WriteAsync("ok");
        });
        return new(((IApplicationBuilder)app).Build(), app.Services);
    }

    sealed record Visitor(string Csrf, string User, string[] Roles, string Seen, string Theme, string Language, int N);

    [JsonSerializable(typeof(Visitor))]
    sealed partial class Metadata : JsonSerializerContext;
}
