using System.Diagnostics;
using System.Globalization;

namespace Modular.Bench;

/// <summary>Sessions by the best of many short rounds, all contenders in turn: on a machine that others use, the best is what the code costs, and the mean is what the others cost.</summary>
static class SessionBench
{
    const int Inner = 500;

    internal static async Task Run(int rounds)
    {
        var (none, modular, memory, guarded) = (SessionContenders.None(), SessionContenders.Modular(), SessionContenders.AspNetSession(), SessionContenders.DataProtection());
        var (large, permanent) = (SessionContenders.Modular(), SessionContenders.Modular());
        foreach (var contender in (Contender[])[modular, memory, guarded]) await contender.LogIn("/login");
        await large.LogIn("/large");
        await permanent.LogIn("/login");
        await permanent.LogIn("/stay");
        Console.WriteLine($"compressed: {modular.Cookie.StartsWith("session=.", StringComparison.Ordinal)}, the large one: {large.Cookie.StartsWith("session=.", StringComparison.Ordinal)}");
        (string Name, Func<Task> Ask)[] asked =
        [
            ("not used: no sessions at all", () => none.Ask("GET", "/untouched")),
            ("not used: Modular", () => modular.Ask("GET", "/untouched")),
            ("not used: Modular, permanent", () => permanent.Ask("GET", "/untouched")),
            ("not used: ASP.NET session", () => memory.Ask("GET", "/untouched")),
            ("not used: DataProtection cookie", () => guarded.Ask("GET", "/untouched")),
            ("read: Modular", () => modular.Ask("GET", "/read")),
            ("read: Modular, permanent", () => permanent.Ask("GET", "/read")),
            ("read: Modular, 1 kB", () => large.Ask("GET", "/read")),
            ("read: ASP.NET session", () => memory.Ask("GET", "/read")),
            ("read: DataProtection cookie", () => guarded.Ask("GET", "/read")),
            ("written: Modular", () => modular.Ask("GET", "/write")),
            ("written: Modular, 1 kB", () => large.Ask("GET", "/write")),
            ("written: ASP.NET session", () => memory.Ask("GET", "/write")),
            ("written: DataProtection cookie", () => guarded.Ask("GET", "/write")),
        ];
        var best = new double[asked.Length];
        var bytes = new long[asked.Length];
        Array.Fill(best, double.MaxValue);
        Array.Fill(bytes, long.MaxValue);
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < asked.Length; i++)
            {
                var ask = asked[i].Ask;
                var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                for (var k = 0; k < Inner; k++) _ = ask();        // no answer waits: there is no network
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalNanoseconds / Inner);
                bytes[i] = Math.Min(bytes[i], (GC.GetAllocatedBytesForCurrentThread() - allocated) / Inner);
            }
        for (var i = 0; i < asked.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{asked[i].Name,-42} {best[i],8:N0} ns {best[i] - best[0],8:N0} ns above none {bytes[i],7:N0} B"));
    }
}
