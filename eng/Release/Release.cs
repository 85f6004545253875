using System.Xml.Linq;

namespace Modular.Eng;

/// <summary>One release, from the checks to the feed. All work is done in a clone, in a temporary folder.</summary>
sealed class Release(Git git, ReleasePlan plan, ReleaseOptions options, string work)
{
    readonly DotNet _dotnet = new(work);
    readonly string _out = Path.Combine(work, "out");
    Git _clone = null!;

    SemVersion Version => options.Version;

    internal static async Task<int> RunAsync(string root, ReleaseOptions options, CancellationToken cancellationToken)
    {
        Directory.SetCurrentDirectory(root);     // local tools are looked up from here
        var work = Directory.CreateTempSubdirectory("modular-release-");
        try
        {
            var git = new Git(root);
            var steps = new Steps(options.Tags ? options.Source is null ? 9 : 10 : 8);
            ReleasePlan? plan = null;
            await steps.RunAsync("working tree, versions and change logs", async () =>
            {
                plan = await ReleasePlan.MakeAsync(git, options, cancellationToken);
                if (options.Source is { } source) await CheckSourceAsync(new(work.FullName), source, cancellationToken);
                return $"{string.Join(", ", plan.Released)} {options.Version}, {(plan.Baselines.Count == 0 ? "compared with no release" : $"compared with {string.Join(", ", plan.Baselines.Values.Distinct())}")}";
            });
            foreach (var (package, version, isNew) in plan!.Companions)
                Console.WriteLine($"      with {package} {version}, {(isNew ? "which was never released" : "which has its tag on the same commit")}");
            foreach (var (package, version) in plan.Bought) Console.WriteLine($"      built with the released {package} {version}");
            await new Release(git, plan, options, work.FullName).RunAsync(steps, cancellationToken);
            Console.WriteLine($"\n{(options.Tags ? "Released" : "The dry run passed")} in {steps.Time}. The packages are in {options.Feed}");
            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    async Task RunAsync(Steps steps, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Feed);
        Directory.CreateDirectory(_out);
        await steps.RunAsync("clone, public API, tags", () => PrepareAsync(cancellationToken));
        await steps.RunAsync("pack, and compare with the last release", () => PackAsync(cancellationToken));
        await steps.RunAsync("check the packages", async () =>
        {
            var commit = await _clone.RunAsync(cancellationToken, "rev-parse", "HEAD");
            foreach (var (package, version) in plan.Packed(Version)) PackageCheck.Run(_out, package, version, commit, Allowed());
        });
        await steps.RunAsync("SBOM", () => new Sbom(_dotnet, _clone.Folder, work, [_out, options.Feed]).WriteAsync(_out, plan.Packed(Version), cancellationToken));
        await steps.RunAsync("try each package in a fresh project", async () =>
        {
            var consumers = new Consumers(_dotnet, Package.Find(_clone.Folder), Path.Combine(work, "consumers"), [_out, options.Feed]);
            return await consumers.TryAsync([.. plan.Released.Select(package => new[] { (package.Id, Version) })], cancellationToken);
        });
        await steps.RunAsync("checksums", () => Checksums.WriteAsync(_out, plan.Packed(Version), cancellationToken));
        await steps.RunAsync("feed", async () =>
        {
            foreach (var file in Directory.EnumerateFiles(_out)) File.Copy(file, Path.Combine(options.Feed, Path.GetFileName(file)), overwrite: true);
            return $"{Directory.EnumerateFiles(_out).Count()} files";
        });
        if (options.Tags) await steps.RunAsync("commit and tags", () => TagAsync(cancellationToken));
        if (options.Source is { } source) await steps.RunAsync($"push to {source}", () => PushAsync(source, cancellationToken));
    }

    // The versions of our packages that a package may depend on.
    Dictionary<string, SemVersion> Allowed() => plan.Packed(Version).Concat(plan.Bought).ToDictionary(pair => pair.Package.Id, pair => pair.Version);

    IEnumerable<Package> Fresh => plan.Companions.Where(companion => companion.IsNew).Select(companion => companion.Package).Concat(plan.Released);

    string Tag(Package package) => $"{package.Id}-{Version}";

    async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        _clone = await git.CloneAsync(Path.Combine(work, "clone"), plan.Commit, cancellationToken);
        // Without an address that SourceLink knows, debuggers don't find the sources.
        var home = XDocument.Load(Path.Combine(_clone.Folder, "eng", "Package.props")).Descendants("RepositoryUrl").Single().Value;
        await _clone.RunAsync(cancellationToken, "remote", "set-url", "origin", home);
        var moved = new List<Package>();
        if (!Version.IsPreRelease)
            foreach (var package in Fresh)
                if (await PublicApi.ShipAsync(Path.Combine(_clone.Folder, package.Folder), cancellationToken)) moved.Add(package);
        if (moved.Count > 0) await CommitAsync($"Release {(options.Package is null ? "all packages" : string.Join(", ", Fresh))} {Version}", cancellationToken);
        foreach (var package in Fresh) await _clone.RunAsync(cancellationToken, "tag", "--force", Tag(package));
        await WriteReleasedAsync(cancellationToken);
        return moved.Count == 0 ? "no new public API" : $"new public API in {string.Join(", ", moved)}";
    }

