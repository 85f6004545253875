using System.Runtime.InteropServices;
using Modular.Eng;

// The one command for all tests; ./test and test.ps1 start it. The first argument is the repository's folder.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return await RunAsync(args[0], Options.Parse(args[1..]), stop.Token);
}
catch (UsageException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("\nStopped.");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static async Task<int> RunAsync(string root, Options options, CancellationToken cancellationToken)
{
    if (options.ShowHelp)
    {
        Console.WriteLine(Options.Help);
        return 0;
    }
    if (Tools.Mistake is { } mistake) throw new UsageException(mistake);
    var projects = TestProject.Find(root, options.Projects);
    if (!options.Unit) await ToolsAsync(options, cancellationToken);
    if (options.Build && await BuildAsync(root, projects, options, cancellationToken) is not 0 and var code) return code;

    var results = Directory.CreateDirectory(Path.Combine(root, "artifacts", "tests")).FullName;
    var (runs, start) = (new List<TestRun>(), TimeProvider.System.GetTimestamp());
    Console.WriteLine($"Running {projects.Count} test {(projects.Count == 1 ? "project" : "projects")}, {options.Jobs} at the same time; results are in {results}");
    await Parallel.ForEachAsync(projects, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellationToken }, async (project, token) =>
    {
        var run = await project.RunAsync(options, results, test => Console.WriteLine($"  FAILED {test}"), token);
        lock (runs)
        {
            runs.Add(run);
            Console.WriteLine($"{runs.Count,3}/{projects.Count} {project.Name,-26} {run.Passed,5} passed {run.Failures.Count,3} failed {run.Skipped.Count,3} skipped {Report.Seconds(run.Time),9}");
        }
    });
    Console.WriteLine($"All tests took {Report.Seconds(TimeProvider.System.GetElapsedTime(start))}");
    return new Report(runs, options).Print();
}

static async Task ToolsAsync(Options options, CancellationToken cancellationToken)
{
    await Installer.FindNuAsync(cancellationToken);
    // MODULAR_TEST_WITHOUT removes tools on purpose, so they aren't installed.
    if (options.Install && Environment.GetEnvironmentVariable("MODULAR_TEST_WITHOUT") is null or "") await Installer.InstallAsync(Missing(), cancellationToken);
    if (Missing() is { Count: > 0 } missing) Console.WriteLine($"Tests that need {string.Join(", ", missing.Select(Tools.Name))} will be skipped.");

    static List<Tool> Missing() => [.. Enum.GetValues<Tool>().Where(tool => Tools.Find(tool) is null)];
}

static async Task<int> BuildAsync(string root, IReadOnlyList<TestProject> projects, Options options, CancellationToken cancellationToken)
{
    var start = TimeProvider.System.GetTimestamp();
    string[] targets = options.Projects.Count == 0 ? [Path.Combine(root, "Modular.sln")] : [.. projects.Select(project => project.File)];
    foreach (var target in targets)
    {
        var output = new List<string>();
        var code = await Shell.RunAsync(TestProject.DotNet, ["build", target, "-c", options.Configuration, "--nologo", "-v", "quiet"], output.Add, cancellationToken);
        if (code == 0) continue;
        Console.Error.WriteLine(string.Join('\n', output));
        return code;
    }
    Console.WriteLine($"The build took {Report.Seconds(TimeProvider.System.GetElapsedTime(start))}");
    return 0;
}
