namespace Modular.Fixers;

/// <summary>The two parts of a path: where an application is mounted, and what is below.</summary>
static class MountPath
{
    /// <summary>One slash in front, none behind; empty for the root. Two slashes in front would be another host in a link.</summary>
    internal static PathString Of(string mount)
    {
        var trimmed = mount.Trim('/');
        return trimmed.Length == 0 ? PathString.Empty : new PathString($"/{trimmed}");
    }

    /// <summary>A path that may be set: empty, or with a slash in front.</summary>
    internal static PathString Rooted(string path) => path is "" or ['/', ..] ? new PathString(path) : new PathString($"/{path}");

    /// <summary>True when the path is the mount, or lies below it.</summary>
    internal static bool IsUnder(string path, string mount) =>
        path.StartsWith(mount, StringComparison.Ordinal) && (path.Length == mount.Length || path[mount.Length] == '/');
}
