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
        var token = SessionContenders.Modular();
        foreach (var contender in (Contender[])[modular, memory, guarded]) await contender.LogIn("/login");
        await token.LogIn("/token");
        var permanent = SessionContenders.Modular();
        await permanent.LogIn("/login");
        await permanent.LogIn("/stay");
        Console.WriteLine($"compressed: {modular.Cookie.StartsWith("session=.", StringComparison.Ordinal)}, a random token: {token.Cookie.StartsWith("session=.", StringComparison.Ordinal)}");
        // These send back the cookie of each answer, as browsers do; the others send their first one again and again, so that what it costs to write is not mixed with what it costs to read for the first time.
        var (browser, stayer, guardedBrowser) = (SessionContenders.Modular(), SessionContenders.Modular(), SessionContenders.DataProtection());
        foreach (var contender in (Contender[])[browser, stayer, guardedBrowser]) await contender.LogIn("/login");
        await stayer.LogIn("/stay");
        (string Name, Contender Contender, string Path)[] asked =
        [
            ("untouched: no sessions at all", none, "/untouched"), ("untouched: Modular", modular, "/untouched"), ("untouched: ASP.NET session", memory, "/untouched"),
            ("untouched: Modular, permanent", permanent, "/untouched"), ("untouched: Modular, permanent, sent back", stayer, "/untouched"),
            ("read: Modular", modular, "/read"), ("read: Modular, a random token", token, "/read"), ("read: ASP.NET session", memory, "/read"), ("read: DataProtection cookie", guarded, "/read"),
            ("read: Modular, permanent", permanent, "/read"), ("read: Modular, permanent, sent back", stayer, "/read"),
            ("written: Modular", modular, "/count"), ("written: Modular, the same again", modular, "/write"), ("written: Modular, a random token", token, "/count"), ("written: Modular, sent back", browser, "/count"),
            ("written: ASP.NET session", memory, "/write"), ("written: DataProtection cookie", guarded, "/write"), ("written: DataProtection cookie, sent back", guardedBrowser, "/write"),
        ];
        var best = new double[asked.Length];
        var bytes = new long[asked.Length];
        Array.Fill(best, double.MaxValue);
        Array.Fill(bytes, long.MaxValue);
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < asked.Length; i++)
            {
                var (name, contender, path) = asked[i];
                var isSentBack = name.EndsWith("sent back", StringComparison.Ordinal);
                var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                for (var k = 0; k < Inner; k++) _ = isSentBack ? contender.AskAsBrowser(path) : contender.Ask("GET", path);        // no answer waits: there is no network
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalNanoseconds / Inner);
                bytes[i] = Math.Min(bytes[i], (GC.GetAllocatedBytesForCurrentThread() - allocated) / Inner);
            }
        for (var i = 0; i < asked.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{asked[i].Name,-44} {best[i],8:N0} ns {best[i] - best[0],8:N0} ns above none {bytes[i],7:N0} B"));
    }
}
