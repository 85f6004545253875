using System.IO.Enumeration;

namespace Modular.Debugger;

/// <summary>
/// Finds the files of a project that changed since the last check. It polls, which also works in containers and on shared folders, where
/// the
/// system sends no change events. Polling also has no limit on the number of files.
/// </summary>
sealed class ChangeWatch(ReloadProject project)
{
    static readonly string[] Sources = [".cs", ".fs", ".vb", ".csproj", ".fsproj", ".vbproj", ".props", ".targets", ".resx"];
    Dictionary<string, (DateTime, long)> _known = Look(project);
    Dictionary<string, (DateTime, long)> _last = [];

    /// <summary>The time to wait before the next check, so that polling a large tree uses little CPU time.</summary>
    internal TimeSpan Pause { get; private set; }

    /// <summary>
    /// The added, deleted and changed files, as sorted absolute paths. Empty while files are still being written: an editor writes a file
    /// in several steps, and a
    /// checkout writes many files.
    /// </summary>
    internal IReadOnlyList<string> Changes()
    {
        var begun = TimeProvider.System.GetTimestamp();
        var seen = Look(project);
        var isQuiet = Differences(_last, seen).Count == 0;
        _last = seen;
        Pause = TimeSpan.FromMilliseconds(Math.Max(isQuiet ? 300 : 100, 20 * TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds));
        if (!isQuiet) return [];
        var changes = Differences(_known, seen);
        _known = seen;
        return [.. changes];
    }

    /// <summary>True for a file that is compiled. A change needs a build.</summary>
    internal static bool IsSource(string file) => Sources.Contains(Path.GetExtension(file));

    /// <summary>True for a file that defines the project.</summary>
    internal static bool IsProject(string file) => IsSource(file) && Path.GetExtension(file) is not (".cs" or ".fs" or ".vb" or ".resx");

    static SortedSet<string> Differences(Dictionary<string, (DateTime, long)> before, Dictionary<string, (DateTime, long)> after)
    {
        var changes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (file, stamp) in after)
            if (!before.TryGetValue(file, out var known) || known != stamp) changes.Add(file);
        changes.UnionWith(before.Keys.Where(file => !after.ContainsKey(file)));
        return changes;
    }

    static Dictionary<string, (DateTime, long)> Look(ReloadProject project)
    {
        var seen = new Dictionary<string, (DateTime, long)>(StringComparer.Ordinal);
        var entries = project.IsSingleFile
            ? Below(project.Folder, deep: false).Concat(((string[])["static", "templates"])
                .Select(folder => Path.Combine(project.Folder, folder)).Where(Directory.Exists).SelectMany(folder => Below(folder)))
            : project.Folders.Where(Directory.Exists).SelectMany(folder => Below(folder));
        foreach (var (path, stamp) in entries)
            if (IsSource(path) || project.CopyOf(path) is not null) seen[path] = stamp;
        return seen;
    }

    static FileSystemEnumerable<(string, (DateTime, long))> Below(string folder, bool deep = true) =>
        new(folder, (ref entry) => (entry.ToFullPath(), (entry.LastWriteTimeUtc.UtcDateTime, entry.Length)),
            new() { RecurseSubdirectories = deep, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            // Excludes build output and the folders of other tools.
            ShouldRecursePredicate = (ref entry) => entry.FileName is not ("bin" or "obj" or "node_modules") && entry.FileName[0] != '.',
        };
}
