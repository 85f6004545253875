namespace Modular.Architecture.Tests;

/// <summary>The files of the repository that these tests were built from.</summary>
static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>Files below a folder, as paths from the root with slashes, without what was built.</summary>
    internal static IReadOnlyList<string> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or ".git" or "TestResults" or "artifacts"))
            .Order(StringComparer.Ordinal),
    ];

    internal static string Full(string file) => Path.Combine(Root, file);

    internal static string Read(string file) => File.ReadAllText(Full(file));

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Modular.sln"))) return folder.FullName;
        throw new InvalidOperationException("Modular.sln isn't in a folder above the tests. Run them from the repository.");
    }
}
