namespace Modular.Testing.Conformance;

/// <summary>A plugin or an engine breaks promises. The message lists all of them.</summary>
public sealed class ConformanceException : Exception
{
    internal ConformanceException(string subject, IReadOnlyList<ConformanceProblem> problems, Exception? inner)
        : base(Tell(subject, problems), inner) => Problems = problems;

    /// <summary>The promises that aren't kept, in the order of the checks.</summary>
    public IReadOnlyList<ConformanceProblem> Problems { get; }

    static string Tell(string subject, IReadOnlyList<ConformanceProblem> problems) =>
        $"{subject} breaks {problems.Count} promise{(problems.Count == 1 ? "" : "s")}.\n"
        + string.Join('\n', problems.Select((problem, i) => $"{i + 1}. {problem}"));
}
