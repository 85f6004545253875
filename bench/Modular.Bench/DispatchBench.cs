using System.Diagnostics;
using System.Globalization;

namespace Modular.Bench;

/// <summary>The same questions as <see cref="DispatchBenchmarks"/>, all contenders in turn, by the best of many short rounds: what remains on a machine that others use too.</summary>
static class DispatchBench
{
    const int RequestsEach = 5000;

    sealed record Question(string Name, Contender Contender, string Method, string Path)
    {
        internal double Best { get; set; } = double.MaxValue;
    }

    internal static async Task Run(int rounds)
    {
        foreach (var rules in DispatchBenchmarks.RuleCounts) await Run(rules, rounds);
    }

    static async Task Run(int rules, int rounds)
    {
        var each = Math.Max(1, rules / 3);
        var (bare, modular, routing, minimal) = (Contenders.Bare(), Contenders.Modular(each), Contenders.Routing(each), Contenders.Minimal(each));
        var middle = each / 2;
        (string Name, string Method, string Path)[] paths =
        [
            ("static", "GET", $"/static{middle}/page"), ("int", "GET", $"/user{middle}/42"), ("three variables", "GET", $"/deep{middle}/one/two/3"),
            ("404", "GET", "/nothing/here"), ("405", "POST", $"/static{middle}/page"),
        ];
        var questions = paths.SelectMany(p => new[]
        {
            new Question("bare", bare, p.Method, p.Path), new("modular", modular, p.Method, p.Path), new("routing", routing, p.Method, p.Path), new("minimal", minimal, p.Method, p.Path),
        }).ToArray();

        for (var round = 0; round < rounds; round++)
            foreach (var question in questions) question.Best = Math.Min(question.Best, await Time(question));

        Console.WriteLine($"\n{rules} rules, ns a request | bare | Modular | routing | minimal APIs | Modular ÷ routing, less bare | ÷ minimal APIs, less bare\n---|---|---|---|---|---|---");
        foreach (var (name, times) in paths.Select(p => p.Name).Zip(questions.Chunk(4)))
        {
            var (b, m, r, a) = (times[0].Best, times[1].Best, times[2].Best, times[3].Best);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} | {b:F0} | {m:F0} | {r:F0} | {a:F0} | {(m - b) / (r - b):F2} | {(m - b) / (a - b):F2}"));
        }
    }

    static async Task<double> Time(Question question)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < RequestsEach; i++) await question.Contender.Ask(question.Method, question.Path);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / RequestsEach;
    }
}
