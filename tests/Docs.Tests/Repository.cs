namespace Modular.Docs.Tests;

/// <summary>The files of the repository that these tests were built from.</summary>
static class Repository
{
    static readonly string Root = FindRoot();

    /// <summary>The pages whose snippets are compiled: those of the repository, of each package, and of the docs.</summary>
    internal static IReadOnlyList<string> Pages { get; } =
    [
        "README.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md",
        .. Files("src", "README.md"), .. Files("docs", "*.md"),
    ];

    internal static string Full(string path) => Path.Combine(Root, path);

    internal static string Read(string file) => File.ReadAllText(Full(file));

    internal static bool Exists(string path) => Path.Exists(Full(path));

    /// <summary>Files below a folder, as paths from the root with slashes, without what was built.</summary>
    internal static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Modular.sln"))) return folder.FullName;
        throw new InvalidOperationException("Modular.sln isn't in a folder above the tests. Run them from the repository.");
    }
}
