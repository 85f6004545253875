using System.Globalization;

namespace Modular.Eng;

/// <summary>The summary at the end.</summary>
sealed class Report(IReadOnlyList<TestRun> runs, Options options)
{
    int Passed => runs.Sum(run => run.Passed);

    int Failed => runs.Sum(run => run.Failures.Count);

    IReadOnlyList<SkippedTest> Skipped => [.. runs.SelectMany(run => run.Skipped)];

    /// <returns>The exit code.</returns>
    internal int Print()
    {
        foreach (var failure in runs.SelectMany(run => run.Failures)) Console.WriteLine($"\nFAILED {failure}");
        PrintSkipped();
        Console.WriteLine($"\nThe longest: {string.Join(", ", runs.OrderByDescending(run => run.Time).Take(5).Select(run => $"{run.Project.Name} {Seconds(run.Time)}"))}");
        if (Passed + Failed + Skipped.Count == 0) Console.WriteLine(options.Filter is { } filter
            ? $"\nNo {(options.Unit ? "unit " : "")}test was found for --filter \"{filter}\". Write it as for dotnet test, such as FullyQualifiedName~Routing{(options.Unit ? ", or leave out --unit" : "")}."
            : "\nNo unit test was found. Leave out --unit.");
        if (!options.Skips && Skipped.Count > 0) Console.WriteLine("\n--no-skips: the skipped tests make this run a failure.");
        Console.WriteLine($"\n{Passed} passed, {Failed} failed, {Skipped.Count} skipped");
        return Failed > 0 || Passed == 0 || (!options.Skips && Skipped.Count > 0) ? 1 : 0;
    }

    internal static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);

    void PrintSkipped()
    {
        var missing = Enum.GetValues<Tool>().Where(tool => Tools.Find(tool) is null)
            .Select(tool => (Name: Tools.Name(tool), Remedy: Tools.Remedy(tool), Count: Skipped.Count(test => test.Needs.Contains(Tools.TraitOf(tool))))).Where(row => row.Count > 0).ToList();
        if (missing.Count > 0)
        {
            var (names, remedies) = (missing.Max(row => row.Name.Length), missing.Max(row => row.Remedy.Length));
            Console.WriteLine($"\n{"missing".PadRight(names)}  {"how to get it on Debian".PadRight(remedies)}  skipped tests");
            foreach (var (name, remedy, count) in missing) Console.WriteLine($"{name.PadRight(names)}  {remedy.PadRight(remedies)}  {count,13}");
        }
        foreach (var test in Skipped.Where(test => test.Needs.Count == 0)) Console.WriteLine($"\nSKIPPED {test.Name}: {test.Reason}");
    }
}
