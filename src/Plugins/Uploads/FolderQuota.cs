namespace Modular.Uploads;

/// <summary>Counts the bytes of a folder while files are written into it, replaced and deleted. All stores of this process on one folder share it.</summary>
/// <remarks>Thread: safe to share. What is on the disk and what is counted change together, under one lock.</remarks>
sealed class FolderQuota
{
    static readonly Dictionary<string, WeakReference<FolderQuota>> Known =
        new(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    static int _forgetAt = 16;

    readonly Lock _gate = new();
    readonly string _folder;
    long _kept;
    long _reserved;
    bool _isMeasured;

    FolderQuota(string folder) => _folder = folder;

    /// <summary>The one of a folder, which is made when it is not there. What a crashed process left in it is deleted at the first use.</summary>
    internal static FolderQuota Of(string folder)
    {
        Directory.CreateDirectory(folder);
        folder = Real(folder);
        lock (Known)
        {
            if (Known.TryGetValue(folder, out var known) && known.TryGetTarget(out var used)) return used;
            if (Known.Count >= _forgetAt)
            {
                foreach (var (name, one) in Known)
                    if (!one.TryGetTarget(out _)) Known.Remove(name);
                _forgetAt = (2 * Known.Count) + 16;
            }
            FileSaver.Sweep(folder);
            var quota = new FolderQuota(folder);
            Known[folder] = new(quota);
            return quota;
        }
    }

    /// <param name="limit">Of the store that writes; null for none.</param>
    internal Share Begin(long? limit) => new(this, limit);

    /// <summary>Deletes a file, and gives its bytes back once.</summary>
    /// <returns>False when there was none.</returns>
    internal bool Delete(string path)
    {
        lock (_gate)
        {
            var file = new FileInfo(path);
            if (!file.Exists) return false;
            var length = file.Length;
            file.Delete();
            _kept -= length;
            return true;
        }
    }

    void Reserve(int bytes, long? limit)
    {
        lock (_gate)
        {
            if (limit is not null && !_isMeasured) Measure();
            if (_kept + _reserved + bytes > limit) throw new HttpException(StatusCodes.Status507InsufficientStorage, "There is no room for this file.");
            _reserved += bytes;
        }
    }

    // Files that are being written count as what was reserved for them.
    void Measure()
    {
        _kept = 0;
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories))
            if (!FileSaver.IsTemporary(file.Name)) _kept += LengthOf(file);
        _isMeasured = true;
    }

    // Another process may have deleted it meanwhile.
    static long LengthOf(FileInfo file) => file.Exists ? file.Length : 0;

    // One name for a folder that links lead to.
    static string Real(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(folder);
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        path = Path.Combine(Real(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? Real(target.FullName) : path;
    }

    /// <summary>What one file takes while it is written. It is given back unless the file is kept.</summary>
    internal sealed class Share(FolderQuota quota, long? limit) : IDisposable
    {
        long _taken;

        /// <summary>Reserves room before it is written to.</summary>
        /// <exception cref="HttpException">507: there is none.</exception>
        internal void Take(int bytes)
        {
            quota.Reserve(bytes, limit);
            _taken += bytes;
        }

        /// <summary>Puts the file in its place, and gives back what it replaces there.</summary>
        /// <param name="path">Where it is to be.</param>
        /// <param name="rename">Puts it there or beside, and tells where.</param>
        internal string Keep(string path, Func<string> rename)
        {
            lock (quota._gate)
            {
                var replaced = LengthOf(new FileInfo(path));
                var saved = rename();
                quota._kept += _taken - (saved == path ? replaced : 0);
                quota._reserved -= _taken;
                _taken = 0;
                return saved;
            }
        }

        public void Dispose()
        {
            lock (quota._gate) quota._reserved -= _taken;
            _taken = 0;
        }
    }
}
