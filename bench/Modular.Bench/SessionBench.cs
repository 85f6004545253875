using System.Diagnostics;
using System.Globalization;

namespace Modular.Bench;

/// <summary>Sessions by the best of many short rounds, all contenders in turn: on a machine that others use, the best is what the code costs, and the mean is what the others cost.</summary>
static class SessionBench
{
    const int Inner = 500;

    // Many more than are remembered.
    const int Visitors = 8_192;

    internal static async Task Run(int rounds)
    {
        var (none, modular, memory, guarded) = (SessionContenders.None(), SessionContenders.Modular(), SessionContenders.AspNetSession(), SessionContenders.DataProtection());
        var (token, permanent, crowd) = (SessionContenders.Modular(), SessionContenders.Modular(), SessionContenders.Modular());
        // These send back the cookie of each answer, as browsers do; the others send their first one again and again, so that what it costs to write is not mixed with what it costs to read for the first time.
        var (browser, stayer, guardedBrowser) = (SessionContenders.Modular(), SessionContenders.Modular(), SessionContenders.DataProtection());
        foreach (var contender in (Contender[])[modular, memory, guarded, permanent, browser, stayer, guardedBrowser, crowd]) await contender.LogIn("/login");
        foreach (var contender in (Contender[])[permanent, stayer]) await contender.LogIn("/stay");
        await token.LogIn("/token");
        var cookies = new string[Visitors];
        for (var i = 0; i < cookies.Length; i++)
        {
            await crowd.LogIn("/count");
            cookies[i] = crowd.Cookie;
        }
        var next = 0;
        Console.WriteLine($"compressed: {modular.Cookie.StartsWith("session=.", StringComparison.Ordinal)}, a random token: {token.Cookie.StartsWith("session=.", StringComparison.Ordinal)}");
        (string Name, Func<Task> Ask)[] asked =
        [
            ("untouched: no sessions at all", () => none.Ask("GET", "/untouched")),
            ("untouched: Modular", () => modular.Ask("GET", "/untouched")),
            ("untouched: Modular, permanent", () => permanent.Ask("GET", "/untouched")),
            ("untouched: Modular, permanent, sent back", () => stayer.AskAsBrowser("/untouched")),
            ("untouched: ASP.NET session", () => memory.Ask("GET", "/untouched")),
            ("read: Modular", () => modular.Ask("GET", "/read")),
            ("read: Modular, a random token", () => token.Ask("GET", "/read")),
            ("read: Modular, permanent", () => permanent.Ask("GET", "/read")),
            ("read: Modular, permanent, sent back", () => stayer.AskAsBrowser("/read")),
            ("read: Modular, for the first time", () => crowd.Ask("GET", "/read", cookies[next++ % Visitors])),
            ("read: ASP.NET session", () => memory.Ask("GET", "/read")),
            ("read: DataProtection cookie", () => guarded.Ask("GET", "/read")),
            ("written: Modular", () => modular.Ask("GET", "/count")),
            ("written: Modular, sent back", () => browser.AskAsBrowser("/count")),
            ("written: Modular, the same again", () => modular.Ask("GET", "/write")),
            ("written: Modular, a random token", () => token.Ask("GET", "/count")),
            ("written: ASP.NET session", () => memory.Ask("GET", "/write")),
            ("written: DataProtection cookie", () => guarded.Ask("GET", "/write")),
            ("written: DataProtection cookie, sent back", () => guardedBrowser.AskAsBrowser("/write")),
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
