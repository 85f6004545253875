using System.Reflection;

namespace Modular.Testing.Conformance;

/// <summary>
/// Tests what every plugin promises. Each check is one test, or <see cref="RunAsync(CancellationToken)"/> runs all of them.
/// </summary>
/// <remarks>
/// A check creates its own applications in this process: the plugins of <see cref="With"/>, the plugin, then <see cref="Uses"/>.
/// </remarks>
/// <example><code>
/// static readonly PluginConformance Kit = new(app => app.UseVisits())
/// {
///     With = [app => app.UseSessions(new() { SecretKey = "a key for the tests" })],
///     Uses = app => app.Get("/visits", () => $"{Current.Visits.Count}"),
///     Paths = ["/visits"],
/// };
/// public static IEnumerable&lt;object[]> Names => Kit.Checks.Select(check => new object[] { check.Name });
/// [Theory, MemberData(nameof(Names))] public Task It_conforms(string check) => Kit.RunAsync(check);
/// </code></example>
public sealed class PluginConformance
{
    readonly Action<ModularApp> _install;
    readonly Func<IPlugin>? _create;

    /// <summary>Tests the plugin that a method of its package installs.</summary>
    /// <param name="install">Such as <c>app => app.UseVisits()</c>. Called once for each application.</param>
    public PluginConformance(Action<ModularApp> install) => (_install, Checks) = (install, MakeChecks());

    /// <summary>Tests a plugin, and also that one object of it can serve several applications.</summary>
    /// <param name="create">Creates the plugin with its options.</param>
    public PluginConformance(Func<IPlugin> create) : this(app => app.Use(create()))
    {
        _create = create;
        InstallFor = (app, blueprint) => app.Use(create(), onlyFor: blueprint);
    }

    /// <summary>What the plugin needs: one installation for each required plugin, with its options. Default: nothing.</summary>
    public IReadOnlyList<Action<ModularApp>> With { get; init; } = [];

    /// <summary>
    /// Installs the plugin for one blueprint: <c>(app, blueprint) => app.Use(new VisitsPlugin(), onlyFor: blueprint)</c>. Default: with the
    /// function that creates the plugin; without one, null, so that isn't tested.
    /// </summary>
    public Action<ModularApp, Blueprint>? InstallFor { get; init; }

    /// <summary>Plugins that are installed next to it, before and after. It must not depend on them. Default: nothing.</summary>
    public IReadOnlyList<Action<ModularApp>> Beside { get; init; } = [];

    /// <summary>Adds views that use the plugin. Default: nothing, so only requests that don't use it are sent.</summary>
    public Action<ModularApp>? Uses { get; init; }

    /// <summary>
    /// Paths of <see cref="Uses"/>, each for a GET that must not fail. The field <c>marker</c> of the query is different for each visitor:
    /// a view that returns it shows when visitors are mixed up.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>What a visitor does beyond <see cref="Paths"/>, such as a log-in. Receives the visitor's client and marker.</summary>
    public IReadOnlyList<Func<TestClient, string, Task<TestResponse>>> Visits { get; init; } = [];

    /// <summary>Installations with wrong options. Each must be reported by the options, the installation or the start.</summary>
    public IReadOnlyList<(string Name, Action<ModularApp> Install)> WrongOptions { get; init; } = [];

    /// <summary>Static members that may change, such as a cache by type: <c>MyPlugin.Readers</c>. Default: none.</summary>
    public IReadOnlyList<string> AllowedStatics { get; init; } = [];

    /// <summary>
    /// The bytes that the plugin may allocate for a request that doesn't use it. Default 1,024. Null: every request uses it, such as for a
    /// request log.
    /// </summary>
    public int? AllocationBudget { get; init; } = 1024;

    /// <summary>False for a plugin that can't be trimmed or compiled ahead of time, such as one for development. Default true.</summary>
    public bool IsTrimmable { get; init; } = true;

    /// <summary>The plugin's id. Null: the one that the installation adds, and of several, the innermost.</summary>
    public string? Id { get; init; }

    /// <summary>The plugin's assembly. Null: the loaded assembly with the name of its id.</summary>
    public Assembly? Assembly { get; init; }

    /// <summary>The options of the applications. Null: the defaults.</summary>
    public Func<ModularOptions>? Options { get; init; }

    /// <summary>The checks. Their names are the same for every plugin.</summary>
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

    internal Action<ModularApp> Install => _install;

    internal Func<IPlugin>? Create => _create;

    IReadOnlyList<ConformanceCheck> MakeChecks()
    {
        return
        [
            Check("The manifest is complete", ManifestChecks.IsComplete),
            Check("It says what it needs", ManifestChecks.SaysWhatItNeeds),
            Check("It is ready for trimming and native AOT", ManifestChecks.IsTrimmable),
            Check("It installs in any order", InstallChecks.InAnyOrder),
            Check("What it sends doesn't depend on the order", BesideChecks.SendOrder),
            Check("A second installation is reported", InstallChecks.Twice),
            Check("A conflict is reported", BesideChecks.Conflicts),
            Check("For one blueprint it acts only there", BesideChecks.OnlyForABlueprint),
            Check("Install only declares", InstallChecks.OnlyDeclares),
            Check("Wrong options are reported at start-up", InstallChecks.WrongOptions),
            Check("Two applications share nothing", ApplicationChecks.ShareNothing),
            Check("It works in a mounted application", ApplicationChecks.Mounted),
            Check("It ends with the application", ApplicationChecks.Ends),
            Check("It keeps no static state", StaticChecks.KeepsNone),
            Check("It keeps no application alive", StaticChecks.ReleasesApplications),
            Check("1,000 interleaved requests share nothing", RequestChecks.ShareNothing),
            Check("It survives disconnected clients", AbortChecks.Survives),
            Check("Requests that don't use it cost nothing", CostChecks.CostsNothing),
        ];

        ConformanceCheck Check(string name, Func<PluginUnderTest, Findings, CancellationToken, Task> run) =>
            new(name, () => new PluginUnderTest(this).Subject, (findings, cancellationToken) =>
                run(new(this), findings, cancellationToken));
    }
}
