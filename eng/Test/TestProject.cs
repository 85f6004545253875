namespace Modular.Eng;

/// <summary>A project below tests/ whose name ends with .Tests.</summary>
sealed record TestProject(string File)
{
    // These take longest, so they start first.
    static readonly string[] Longest = ["Microblog.Tests", "Reload.Tests", "Core.Generators.Tests", "Debugger.Tests", "Proofs.Tests", "Core.Tests", "Templating.Tests", "Testing.Conformance.Tests"];

    // Tests that start programs, look for counterexamples among thousands of cases, and compile the docs.
    static readonly string[] NotUnit = ["system", "search", "docs"];

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    internal string Name => Path.GetFileName(Path.GetDirectoryName(File)!);

    int Rank => Array.IndexOf(Longest, Name) is >= 0 and var rank ? rank : Longest.Length;

    /// <exception cref="UsageException">There is no project with the name.</exception>
    internal static IReadOnlyList<TestProject> Find(string root, IReadOnlyList<string> names)
    {
        var all = Directory.GetDirectories(Path.Combine(root, "tests"), "*.Tests").SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
            .Select(file => new TestProject(file)).OrderBy(project => project.Rank).ThenBy(project => project.Name, StringComparer.Ordinal).ToList();
        var wrong = names.FirstOrDefault(name => !all.Any(project => project.Is(name)));
        return wrong is null ? [.. all.Where(project => names.Count == 0 || names.Any(project.Is))]
            : throw new UsageException($"There is no test project \"{wrong}\". The projects are {string.Join(", ", all.Select(project => project.Name).Order(StringComparer.Ordinal))}.");
    }

    /// <summary>Runs its tests in a process.</summary>
    /// <param name="onFailure">Receives the name of each test as soon as it has failed.</param>
    internal async Task<TestRun> RunAsync(Options options, string results, Action<string> onFailure, CancellationToken cancellationToken)
    {
        var (xml, output) = (Path.Combine(results, $"{Name}.xml"), new List<string>());
        System.IO.File.Delete(xml);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Patience);
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            await Shell.RunAsync(DotNet, [Program(options.Configuration), "-noLogo", "-noColor", "-noAutoReporters", "-xml", xml, .. Selection(options)], line =>
            {
                output.Add(line);
                if (line.EndsWith(" [FAIL]", StringComparison.Ordinal)) onFailure(line.Trim()[..^" [FAIL]".Length]);
            }, end.Token, ("DOTNET_HOST_PATH", DotNet));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            output.Add($"{Name} did not end within {Patience.TotalMinutes} minutes and was stopped.");
        }
        await System.IO.File.WriteAllLinesAsync(Path.Combine(results, $"{Name}.log"), output, cancellationToken);
        return TestRun.Read(this, xml, output, TimeProvider.System.GetElapsedTime(start));
    }

    internal static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : Environment.ProcessPath!;

    static string[] Selection(Options options) => (options.Filter, options.Unit) switch
    {
        (null, false) => [],
        (null, true) => [.. NotUnit.SelectMany(category => (string[])["-trait-", $"category={category}"])],
        ({ } filter, false) => ["-filterVSTest", filter],
        ({ } filter, true) => ["-filterVSTest", string.Join('&', [$"({filter})", .. NotUnit.Select(category => $"category!={category}")])],
    };

    string Program(string configuration)
    {
        var folder = Path.Combine(Path.GetDirectoryName(File)!, "bin", configuration, "net10.0");
        var program = Path.Combine(folder, Path.GetFileNameWithoutExtension(File) + ".dll");
        return System.IO.File.Exists(program) ? program : throw new UsageException($"{Name} isn't built in {configuration}: there is no {program}. Leave out --no-build.");
    }

    bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Name.Equals($"{name}.Tests", StringComparison.OrdinalIgnoreCase);
}
