namespace Modular.Testing.Conformance;

/// <summary>A plugin or an engine breaks promises. The message lists all of them.</summary>
public sealed class ConformanceException : Exception
{
    internal ConformanceException(string subject, IReadOnlyList<ConformanceProblem> problems, Exception? inner)
        : base(Tell(subject, problems), inner) => Problems = problems;

    /// <summary>What was found, in the order of the checks. At most five for each check.</summary>
    public IReadOnlyList<ConformanceProblem> Problems { get; }

    static string Tell(string subject, IReadOnlyList<ConformanceProblem> problems)
    {
        var promises = problems.DistinctBy(problem => problem.Check).Count();
        return $"{subject} breaks {promises} promise{(promises == 1 ? "" : "s")}.\n"
            + string.Join('\n', problems.Select((problem, i) => $"{i + 1}. {problem}"));
    }
}
