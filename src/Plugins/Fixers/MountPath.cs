namespace Modular.Fixers;

/// <summary>The mount path of an application and the path below it.</summary>
static class MountPath
{
    /// <summary>
    /// Normalizes to one leading slash and no trailing slash; the root is empty. Two leading slashes would be another host in a link.
    /// </summary>
    internal static PathString Of(string mount)
    {
        var trimmed = mount.Trim('/');
        return trimmed.Length == 0 ? PathString.Empty : new PathString($"/{trimmed}");
    }

    /// <summary>Returns a valid path: empty, or with a leading slash.</summary>
    internal static PathString Rooted(string path) => path is "" or ['/', ..] ? new PathString(path) : new PathString($"/{path}");

    /// <summary>True when the path equals the mount path or is below it.</summary>
    internal static bool IsUnder(string path, string mount) =>
        path.StartsWith(mount, StringComparison.Ordinal) && (path.Length == mount.Length || path[mount.Length] == '/');
}
