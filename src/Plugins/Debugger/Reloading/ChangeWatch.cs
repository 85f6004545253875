using System.IO.Enumeration;

namespace Modular.Debugger;

/// <summary>
/// Says which files of a project changed since the last look. It looks by itself rather than being told: that works in containers and on shared folders too, where the
/// system's notices do not arrive, and knows no limit.
/// </summary>
sealed class ChangeWatch(ReloadProject project)
{
    static readonly string[] Sources = [".cs", ".fs", ".vb", ".csproj", ".fsproj", ".vbproj", ".props", ".targets", ".resx"];
    Dictionary<string, (DateTime, long)> _known = Look(project);
    Dictionary<string, (DateTime, long)> _last = [];

    /// <summary>How long to wait before the next look, so that looking takes little of the time, in a large tree too.</summary>
    internal TimeSpan Pause { get; private set; }

    /// <summary>
    /// The files that are new, gone or other than before; absolute paths in order. None while they are still being written: an editor writes a file in several steps, and a
    /// checkout many files.
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

    /// <summary>True for what is compiled: a change needs a build.</summary>
    internal static bool IsSource(string file) => Sources.Contains(Path.GetExtension(file));

    /// <summary>True for what says what the project is made of.</summary>
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
            ? Below(project.Folder, deep: false).Concat(((string[])["static", "templates"]).Select(folder => Path.Combine(project.Folder, folder)).Where(Directory.Exists).SelectMany(folder => Below(folder)))
            : project.Folders.Where(Directory.Exists).SelectMany(folder => Below(folder));
        foreach (var (path, stamp) in entries)
            if (IsSource(path) || project.CopyOf(path) is not null) seen[path] = stamp;
        return seen;
    }

    static FileSystemEnumerable<(string, (DateTime, long))> Below(string folder, bool deep = true) =>
        new(folder, (ref entry) => (entry.ToFullPath(), (entry.LastWriteTimeUtc.UtcDateTime, entry.Length)), new() { RecurseSubdirectories = deep, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            // What is built, and what belongs to other tools.
            ShouldRecursePredicate = (ref entry) => entry.FileName is not ("bin" or "obj" or "node_modules") && entry.FileName[0] != '.',
        };
}
