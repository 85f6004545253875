using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Modular.Tests.Hosting;

/// <summary>Metadata that ASP.NET's methods add to a rule works with ASP.NET's middleware, or is an error at the start.</summary>
public sealed class RuleMetadataTests
{
    [Fact]
    public void Short_circuiting_is_refused()
    {
        const string Message = "Rule \"/x\" has ShortCircuit, which isn't done: middleware inside the application runs for it too. "
            + "Leave it out, and put the middleware that must not run for it into a branch: asp.UseWhen(http => …, branch => …).";

        Assert.Equal(Message, Mistake.OfSetUp(app => app.Get("/x", () => "").ShortCircuit()));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Get("/x", () => "").ShortCircuit(404)));
    }

    [Fact]
    public void Form_options_are_refused() => Assert.Equal(
        "Rule \"/x\" has form options by WithFormOptions, which aren't used. Write .WithMetadata(new BodyLimits { … }).",
        Mistake.OfSetUp(app => app.Post("/x", () => "").WithFormOptions(bufferBody: true)));

    [Fact]
    public void Suppressed_matching_is_refused() => Assert.Equal(
        "Rule \"/x\" suppresses its matching, which isn't done. Leave the rule out.",
        Mistake.OfSetUp(app => app.Get("/x", () => "").WithMetadata(new SuppressMatchingMetadata())));

    [Fact]
    public void Methods_as_metadata_are_refused()
    {
        Assert.Equal(
            "Rule \"/x\" has the methods PUT, POST as metadata, which aren't used. Write methods: [\"PUT\", \"POST\"].",
            Mistake.OfSetUp(app => app.Get("/x", () => "").WithMetadata(new HttpMethodMetadata(["PUT", "POST"]))));
    }

    public static TheoryData<string, string> Wishes => new()
    {
        { "a rate limit", "UseRateLimiter" }, { "a cache of its responses", "UseOutputCache" }, { "a cache of its responses", "[OutputCache]" },
        { "a time-out", "UseRequestTimeouts" }, { "a time-out", "[RequestTimeout]" }, { "a log of its requests", "UseHttpLogging" },
    };

    static void Ask(ModularApp app, string word)
    {
        var rule = word switch
        {
            "[OutputCache]" => app.Get("/x", [OutputCache(Duration = 60)] () => "", endpoint: "x"),
            "[RequestTimeout]" => app.Get("/x", [RequestTimeout(1000)] () => "", endpoint: "x"),
            _ => app.Get("/x", () => "", endpoint: "x"),
        };
        if (word == "UseRateLimiter") rule.RequireRateLimiting("one");
        if (word == "UseOutputCache") rule.CacheOutput();
        if (word == "UseRequestTimeouts") rule.WithRequestTimeout(TimeSpan.FromSeconds(1));
        if (word == "UseHttpLogging") rule.WithHttpLogging(HttpLoggingFields.RequestPath);
    }

    [Theory, MemberData(nameof(Wishes))]
    public void Metadata_that_no_middleware_handles_is_refused_at_the_start(string wish, string word)
    {
        var app = new ModularApp();
        Ask(app, word);

        var message = Mistake.Of(() => app.Build());

        var use = word switch { "[OutputCache]" => "UseOutputCache", "[RequestTimeout]" => "UseRequestTimeouts", _ => word };
        Assert.Equal($"Endpoint \"x\" requires {wish}, but no middleware handles it. Write app.UseMiddleware(asp => asp.{use}()).", message);
    }

    [Fact]
    public async Task A_rate_limit_also_works_in_a_branch()
    {
        var app = new ModularApp();
        app.Services.AddRateLimiter(options => options.AddFixedWindowLimiter("one", window =>
        {
            window.PermitLimit = 1;
            window.Window = TimeSpan.FromHours(1);
        }));
        app.UseMiddleware(asp => asp.UseWhen(_ => true, branch => branch.UseRateLimiter()));
        app.Get("/", () => "").RequireRateLimiting("one");
        app.Get("/free", () => "", endpoint: "free");
        await using var served = await Served.Start(app);

        var answers = new[] { await served.Get("/"), await served.Get("/"), await served.Get("/free") };

        Assert.Equal([200, 503, 200], answers.Select(answer => answer.Status));
    }

    [Fact]
    public async Task Responses_are_cached()
    {
        var (app, calls) = (new ModularApp(), 0);
        app.Services.AddOutputCache();
        app.UseMiddleware(asp => asp.UseOutputCache());
        app.Get("/", () => $"{++calls}").CacheOutput();
        app.Get("/fresh", () => $"{++calls}", endpoint: "fresh");
        await using var served = await Served.Start(app);

        var answers = new[] { await served.Get("/"), await served.Get("/"), await served.Get("/fresh"), await served.Get("/fresh") };

        Assert.Equal(["1", "1", "2", "3"], answers.Select(answer => answer.Body));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_aborted()
    {
        var app = new ModularApp();
        app.Services.AddRequestTimeouts();
        app.UseMiddleware(asp => asp.UseRequestTimeouts());
        app.Get("/", async (RequestContext context) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            return new Response("late");
        }).WithRequestTimeout(TimeSpan.FromMilliseconds(1));
        await using var served = await Served.Start(app);

        var answer = await served.Get("/");

        Assert.Equal(504, answer.Status);
    }

    [Fact]
    public async Task A_rule_can_turn_the_antiforgery_token_off()
    {
        var app = new ModularApp();
        app.Services.AddAntiforgery();
        app.UseMiddleware(asp => asp.UseAntiforgery());
        app.Post("/", () => Current.Request.Form["a"]).DisableAntiforgery();
        app.Post("/guarded", () => Current.Request.Form["a"], endpoint: "guarded").WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());
        await using var served = await Served.Start(app);

        var answers = new[]
        {
            await served.Post("/", "application/x-www-form-urlencoded", "a=1"), await served.Post("/guarded", "application/x-www-form-urlencoded", "a=1"),
        };

        Assert.Equal([200, 400], answers.Select(answer => answer.Status));
    }
}