    async Task CommitAsync(string message, CancellationToken cancellationToken)
    {
        // A build server has no user name.
        var name = await Shell.OutputAsync("git", ["-C", git.Folder, "config", "user.name"], cancellationToken) ?? "Modular's release";
        var address = await Shell.OutputAsync("git", ["-C", git.Folder, "config", "user.email"], cancellationToken) ?? "release@localhost";
        await _clone.RunAsync(cancellationToken, "-c", $"user.name={name}", "-c", $"user.email={address}", "commit", "--quiet", "--all", "--message", message);
    }

    // Properties for eng/Package.props and the plugins' targets: the last versions, and the packages to build with.
    async Task WriteReleasedAsync(CancellationToken cancellationToken)
    {
        var bought = plan.Bought.ToDictionary(pair => pair.Package.Id, pair => pair);
        XElement For(Package package) => new("PropertyGroup", new XAttribute("Condition", $"'$(MSBuildProjectName)' == '{package.Id}'"),
            plan.Baselines.TryGetValue(package.Id, out var baseline) && package.Id != Package.Templates ? new XElement("PackageValidationBaselineVersion", baseline) : null,
            package.Needs.Any(bought.ContainsKey) ? new XElement("ModularImplicitUsings", "disable") : null);
        XElement Needs(Package package) => new("ItemGroup", new XAttribute("Condition", $"'$(MSBuildProjectName)' == '{package.Id}'"),
            package.Needs.Where(need => bought.ContainsKey(need) && package.Id != Package.Templates).Select(need => new XElement("ReleasedReference", new XAttribute("Include", need),
                new XAttribute("VersionOverride", bought[need].Version.Range), new XAttribute("Project", Path.Combine(_clone.Folder, bought[need].Package.File)))));
        var project = new XElement("Project",
            bought.TryGetValue(Package.Core, out var core) ? new XElement("PropertyGroup", new XElement("ReleasedCore", core.Version)) : null,
            new XElement("ItemGroup", plan.Bought.Select(pair => new XElement("PackageVersion", new XAttribute("Include", pair.Package.Id), new XAttribute("Version", pair.Version.Range)))),
            plan.Packed(Version).Select(pair => For(pair.Package)), plan.Packed(Version).Select(pair => Needs(pair.Package)));
        await File.WriteAllTextAsync(Path.Combine(_clone.Folder, "eng", "Released.props"), project.ToString(), cancellationToken);
    }

    async Task<string> PackAsync(CancellationToken cancellationToken)
    {
        // One build for all, because starting a build takes most of the time.
        var filter = Path.Combine(_clone.Folder, "release.slnf");
        var projects = string.Join(", ", plan.Packed(Version).Select(pair => $"\"{pair.Package.File.Replace("/", "\\\\", StringComparison.Ordinal)}\""));
        await File.WriteAllTextAsync(filter, $$"""{ "solution": { "path": "Modular.sln", "projects": [{{projects}}] } }""", cancellationToken);
        await _dotnet.RunAsync("The packages can't be packed, or they break what the last release promised.", cancellationToken,
            "pack", filter, "-c", "Release", "-o", _out, "--nologo", "-nodeReuse:false", "-v", "quiet",
            "-p:ContinuousIntegrationBuild=true", $"-p:RestoreAdditionalProjectSources={options.Feed}");
        return Directory.EnumerateFiles(_out, "*.nupkg").Count() is 1 ? "1 package" : $"{Directory.EnumerateFiles(_out, "*.nupkg").Count()} packages";
    }

    async Task<string> TagAsync(CancellationToken cancellationToken)
    {
        await git.RunAsync(cancellationToken, "fetch", "--quiet", _clone.Folder, "HEAD");
        await git.RunAsync(cancellationToken, "merge", "--quiet", "--ff-only", "FETCH_HEAD");
        foreach (var package in Fresh) await git.RunAsync(cancellationToken, "tag", "--force", Tag(package));
        return $"{string.Join(", ", Fresh.Select(Tag))}; publish them with \"git push origin HEAD\" and \"git push origin TAG\" for each";
    }

    // Before anything is tagged.
    static async Task CheckSourceAsync(DotNet dotnet, string source, CancellationToken cancellationToken)
    {
        if (Uri.TryCreate(source, UriKind.Absolute, out _) || Directory.Exists(source)) return;
        var known = await dotnet.RunAsync("The NuGet sources can't be listed.", cancellationToken, "nuget", "list", "source");
        if (!known.Split('\n').Any(line => line.Contains($" {source} [", StringComparison.Ordinal))) throw new ReleaseException(
            $"--push has the value \"{source}\", which isn't a source of NuGet. Write an address, a folder, or a name that \"dotnet nuget list source\" shows.");
    }

    async Task PushAsync(string source, CancellationToken cancellationToken)
    {
        var key = Environment.GetEnvironmentVariable("NUGET_API_KEY");
        foreach (var package in Fresh)
            await _dotnet.RunAsync($"{package.Id} {Version} can't be pushed to {source}.", cancellationToken,
                ["nuget", "push", Path.Combine(_out, $"{package.Id}.{Version}.nupkg"), "--source", source, "--skip-duplicate", .. key is null ? (string[])[] : ["--api-key", key]]);
    }
}
