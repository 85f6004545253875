using Modular.Tests.Hosting;

namespace Modular.Tests;

/// <summary>A plugin takes over <c>app.Run</c>.</summary>
public sealed class PluginMainTests : IDisposable
{
    readonly int _exitCode = Environment.ExitCode;

    [Fact]
    public async Task A_plugin_that_takes_over_app_Run_decides_what_the_program_does_and_its_exit_code()
    {
        List<string> calls = [];
        var app = new ModularApp().Use(new Probe("Main", host => host.Main(
            run =>
            {
                calls.Add($"{run.App.Name} {run.Settings.Host}:{run.Settings.Port} {run.Settings.Debug}");
                return 3;
            },
            (run, cancellation) => Task.FromResult(calls.Count + 10))));

        app.Run("127.0.0.9", 81, debug: true);
        var code = Environment.ExitCode;
        await app.RunAsync();

        Assert.Equal([$"{app.Name} 127.0.0.9:81 True"], calls);
        Assert.Equal((3, 11, false), (code, Environment.ExitCode, app.Debug));
    }

    [Fact]
    public async Task It_serves_as_app_Run_would_have_when_it_says_so()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();
        using var client = new HttpClient();
        var app = new ModularApp().Use(new Probe("Main", host => host.Main(_ => 0, async (run, cancellation) =>
        {
            await run.ServeAsync(run.Settings with { Port = 0 }, cancellation);
            return 4;
        })));
        app.Route("/", () => "up", endpoint: "index");

        var running = app.RunAsync(cancellation: stop.Token);
        var answer = await client.GetStringAsync(await console.Url);
        await stop.CancelAsync();
        await running;

        Assert.Equal(("up", 4), (answer, Environment.ExitCode));
    }

    [Fact]
    public void Two_plugins_cannot_both_take_over_app_Run()
    {
        var mistake = Mistake.OfSetUp(app =>
        {
            foreach (var id in new[] { "One", "Two" }) app.Use(new Probe(id, host => host.Main(_ => 0, (_, _) => Task.FromResult(0))));
        });

        Assert.Equal("One and Two claim the call \"app.Run\". Install only one of them.", mistake);
    }

    public void Dispose() => Environment.ExitCode = _exitCode;
}
