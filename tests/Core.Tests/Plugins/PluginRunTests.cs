using Modular.Tests.Hosting;

namespace Modular.Tests;

/// <summary>Plugins' layers around <c>app.Run</c>.</summary>
public sealed class PluginRunTests : IDisposable
{
    readonly int _exitCode = Environment.ExitCode;

    [Fact]
    public async Task A_layer_that_does_not_call_the_next_one_decides_the_exit_code()
    {
        List<string> calls = [];
        var app = new ModularApp().Use(new Probe("Instead", builder => builder.ReplaceRun(_ => (settings, _) =>
        {
            calls.Add($"{settings.Host}:{settings.Port} {settings.Debug}");
            return Task.FromResult(calls.Count + 2);
        })));

        app.Run("127.0.0.9", 81, debug: true);
        var code = Environment.ExitCode;
        await app.RunAsync();

        Assert.Equal(["127.0.0.9:81 True", "127.0.0.1:5000 "], calls);
        Assert.Equal((3, 4, false), (code, Environment.ExitCode, app.Debug));
    }

    [Fact]
    public async Task Layers_run_in_the_order_of_the_plugins_and_change_the_settings_for_inner_ones()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();
        using var client = new HttpClient();
        List<string> calls = [];
        var app = new ModularApp().Use(Layer(new("Inner", "[0.1,)") { After = ["Outer"] }, 0)).Use(Layer(new("Outer", "[0.1,)"), 7));
        app.Route("/", () => "up", endpoint: "index");

        var running = app.RunAsync(port: 9, cancellationToken: stop.Token);
        var answer = await client.GetStringAsync(await console.Url);
        await stop.CancelAsync();
        await running;

        Assert.Equal("up", answer);
        Assert.Equal(["Outer 9", "Inner 7", "Inner ends with 0", "Outer ends with 0"], calls);

        Probe Layer(PluginManifest manifest, int port) => new(manifest, builder => builder.ReplaceRun(next => async (settings, cancellation) =>
        {
            calls.Add($"{manifest.Id} {settings.Port}");
            settings.Port = port;
            var code = await next(settings, cancellation);
            calls.Add($"{manifest.Id} ends with {code}");
            return code;
        }));
    }

    public void Dispose() => Environment.ExitCode = _exitCode;
}
