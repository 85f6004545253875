namespace Modular.Uploads.Tests;

/// <summary>Counts what a request leaves in a folder: files, and this process's open handles of files that were deleted already.</summary>
static class Leftovers
{
    internal static int Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length;

    internal static int Handles(string folder)
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var count = 0;
        foreach (var handle in new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos())
            if (handle.LinkTarget?.StartsWith(folder, StringComparison.Ordinal) is true) count++;
        return count;
    }

    internal static (int Files, int Handles) Count(string folder) => (Files(folder), Handles(folder));
}
