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
        var breaking = new Option<bool>("--breaking") { Description = "The version may have breaking changes. It needs a new minor version before 1.0, and a new major version after that." };
        var tag = new Option<bool>("--tag") { Description = "After all checks, add the release commit and the tags to this repository. Push them to publish." };
        var push = new Option<string?>("--push") { Description = "After all checks, tag, and push the packages to this NuGet source. NUGET_API_KEY is its key.", HelpName = "source" };
        var command = new Command("eng/release",
            "Releases a package: checks, packs, validates and tests it, with an SBOM and checksums. Without --tag and --push it's a dry run, which changes only the feed.")
        {
            names, all, feed, breaking, tag, push,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var words = parsed.GetRequiredValue(names);
            var isAll = parsed.GetValue(all);
            if (words.Length != (isAll ? 1 : 2)) throw new ReleaseException(isAll
                ? $"--all takes a version without a package, not \"{string.Join(' ', words)}\". Write eng/release --all 0.2.0."
                : $"The package or the version is missing after \"{words[0]}\". Write eng/release Modular.Sessions 0.2.0.");
            var version = SemVersion.TryParse(words[^1])
                ?? throw new ReleaseException($"\"{words[^1]}\" isn't a version. Write three numbers as in 0.2.0, or a pre-release as in 0.3.0-rc.1.");
            var source = parsed.GetValue(push);
            if (source is not null && string.IsNullOrWhiteSpace(source)) throw new ReleaseException("--push has an empty source. Write an address, a folder, or a name that \"dotnet nuget list source\" shows.");
            var options = new ReleaseOptions(isAll ? null : words[0], version, Checks.FeedOf(parsed.GetRequiredValue(feed)),
                parsed.GetValue(breaking), parsed.GetValue(tag) || source is not null, source);
            return Release.RunAsync(root, options, cancellationToken);
        });
        return command;
    }

}

/// <param name="Package">Null: all packages.</param>
/// <param name="Source">The NuGet source for the packages.</param>
sealed record ReleaseOptions(string? Package, SemVersion Version, string Feed, bool IsBreaking, bool Tags, string? Source);
