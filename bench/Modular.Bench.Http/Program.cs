using System.Globalization;
using Modular.Bench.Http;

// Serves /plaintext and /json by one of the contenders, or measures how a program starts; see bench/http and bench/startup.
if (args is ["startup", var program, var bare, ..])
{
    await StartUp.Measure(program, bare, args is [_, _, _, var own, var other] ? (own, other) : ("Modular", "bare"));
    return 0;
}
if (args is not [var name, var port] || !Servers.All.TryGetValue(name, out var serve))
{
    Console.Error.WriteLine($"Usage: Modular.Bench.Http {string.Join('|', Servers.All.Keys)} PORT, or: startup PROGRAM BARE_PROGRAM [NAME NAME]");
    return 2;
}
await serve(int.Parse(port, CultureInfo.InvariantCulture));
return 0;
