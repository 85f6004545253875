using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Modular.Tests.Hosting;

public sealed class SetUpAfterFirstRequestTests
{
    public static TheoryData<string> Words =>
    [
        "Route", "Route of any shape", "Get", "Post", "Put", "Patch", "Delete", "BeforeRequest", "BeforeRequest of any shape", "AfterRequest", "TeardownRequest",
        "ErrorHandler", "ErrorHandler of a type", "ErrorHandler of any shape", "Use a plugin", "UseMiddleware of a function", "UseMiddleware of a builder", "Register", "Converter",
        "AppDelegate", "Debug", "PropagatesExceptions",
    ];

    [Theory]
    [MemberData(nameof(Words))]
    public void Set_up_methods_are_refused_after_the_first_request(string word)
    {
        var app = new ModularApp();
        using var scope = app.TestRequestContext("/");

        var message = Mistake.Of(() => Say(app, word));

        var said = word.Split(' ')[0] switch { "Get" or "Post" or "Put" or "Patch" or "Delete" => "Route", var other => other };
        Assert.Equal($"app.{said} was used after the application had started. Do it before app.Run() and before the first request.", message);
    }

    [Fact]
    public void Metadata_is_refused_after_the_first_request()
    {
        var app = new ModularApp();
        var rule = app.Route("/", () => "");
        using var scope = app.TestRequestContext("/");

        var message = Mistake.Of(() => rule.WithMetadata("late"));

        Assert.Equal(
            "Metadata was added to a rule after the application had started. Do it before app.Run() and before the first request.", message);
        Assert.Equal(message, Mistake.Of(() => rule.Finally(_ => { })));
    }

    [Fact]
    public void Services_are_refused_after_the_first_request()
    {
        var app = new ModularApp();
        using var scope = app.TestRequestContext("/");

        Assert.Throws<InvalidOperationException>(() => app.Services.TryAddSingleton(new Version(1, 0)));
    }

    [Fact]
    public void Each_request_reports_a_mistake_again_until_it_is_fixed()
    {
        var app = new ModularApp();
        app.Route("/", (System.Text.StringBuilder version) => version.ToString());

        var (first, second) = (Mistake.Of(() => app.TestRequestContext("/")), Mistake.Of(() => app.TestRequestContext("/")));
        app.Services.AddSingleton(new System.Text.StringBuilder("1.0"));
        using var scope = app.TestRequestContext("/");

        Assert.Equal(first, second);
    }

    static void Say(ModularApp app, string word)
    {
        switch (word)
        {
            case "Route": app.Route("/late", () => ""); break;
            case "Route of any shape": app.Route("/late", (HttpContext http) => ""); break;
            case "Get": app.Get("/late", () => ""); break;
            case "Post": app.Post("/late", () => ""); break;
            case "Put": app.Put("/late", () => ""); break;
            case "Patch": app.Patch("/late", () => ""); break;
            case "Delete": app.Delete("/late", () => ""); break;
            case "BeforeRequest": app.BeforeRequest(() => { }); break;
            case "BeforeRequest of any shape": app.BeforeRequest((HttpContext http) => { }); break;
            case "AfterRequest": app.AfterRequest(_ => { }); break;
            case "TeardownRequest": app.TeardownRequest(_ => { }); break;
            case "ErrorHandler": app.ErrorHandler(404, () => ""); break;
            case "ErrorHandler of a type": app.ErrorHandler<TimeoutException>(_ => ""); break;
            case "ErrorHandler of any shape": app.ErrorHandler(404, (HttpContext http) => ""); break;
            case "Use a plugin": app.Use(new Nothing()); break;
            case "UseMiddleware of a function": app.UseMiddleware(next => next); break;
            case "UseMiddleware of a builder": app.UseMiddleware((IApplicationBuilder _) => { }); break;
            case "AppDelegate by Wrap": app.Wrap(next => next); break;
            case "Register": app.Register(new Blueprint("late")); break;
            case "Converter": app.Converter("late", _ => new Text()); break;
            case "Debug": app.Debug = true; break;
            case "PropagatesExceptions": app.PropagatesExceptions = true; break;
            default: app.AppDelegate = _ => Task.CompletedTask; break;
        }
    }

    sealed class Nothing : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Tests.Nothing", core: "[0.0,99.0)");

        public void Install(PluginBuilder builder)
        {
        }
    }

    sealed class Text : UrlConverter;
}
