namespace Modular.Eng;

/// <summary>What is checked before a release, without git and without the SDK.</summary>
static class Checks
{
    /// <exception cref="ReleaseException">The version isn't the first one of the change log, or has no text.</exception>
    internal static void ChangeLog(string[] lines, string file, SemVersion version)
    {
        var start = Array.FindIndex(lines, line => line == $"## {version}" || line == $"## {version.Numbers}");
        if (start < 0) throw new ReleaseException(
            $"{file} has no heading for version {version}. Write \"## {version.Numbers}\" above the other versions, and the changes below it.");
        if (Array.FindIndex(lines, line => line.StartsWith("## ", StringComparison.Ordinal)) is var first && first < start) throw new ReleaseException(
            $"{file} has the version {version} below \"{lines[first]}\", so it isn't its newest one. Choose a version above that, or correct the change log.");
        if (lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).All(string.IsNullOrWhiteSpace)) throw new ReleaseException(
            $"{file} has no text under \"{lines[start]}\". Write what has changed for users.");
    }

    /// <summary>The whole path of the feed's folder, which is made if it isn't there.</summary>
    /// <exception cref="ReleaseException">It can't be used as a folder.</exception>
    internal static string FeedOf(string feed)
    {
        if (string.IsNullOrWhiteSpace(feed)) throw new ReleaseException("--feed has an empty value. Write the path of a folder, or leave it out.");
        try
        {
            return Directory.CreateDirectory(feed).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseException($"--feed has the value \"{feed}\", which can't be used as a folder: {error.Message} Write the path of another folder.");
        }
    }

    /// <exception cref="ReleaseException">The folder isn't a repository with a core.</exception>
    internal static string RepositoryOf(string folder) => !string.IsNullOrWhiteSpace(folder) && Directory.Exists(Path.Combine(folder, "src", "Core")) ? Path.GetFullPath(folder)
        : throw new ReleaseException($"--core has the value \"{folder}\", which isn't a folder with src/Core. Write the path of a clone of this repository.");
}
