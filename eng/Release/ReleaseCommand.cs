using System.CommandLine;

namespace Modular.Eng;

/// <summary><c>eng/release Modular.Sessions 0.2.0</c>.</summary>
static class ReleaseCommand
{
    internal static Command Make(string root)
    {
        var names = new Argument<string[]>("package and version") { Description = "A package such as Modular.Sessions, and its version. With --all, the version alone.", Arity = new(1, 2) };
        var all = new Option<bool>("--all") { Description = "Release all packages with one version." };
        var feed = new Option<string>("--feed")
        {
            Description = "The folder with the packages released before. It gets the new ones.", HelpName = "folder",
            DefaultValueFactory = _ => Path.Combine("artifacts", "release"),
        };
        var breaking = new Option<bool>("--breaking") { Description = "The version may break what users of the last one wrote. Before 1.0 it has a new minor version, then a new major one." };
        var tag = new Option<bool>("--tag") { Description = "After all checks, add the release commit and the tags to this repository. Push them to publish." };
        var push = new Option<string?>("--push") { Description = "After all checks, tag, and push the packages to this NuGet source. NUGET_API_KEY is its key.", HelpName = "source" };
        var command = new Command("eng/release",
            "Makes a release of a package: checks, packs, validates and tries it, with SBOM and checksums. Without --tag and --push it's a dry run, which changes nothing but the feed.")
        {
            names, all, feed, breaking, tag, push,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var words = parsed.GetRequiredValue(names);
            var isAll = parsed.GetValue(all);
            if (words.Length != (isAll ? 1 : 2)) throw new ReleaseException(isAll
                ? $"With --all there is a version and no package, not \"{string.Join(' ', words)}\". Write eng/release --all 0.2.0."
                : $"The package or the version is missing after \"{words[0]}\". Write eng/release Modular.Sessions 0.2.0.");
            var version = SemVersion.TryParse(words[^1])
                ?? throw new ReleaseException($"\"{words[^1]}\" isn't a version. Write three numbers as in 0.2.0, or a pre-release as in 0.3.0-rc.1.");
            var source = parsed.GetValue(push);
            var options = new ReleaseOptions(isAll ? null : words[0], version, Path.GetFullPath(parsed.GetRequiredValue(feed)),
                parsed.GetValue(breaking), parsed.GetValue(tag) || source is not null, source);
            return Release.RunAsync(root, options, cancellationToken);
        });
        return command;
    }
}

/// <param name="Package">Null: all packages.</param>
/// <param name="Source">Where the packages are pushed to.</param>
sealed record ReleaseOptions(string? Package, SemVersion Version, string Feed, bool IsBreaking, bool Tags, string? Source);
