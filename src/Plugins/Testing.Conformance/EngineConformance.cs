namespace Modular.Testing.Conformance;

/// <summary>
/// Tests what every template engine promises: escaping, layouts, reloading, limits, threads and errors. Each check is one test, or
/// <see cref="RunAsync(CancellationToken)"/> runs all of them.
/// </summary>
/// <example><code>
/// static readonly EngineConformance Kit = new(new DollarDialect());
/// public static IEnumerable&lt;object[]> Names => Kit.Checks.Select(check => new object[] { check.Name });
/// [Theory, MemberData(nameof(Names))] public Task It_conforms(string check) => Kit.RunAsync(check);
/// </code></example>
public sealed class EngineConformance
{
    readonly EngineDialect _dialect;

    /// <summary>Tests an engine.</summary>
    /// <param name="dialect">Installs the engine and writes its language.</param>
    public EngineConformance(EngineDialect dialect) => (_dialect, Checks) = (dialect, MakeChecks());

    /// <summary>The checks. Their names are the same for every engine.</summary>
    public IReadOnlyList<ConformanceCheck> Checks { get; }

    /// <summary>Runs all checks one after the other.</summary>
    /// <exception cref="ConformanceException">Promises aren't kept. All of them are in the message.</exception>
    public Task RunAsync(CancellationToken cancellationToken = default) => ConformanceCheck.RunAllAsync(Checks, cancellationToken);

    /// <summary>Runs one check, for a test for each name.</summary>
    /// <param name="check">The name of the check.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ConformanceException">The promise isn't kept.</exception>
    public Task RunAsync(string check, CancellationToken cancellationToken = default) =>
        ConformanceCheck.Named(Checks, check).RunAsync(cancellationToken);

    IReadOnlyList<ConformanceCheck> MakeChecks()
    {
        return
        [
            Check("Every value is escaped in every position", EscapingChecks.EveryPosition),
            Check("Escaped text reads back as it was", EscapingChecks.ReadsBack),
            Check("Markup is never escaped again", EscapingChecks.Markup),
            Check("Values of each type are written alike", EscapingChecks.Types),
            Check("JSON is safe in scripts and attributes", EscapingChecks.Json),
            Check("Plain text isn't escaped and isn't a page", EscapingChecks.PlainText),
            Check("Values, filters and functions reach the page", PageChecks.Values),
            Check("Layouts fill blocks over three levels", PageChecks.Layouts),
            Check("Two applications share nothing", PageChecks.TwoApplications),
            Check("A page is the same in every culture", PageChecks.Cultures),
            Check("A changed file is used with all that includes it", ReloadChecks.Changes),
            Wait("Parallel first pages compile a template once", ReloadChecks.CompilesOnce),
            Wait("Parallel pages mix no values", ReloadChecks.MixesNothing),
            Wait("Awaited and streamed pages are the same", PageChecks.Asynchronous),
            Check("Loops, output, depth and time have limits", LimitChecks.Limits),
            Check("A disconnected client ends its page", LimitChecks.Disconnects),
            Check("A mistake has its template and its place", ErrorChecks.Places),
            Check("An error is thrown as it is", ErrorChecks.Kinds),
            Check("Templates read data and not the runtime", SafetyChecks.Reads),
            Check("Values that aren't data aren't written", SafetyChecks.Writes),
            Check("A name can't leave the folders", SafetyChecks.Names),
        ];

        ConformanceCheck Check(string name, Action<EngineUnderTest, Findings> run) => Wait(name, (engine, findings, _) =>
        {
            run(engine, findings);
            return Task.CompletedTask;
        });

        ConformanceCheck Wait(string name, Func<EngineUnderTest, Findings, CancellationToken, Task> run) =>
            new(name, () => $"The engine {_dialect.Name}", async (findings, cancellationToken) =>
            {
                using var engine = new EngineUnderTest(_dialect);
                await run(engine, findings, cancellationToken);
            });
    }
}
