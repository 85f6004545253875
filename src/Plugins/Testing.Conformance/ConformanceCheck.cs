namespace Modular.Testing.Conformance;

/// <summary>One promise, as a test. Its text is its name, which test frameworks show.</summary>
/// <remarks>Thread: checks run in any order and concurrently. Each creates its own applications.</remarks>
public sealed class ConformanceCheck
{
    readonly Func<string> _subject;
    readonly Func<Findings, CancellationToken, Task> _run;

    internal ConformanceCheck(string name, Func<string> subject, Func<Findings, CancellationToken, Task> run) =>
        (Name, _subject, _run) = (name, subject, run);

    /// <summary>The promise, such as <c>It installs in any order</c>.</summary>
    public string Name { get; }

    /// <summary>Runs the check.</summary>
    /// <exception cref="ConformanceException">The promise isn't kept.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var findings = await FindAsync(cancellationToken);
        if (findings.Problems.Count > 0) throw new ConformanceException(_subject(), findings.Problems, findings.Cause);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Runs all checks one after the other, so that the times and the memory of one don't disturb another.</summary>
    internal static async Task RunAllAsync(IEnumerable<ConformanceCheck> checks, CancellationToken cancellationToken)
    {
        List<ConformanceProblem> problems = [];
        var (subject, cause) = ((Func<string>?)null, (Exception?)null);
        foreach (var check in checks)
        {
            var findings = await check.FindAsync(cancellationToken);
            problems.AddRange(findings.Problems);
            (subject, cause) = (check._subject, cause ?? findings.Cause);
        }
        if (problems.Count > 0) throw new ConformanceException(subject!(), problems, cause);
    }

    /// <summary>The check of this name.</summary>
    internal static ConformanceCheck Named(IReadOnlyList<ConformanceCheck> checks, string name) =>
        checks.FirstOrDefault(check => check.Name == name) ?? throw new ArgumentException(
            $"There is no check \"{name}\".{Suggest.DidYouMean(name, checks.Select(check => check.Name))} " +
            $"Write one of: {string.Join(", ", checks.Select(check => $"\"{check.Name}\""))}.", nameof(name));

    async Task<Findings> FindAsync(CancellationToken cancellationToken)
    {
        var findings = new Findings(Name);
        try
        {
            await _run(findings, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            findings.Threw(error);
        }
        return findings;
    }
}
