// A program for the tests that need their own process: ServedApp <scenario> <port> [debug].
using Modular.Plugins;

var (scenario, port) = (args[0], int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
bool? debug = args is [_, _, "true" or "false", ..] ? bool.Parse(args[2]) : null;

var app = new ModularApp();
if (scenario == "made") Console.WriteLine("made");
app.Route("/", () => "up", endpoint: "index");
app.Route("/crash", () =>
{
    new Thread(() => throw new ModularException("late")).Start();
    return "";
}, endpoint: "crash");
app.Route("/debug", () => app.Debug.ToString(), endpoint: "debug");
app.Route("/greeting", () => app.Config["Greeting"] ?? "none", endpoint: "greeting");

// Responds only after the program was stopped, so that a response proves draining.
app.Route("/slow", async (IHostApplicationLifetime lifetime) =>
{
    var stopping = new TaskCompletionSource();
    using var registration = lifetime.ApplicationStopping.Register(stopping.SetResult);
    Console.WriteLine("slow: begun");
    await stopping.Task;
    return new string('x', 1_000_000) + "end";
}, endpoint: "slow");

#pragma warning disable MOD001 // A test looks at what the start says about this rule.
if (scenario == "rule") app.Get("hi", () => "");
#pragma warning restore MOD001
if (scenario is "mistake" or "async mistake") app.Use(new LonelyPlugin());
if (scenario == "any") app.Run();
else if (scenario.StartsWith("async", StringComparison.Ordinal)) await app.RunAsync(port: port, debug: debug);
else app.Run(port: port, debug: debug);
Console.WriteLine("after");

/// <summary>A plugin whose dependency is missing.</summary>
sealed class LonelyPlugin : IPlugin
{
    public PluginManifest Manifest { get; } = new("Lonely", "[0.1,1.0)") { Dependencies = [new("Friends", "app.UseFriends()")] };

    public void Install(PluginBuilder builder)
    {
    }
}
