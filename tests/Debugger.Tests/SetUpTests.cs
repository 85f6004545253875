using System.Runtime.CompilerServices;

namespace Modular.Debugger.Tests;

/// <summary>Around the requests: start-up, background work.</summary>
public sealed class SetUpTests
{
    static string Mistake(string? path, string rule)
    {
        var app = new ModularApp { Debug = true };
        app.UseDebugger(new() { ConsolePath = path });
        app.Route(rule, () => "", endpoint: "mine");
        return Assert.Throws<ModularException>(() => app.Build()).Message;
    }

    [Fact]
    public void A_rule_at_the_consoles_path_is_reported_at_start_up() =>
        Assert.Equal("The rule \"/console\" has the path of the debugger's console. Write another path: app.UseDebugger(new() { ConsolePath = \"/…\" }), or null for no console.", Mistake("/console", "/console"));

    [Fact]
    public void A_console_needs_a_path() =>
        Assert.Equal("The debugger's console path \"console\" doesn't start with a slash. Write a path such as \"/console\", or null for no console.", Mistake("console", "/"));

    [Fact]
    public async Task The_path_of_the_console_can_be_set()
    {
        await using var site = await Site.Start(app => app.Route("/console", () => "mine", endpoint: "mine"), new() { ConsolePath = "/_/prompt" });

        Assert.Equal("mine", (await site.Get("/console")).Text);
        Assert.NotNull((await site.Get("/_/prompt")).Page.QuerySelector("#console[open]"));
    }

    [Fact]
    public async Task The_PIN_is_printed_once_when_the_program_starts()
    {
        await using var site = await Site.Failing();

        Assert.Matches(@"^ \* Debugger PIN: \d{3}-\d{3}-\d{3}\r?\n$", site.Terminal);
    }

    [Fact]
    public async Task A_failed_task_that_was_not_awaited_is_logged()
    {
        await using var site = await Site.Failing();
        Forget();

        // The runtime reports the task when it collects it, so the test forces a collection.
        for (var i = 0; i < 200 && !site.Log.Has("(forgotten)"); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.Contains(site.Log.All, line => line.StartsWith("Error Modular.Debugger: A task that wasn't awaited failed. | AggregateException", StringComparison.Ordinal) && line.EndsWith("(forgotten)", StringComparison.Ordinal));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget() => _ = Task.FromException(new InvalidOperationException("forgotten"));
    }

    sealed class Around(string id, Func<RequestDelegate, RequestDelegate> layer) : IPlugin
    {
        public PluginManifest Manifest { get; } = new(id, core: "[0.1,1.0)");

        public void Install(PluginBuilder builder) => builder.UseMiddleware(_ => layer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_debug_it_is_not_in_the_request_pipeline(bool debug)
    {
        RequestDelegate? seen = null;
        RequestDelegate inner = http => http.Response.WriteAsync("inner");
        var app = new ModularApp { Debug = debug };
        app.Use(new Around("Outer", next => seen = next));
        app.UseDebugger(new() { Terminal = TextWriter.Null });
        app.Use(new Around("Inner", _ => inner));

        await using var host = app.Build();

        Assert.Equal(!debug, ReferenceEquals(inner, seen));
    }

    sealed class Broken : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("in the background");
    }

    [Fact]
    public async Task Background_work_that_fails_is_logged()
    {
        await using var site = await Site.Start(app =>
        {
            app.Services.AddHostedService<Broken>();
            app.Services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        });

        await site.Log.Wait("InvalidOperationException: in the background");
    }
}
