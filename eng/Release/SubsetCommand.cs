using System.CommandLine;

namespace Modular.Eng;

/// <summary><c>.ci/subset-check FEED</c>: the packages in all sensible combinations, and in wrong ones.</summary>
static class SubsetCommand
{
    internal static Command Make(string root)
    {
        var feed = new Argument<string>("feed") { Description = "The folder with all packages in one version each." };
        var command = new Command(".ci/subset-check",
            "Creates a program for each package with its dependencies, for each pair and for all, and wrong programs. Restores them from the feed, builds them, starts them and requests a page.") { feed };
        command.SetAction((parsed, cancellationToken) => RunAsync(root, Path.GetFullPath(parsed.GetRequiredValue(feed)), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string root, string feed, CancellationToken cancellationToken)
    {
        var work = Directory.CreateTempSubdirectory("modular-subsets-");
        try
        {
            var steps = new Steps(3);
            var packages = Package.Find(root).Where(package => package.Id != Package.Templates).ToList();
            var versions = packages.ToDictionary(package => package.Id, package => Newest(feed, package.Id));
            var dotnet = new DotNet(work.FullName);
            var consumers = new Consumers(dotnet, packages, Path.Combine(work.FullName, "programs"), [feed]);
            var sets = Sets(packages);
            await steps.RunAsync($"restore and build {sets.Count} combinations and {WrongPrograms.All.Count} wrong programs", async () =>
            {
                foreach (var set in sets) await consumers.AddAsync(Versioned(set), cancellationToken);
                foreach (var wrong in WrongPrograms.All) await consumers.AddAsync(wrong.Name, Versioned(wrong.Packages), wrong.Text, cancellationToken);
                await consumers.BuildAsync(cancellationToken);
            });
            await steps.RunAsync("start each combination and request its page", () => consumers.AskAllAsync(name => WrongPrograms.All.All(wrong => wrong.Name != name), cancellationToken));
            await steps.RunAsync("start the wrong programs and read their reports", async () =>
            {
                foreach (var wrong in WrongPrograms.All)
                {
                    var report = wrong.Report.Replace("{core}", versions[Package.Core].Numbers, StringComparison.Ordinal);
                    var (answer, output) = await consumers.AskAsync(wrong.Name, cancellationToken);
                    if (answer.Length > 0 || !output.Contains(report, StringComparison.Ordinal)) throw new ReleaseException(
                        $"The program {wrong.Name} must report \"{report}\" and end. Correct the report, or this check.\n{answer}\n{output}");
                }
                return $"{WrongPrograms.All.Count} reports";
            });
            Console.WriteLine($"subset check passed in {steps.Time}");
            return 0;

            IReadOnlyList<(string, SemVersion)> Versioned(IEnumerable<string> ids) => [.. ids.Select(id => (id, versions[id]))];
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    // Each package, each pair that isn't one package with its dependencies, and all packages.
    static List<IReadOnlyList<string>> Sets(IReadOnlyList<Package> packages)
    {
        var (sets, seen) = (new List<IReadOnlyList<string>>(), new HashSet<string>());
        foreach (var package in packages) Add(package.Id);
        foreach (var (i, one) in packages.Index())
            foreach (var other in packages.Skip(i + 1)) Add(one.Id, other.Id);
        Add([.. packages.Select(package => package.Id)]);
        return sets;

        void Add(params string[] ids)
        {
            if (seen.Add(string.Join(' ', Package.WithNeeds(packages, ids)))) sets.Add(ids);
        }
    }

    static SemVersion Newest(string feed, string id) =>
        (Directory.Exists(feed) ? Directory.EnumerateFiles(feed, $"{id}.*.nupkg") : []).Select(file => SemVersion.TryParse(Path.GetFileNameWithoutExtension(file)[(id.Length + 1)..])).Max()
            ?? throw new ReleaseException($"The feed {feed} has no package {id}. Pack it: dotnet pack Modular.sln -c Release -o FEED.");
}
