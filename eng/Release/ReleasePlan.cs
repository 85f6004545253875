namespace Modular.Eng;

/// <summary>The packages to release, the versions to compare them with, and the released packages to build them with.</summary>
/// <param name="Released">The packages of this release, each after its dependencies.</param>
/// <param name="Companions">Dependencies that aren't released yet or have a tag on the same commit. They are packed too.</param>
/// <param name="Bought">Dependencies that were released before. They come from the feed.</param>
/// <param name="Baselines">The last versions of the packages to release.</param>
sealed record ReleasePlan(
    IReadOnlyList<Package> Released, IReadOnlyList<(Package Package, SemVersion Version, bool IsNew)> Companions,
    IReadOnlyList<(Package Package, SemVersion Version)> Bought, IReadOnlyDictionary<string, SemVersion> Baselines, string Commit)
{
    /// <summary>All packages to pack.</summary>
    internal IEnumerable<(Package Package, SemVersion Version)> Packed(SemVersion version) =>
        Companions.Select(companion => (companion.Package, companion.Version)).Concat(Released.Select(package => (package, version)));

    /// <summary>Checks the working tree, the tags and the change logs.</summary>
    /// <exception cref="ReleaseException">The release isn't possible.</exception>
    internal static async Task<ReleasePlan> MakeAsync(Git git, ReleaseOptions options, CancellationToken cancellationToken)
    {
        var status = await git.RunAsync(cancellationToken, "status", "--porcelain");
        if (status.Length > 0) throw new ReleaseException(
            $"The working tree has changes, such as \"{status.Split('\n')[0].Trim()}\". Commit or stash them, because a release is made from a commit.");
        var commit = await git.RunAsync(cancellationToken, "rev-parse", "HEAD");
        var packages = Package.Find(git.Folder);
        IReadOnlyList<Package> released = options.Package is null ? packages : [packages.FirstOrDefault(package => package.Id == options.Package)
            ?? throw new ReleaseException($"There is no package \"{options.Package}\". The packages are {string.Join(", ", packages)}.")];
        var baselines = new Dictionary<string, SemVersion>();
        foreach (var package in released)
        {
            if (await LastAsync(git, package, options, commit, cancellationToken) is { } last) baselines[package.Id] = last;
            await CheckChangeLogAsync(git.Folder, package, options.Version, cancellationToken);
        }
        var (companions, bought) = (new List<(Package, SemVersion, bool)>(), new List<(Package, SemVersion)>());
        var needed = Package.WithNeeds(packages, released.Select(package => package.Id));
        foreach (var need in packages.Where(package => needed.Contains(package.Id) && !released.Contains(package)))
        {
            var versions = await git.VersionsAsync(need.Id, cancellationToken);
            if (versions.Count > 0 && versions[^1].Commit == commit) companions.Add((need, versions[^1].Version, false));
            else if (versions.LastOrDefault(tag => !tag.Version.IsPreRelease || options.Version.IsPreRelease).Version is { } version) bought.Add((need, version));
            else
            {
                await CheckChangeLogAsync(git.Folder, need, options.Version, cancellationToken);
                companions.Add((need, options.Version, true));
            }
        }
        return new(released, companions, bought, baselines, commit);
    }

    static async Task<SemVersion?> LastAsync(Git git, Package package, ReleaseOptions options, string commit, CancellationToken cancellationToken)
    {
        var versions = await git.VersionsAsync(package.Id, cancellationToken);
        var version = options.Version;
        // On a build server, the tag may start the release.
        var others = versions.Where(tag => tag.Version != version || tag.Commit != commit).Select(tag => tag.Version).ToList();
        if (others.Count == 0) return null;
        if (others.Max() is { } last && last.CompareTo(version) >= 0) throw new ReleaseException(
            $"{package.Id} {version} isn't above its last version, {last}. Choose a version above that.");
        // Pre-releases aren't stable.
        if (others.Where(other => !other.IsPreRelease).Max() is not { } baseline) return null;
        if (!options.IsBreaking) return baseline;
        return version.MayBreak(baseline) ? null : throw new ReleaseException(
            $"{package.Id} {version} has the same {(baseline.Major == 0 ? "minor" : "major")} version as {baseline}, so it must not break it. " +
            $"Choose a version above that, or leave out --breaking.");
    }

    static async Task CheckChangeLogAsync(string root, Package package, SemVersion version, CancellationToken cancellationToken)
    {
        Checks.ChangeLog(await File.ReadAllLinesAsync(Path.Combine(root, package.ChangeLog), cancellationToken), package.ChangeLog, version);
    }
}
