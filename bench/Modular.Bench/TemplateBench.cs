using System.Diagnostics;
using System.Globalization;

namespace Modular.Bench;

/// <summary>The pages of <see cref="TemplateBenchmarks"/> by the best of many short rounds, all contenders in turn, as <see cref="SessionBench"/> does it.</summary>
static class TemplateBench
{
    internal static void Run(int rounds)
    {
        foreach (var rows in (int[])[0, 12, 201])
        {
            var pages = new TemplateBenchmarks { Rows = rows };
            pages.Setup();
            (string Name, Func<string> Page)[] asked =
            [
                ("Handlebars, bare", pages.HandlebarsBare), ("Handlebars, plugin", pages.Handlebars), ("Liquid, bare, with escape", pages.LiquidBare), ("Liquid, plugin", pages.Liquid),
                ("Razor slices", pages.RazorSlices), ("by hand", pages.ByHand),
            ];
            // Call by call in turn: the runtime optimizes what contenders share for those that it sees while it warms up.
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2);)
                foreach (var (_, page) in asked) page();
            var inner = 10_000 / (rows + 10);
            var best = new double[asked.Length];
            Array.Fill(best, double.MaxValue);
            for (var round = 0; round < rounds; round++)
                for (var i = 0; i < asked.Length; i++)
                {
                    var (page, start) = (asked[i].Page, Stopwatch.GetTimestamp());
                    for (var k = 0; k < inner; k++) page();
                    best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalNanoseconds / inner);
                }
            for (var i = 0; i < asked.Length; i++)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows,3} rows {asked[i].Name,-26} {best[i],10:N0} ns {best[i] / best[i / 2 * 2],6:0.00} of the one before it"));
        }
    }
}
