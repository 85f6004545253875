namespace Modular.Uploads;

/// <summary>Counts the bytes of a folder while files are written into it.</summary>
sealed class FolderQuota(string folder, long? quota)
{
    readonly Lock _gate = new();
    long _used = quota is null ? 0 : Measure(folder);

    internal Share Begin() => new(this);

    internal void Free(long bytes)
    {
        lock (_gate) _used -= bytes;
    }

    void Take(long bytes)
    {
        if (quota is null) return;
        lock (_gate)
        {
            if (_used + bytes > quota) throw new HttpException(StatusCodes.Status507InsufficientStorage, "There is no room for this file.");
            _used += bytes;
        }
    }

    static long Measure(string folder)
    {
        var sum = 0L;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)) sum += file.Length;
        return sum;
    }

    /// <summary>What one file takes. It is given back unless the file is kept.</summary>
    internal sealed class Share(FolderQuota quota) : IDisposable
    {
        long _taken;

        internal void Take(int bytes)
        {
            quota.Take(bytes);
            _taken += bytes;
        }

        /// <param name="before">Bytes of the file that was replaced.</param>
        internal void Keep(long before)
        {
            _taken = 0;
            quota.Free(before);
        }

        public void Dispose() => quota.Free(_taken);
    }
}
