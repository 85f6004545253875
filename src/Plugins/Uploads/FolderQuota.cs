namespace Modular.Uploads;

/// <summary>
/// Counts the bytes of a folder while files in it are written, replaced and deleted. All stores of this process share one count per
/// folder.
/// </summary>
/// <remarks>Thread: safe to share. One lock keeps the count consistent with the disk.</remarks>
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

    /// <summary>
    /// The quota of a folder. The folder is created if it doesn't exist. The first use deletes the temporary files of a crashed process.
    /// </summary>
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

    /// <param name="limit">The limit of the store in bytes. Null: no limit.</param>
    internal Share Begin(long? limit) => new(this, limit);

    /// <summary>Deletes a file and subtracts its bytes once.</summary>
    /// <returns>False when the file doesn't exist.</returns>
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
            if (_kept + _reserved + bytes > limit)
                throw new HttpException(StatusCodes.Status507InsufficientStorage, "There isn't enough space for this file.");
            _reserved += bytes;
        }
    }

    // Files that are being written count with their reserved bytes.
    void Measure()
    {
        _kept = 0;
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories))
            if (!FileSaver.IsTemporary(file.Name)) _kept += LengthOf(file);
        _isMeasured = true;
    }

    // Another process can have deleted it.
    static long LengthOf(FileInfo file) => file.Exists ? file.Length : 0;

    // The target of links, so that a folder has one name.
    static string Real(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(folder);
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        path = Path.Combine(Real(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? Real(target.FullName) : path;
    }

    /// <summary>The bytes reserved for one file while it is written. They are released unless the file is kept.</summary>
    internal sealed class Share(FolderQuota quota, long? limit) : IDisposable
    {
        long _taken;

        /// <summary>Reserves bytes before they are written.</summary>
        /// <exception cref="HttpException">507: the quota is used up.</exception>
        internal void Take(int bytes)
        {
            quota.Reserve(bytes, limit);
            _taken += bytes;
        }

        /// <summary>Moves the file to its path and subtracts the bytes of the file that it replaces.</summary>
        /// <param name="path">The path of the file.</param>
        /// <param name="rename">Renames the file and returns its final path.</param>
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
