using System.CommandLine;

namespace Modular.Eng;

/// <summary><c>eng/compat</c>: released plugins with the newest core.</summary>
static class CompatCommand
{
    internal static Command Make(string root)
    {
        var core = new Option<string>("--core") { Description = "The repository with the core to test. Default: this one.", HelpName = "folder", DefaultValueFactory = _ => root };
        var only = new Option<string[]>("--package") { Description = "Only this plugin; may be repeated.", HelpName = "name" };
        var command = new Command("eng/compat",
            "Builds the released plugins and their tests from their tags, replaces their core with the newest one without compiling again, and runs the tests. Without tags it's a dry run: the plugins of this commit as 0.2.0, and the core as 0.2.1.")
        {
            core, only,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(root, Checks.RepositoryOf(parsed.GetRequiredValue(core)), parsed.GetValue(only) ?? [], cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string root, string coreRoot, IReadOnlyList<string> only, CancellationToken cancellationToken)
    {
        Directory.SetCurrentDirectory(root);
        var work = Directory.CreateTempSubdirectory("modular-compat-");
        try
        {
            var (git, steps, releases) = (new Git(root), new Steps(4), new List<PluginRelease>());
            await steps.RunAsync("find the released plugins", async () =>
            {
                releases.AddRange(await ReleasesAsync(git, only, cancellationToken));
                return string.Join(", ", releases.Select(release => $"{release.Plugin} {release.Version?.ToString() ?? "of this commit"}"));
            });
            var isDry = releases.All(release => release.Version is null);
            var tests = new List<(PluginRelease Release, string Program)>();
            await steps.RunAsync("build them with their tests", async () =>
            {
                foreach (var group in releases.GroupBy(release => release.Commit))
                    tests.AddRange(await BuildAsync(git, group.Key, [.. group], Path.Combine(work.FullName, $"{work.Name}-{tests.Count}"), isDry, cancellationToken));
            });
            var core = Path.Combine(work.FullName, "core");
            await steps.RunAsync("build the newest core and copy it to them", async () =>
            {
                var clone = await new Git(coreRoot).CloneAsync(Path.Combine(work.FullName, "newest"), "HEAD", cancellationToken);
                await BuildAsync("The newest core can't be built.", [Path.Combine(clone.Folder, "src", "Core"), "-o", core, isDry ? "-p:MinVerVersionOverride=0.2.1" : "-p:MinVerSkip=false"], cancellationToken);
                foreach (var old in Directory.EnumerateFiles(work.FullName, "Modular.Core.dll", SearchOption.AllDirectories).Where(file => file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList())
                    foreach (var end in (string[])["dll", "pdb"]) File.Copy(Path.Combine(core, $"Modular.Core.{end}"), Path.ChangeExtension(old, end), overwrite: true);
                return System.Diagnostics.FileVersionInfo.GetVersionInfo(Path.Combine(core, "Modular.Core.dll")).ProductVersion!.Split('+')[0];
            });
            await steps.RunAsync("run the tests of the plugins with it", () => TestAsync(tests, cancellationToken));
            Console.WriteLine($"\nThe released plugins work with the newest core ({steps.Time})");
            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    static async Task<List<PluginRelease>> ReleasesAsync(Git git, IReadOnlyList<string> only, CancellationToken cancellationToken)
    {
        var plugins = Package.Find(git.Folder).Where(package => package.Id is not (Package.Core or Package.Templates) && Directory.Exists(Path.Combine(git.Folder, "tests", TestsOf(package)))).ToList();
        if (only.FirstOrDefault(id => !plugins.Exists(plugin => plugin.Id == id)) is { } unknown)
            throw new ReleaseException($"There is no plugin \"{unknown}\" with tests of its own. Choose from {string.Join(", ", plugins)}.");
        var (releases, head) = (new List<PluginRelease>(), await git.RunAsync(cancellationToken, "rev-parse", "HEAD"));
        foreach (var plugin in plugins.Where(plugin => only.Count == 0 || only.Contains(plugin.Id)))
            if ((await git.VersionsAsync(plugin.Id, cancellationToken)).LastOrDefault(tag => !tag.Version.IsPreRelease) is { Version: { } version } tag) releases.Add(new(plugin, version, tag.Commit));
        return releases.Count > 0 ? releases : [.. plugins.Where(plugin => only.Count == 0 || only.Contains(plugin.Id)).Select(plugin => new PluginRelease(plugin, null, head))];
    }

    static async Task<List<(PluginRelease, string)>> BuildAsync(Git git, string commit, IReadOnlyList<PluginRelease> releases, string folder, bool isDry, CancellationToken cancellationToken)
    {
        var clone = await git.CloneAsync(folder, commit, cancellationToken);
        var filter = Path.Combine(folder, "compat.slnf");
        var projects = releases.Select(release => $"tests\\\\{TestsOf(release.Plugin)}\\\\Modular.{TestsOf(release.Plugin)}.csproj");
        await File.WriteAllTextAsync(filter, $$"""{ "solution": { "path": "Modular.sln", "projects": [{{string.Join(", ", projects.Select(project => $"\"{project}\""))}}] } }""", cancellationToken);
        await BuildAsync("The released plugins can't be built from their tags.", [filter, isDry ? "-p:MinVerVersionOverride=0.2.0" : "-p:MinVerSkip=false"], cancellationToken);
        return [.. releases.Select(release => (release, Path.Combine(folder, "tests", TestsOf(release.Plugin), "bin", "Debug", "net10.0", $"Modular.{TestsOf(release.Plugin)}.dll")))];
    }

    static async Task BuildAsync(string failure, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var output = new List<string>();
        if (await Shell.RunAsync(DotNet.Program, ["build", .. arguments, "--nologo", "-nodeReuse:false", "-v", "quiet", "-p:RunAnalyzersDuringBuild=false"], output.Add, cancellationToken) != 0)
            throw new ReleaseException($"{failure} Correct what it reported, and try again.\n{string.Join('\n', output.Distinct().Take(20))}");
    }

    static async Task<string> TestAsync(IReadOnlyList<(PluginRelease Release, string Program)> tests, CancellationToken cancellationToken)
    {
        var failed = new List<(PluginRelease Release, string Program)>();
        await Parallel.ForEachAsync(tests, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (test, token) =>
        {
            if (await FailuresAsync(test.Program, token) is not null) lock (failed) failed.Add(test);
        });
        // Once more, alone, because a test may time out on a busy machine. A test that the core breaks fails again.
        var broken = new List<string>();
        foreach (var (release, program) in failed)
            if (await FailuresAsync(program, cancellationToken) is { } failures) broken.Add($"{release.Plugin} {release.Version}: {failures}");
        return broken.Count == 0 ? $"{tests.Count} {(tests.Count == 1 ? "plugin" : "plugins")}" : throw new ReleaseException(
            $"The newest core breaks {broken.Count} of {tests.Count} released plugins. Restore the API that they use, or release a new major version of the core.\n{string.Join('\n', broken)}");
    }

    // Without the tests that need other programs. Null when all pass.
    static async Task<string?> FailuresAsync(string program, CancellationToken cancellationToken)
    {
        var output = new List<string>();
        var code = await Shell.RunAsync(DotNet.Program, [program, "-noLogo", "-noColor", "-noAutoReporters", "-trait-", "category=system"], output.Add, cancellationToken, ("DOTNET_HOST_PATH", DotNet.Program));
        return code == 0 ? null : string.Join("\n  ", output.Where(IsTelling).Distinct().Take(12));
    }

    static bool IsTelling(string line) => line.EndsWith("[FAIL]", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal) || line.Contains("Total:", StringComparison.Ordinal);

    static string TestsOf(Package plugin) => $"{plugin.Id["Modular.".Length..]}.Tests";

    /// <param name="Version">Null in a dry run.</param>
    sealed record PluginRelease(Package Plugin, SemVersion? Version, string Commit);
}
