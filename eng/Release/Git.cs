namespace Modular.Eng;

/// <summary>Git in one folder.</summary>
sealed class Git(string folder)
{
    internal string Folder => folder;

    /// <returns>Its output.</returns>
    /// <exception cref="ReleaseException">The command failed.</exception>
    internal async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var output = new List<string>();
        if (await Shell.RunAsync("git", ["-C", folder, .. arguments], output.Add, cancellationToken) != 0)
            throw new ReleaseException($"\"git {string.Join(' ', arguments)}\" failed in {folder}. Correct what it reported, and try again.\n{string.Join('\n', output)}");
        return string.Join('\n', output).Trim();
    }

    /// <summary>The versions in a package's tags, in ascending order, with their commits.</summary>
    internal async Task<IReadOnlyList<(SemVersion Version, string Commit)>> VersionsAsync(string package, CancellationToken cancellationToken)
    {
        var tags = await RunAsync(cancellationToken, "for-each-ref", $"refs/tags/{package}-*", "--format=%(refname:strip=2) %(*objectname) %(objectname)");
        return
        [
            .. tags.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(words => (Version: SemVersion.TryParse(words[0][(package.Length + 1)..])!, Commit: words[1]))
                .Where(tag => tag.Version is not null).OrderBy(tag => tag.Version),
        ];
    }

    /// <summary>A clone of one commit in another folder, with all tags and without remotes to push to.</summary>
    internal async Task<Git> CloneAsync(string target, string commit, CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken, "clone", "--quiet", "--shared", "--no-checkout", folder, target);
        var clone = new Git(target);
        await clone.RunAsync(cancellationToken, "checkout", "--quiet", "--detach", commit);
        return clone;
    }
}
