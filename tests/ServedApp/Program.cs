// A program for the tests that need a process of their own: ServedApp <run|async|mistake> <port> [debug].
var (scenario, port) = (args[0], int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
bool? debug = args.Length > 2 ? bool.Parse(args[2]) : null;

var app = new ModularApp();
if (scenario == "made") Console.WriteLine("made");
app.Route("/", () => "up", endpoint: "index");
app.Route("/debug", () => app.Debug.ToString(), endpoint: "debug");
app.Route("/greeting", () => app.Config["Greeting"] ?? "none", endpoint: "greeting");

// Answers only after the program was told to stop: an answer that arrives is one that was drained.
app.Route("/slow", async (IHostApplicationLifetime lifetime) =>
{
    var stopping = new TaskCompletionSource();
    using var registration = lifetime.ApplicationStopping.Register(stopping.SetResult);
    Console.WriteLine("slow: begun");
    await stopping.Task;
    return new string('x', 1_000_000) + "end";
}, endpoint: "slow");

if (scenario == "mistake") app.Use(new LonelyPlugin());
if (scenario == "async") await app.RunAsync(port: port, debug: debug);
else app.Run(port: port, debug: debug);
Console.WriteLine("after");

/// <summary>A plugin whose need nobody fills.</summary>
sealed class LonelyPlugin : IPlugin
{
    public PluginManifest Manifest { get; } = new("Lonely", "[0.1,1.0)") { Dependencies = [new("Friends", "app.UseFriends()")] };

    public void Install(PluginBuilder builder)
    {
    }
}
