using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Modular.Uploads;

/// <summary>Writes a file as a whole or not at all: under a temporary name in the target's folder, and then renamed.</summary>
static class FileSaver
{
    const int BufferSize = 64 * 1024;
    const string Prefix = ".modular-";
    const string Suffix = ".upload";
    const int MaxCount = 500;

    internal static async Task<string> SaveAsync(
        string path, string clientName, Stream content, SaveOptions options, CancellationToken cancellation, FolderQuota.Share? share = null)
    {
        path = Path.GetFullPath(path);
        options.CheckName(Path.HasExtension(path) ? path : clientName);
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous))
            {
                await WriteAsync(file, content, options, share, cancellation);
                if (options.FlushToDisk) RandomAccess.FlushToDisk(file);
            }
            return share is null ? Rename(temporary, path, options.IfExists) : share.Keep(path, () => Rename(temporary, path, options.IfExists));
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    static async Task WriteAsync(SafeFileHandle file, Stream content, SaveOptions options, FolderQuota.Share? share, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // What the content looks like is decided before anything is written, unless it starts with a great many blanks.
            var head = options.Types is null ? null : new HeadCollector();
            var count = await content.ReadAtLeastAsync(buffer, head is null ? 1 : FileSignature.Length, throwOnEndOfStream: false, cancellation);
            for (var position = 0L; count > 0; count = await content.ReadAsync(buffer, cancellation))
            {
                if (head?.Add(buffer.AsSpan(0, count)) is true)
                {
                    options.CheckType(head.Type);
                    head = null;
                }
                share?.Take(count);
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, count), position, cancellation);
                position += count;
            }
            if (head is not null) options.CheckType(head.Type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    static string Rename(string temporary, string path, IfExists ifExists)
    {
        if (ifExists == IfExists.Overwrite) File.Move(temporary, path, overwrite: true);
        else if (ifExists == IfExists.Unique) return RenameUnique(temporary, path);
        else if (!TryRename(temporary, path)) throw new IOException($"The file \"{path}\" exists already. Save under another name, or set IfExists of SaveOptions to Unique or Overwrite.");
        return path;
    }

    static string RenameUnique(string temporary, string path)
    {
        var stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path));
        for (var i = 0; ; i++)
        {
            // Counting up may take long where many send the same name.
            var free = i == 0 ? path : $"{stem}-{(i < MaxCount ? $"{i}" : $"{Guid.NewGuid():N}")}{Path.GetExtension(path)}";
            if (TryRename(temporary, free)) return free;
        }
    }

    // Looking and then renaming are two steps, and .NET has no single one on Unix. So the name is claimed first, by a file that only one can make and that goes with its handle.
    static bool TryRename(string temporary, string path)
    {
        if (File.Exists(path)) return false;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(path))));
        var claim = Path.Combine(Path.GetDirectoryName(path)!, $"{Prefix}{hash}{Suffix}");
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(claim, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(claim) || File.Exists(path))
        {
            return false;
        }
        using (handle)
        {
            if (Path.Exists(path)) return false;
            File.Move(temporary, path, overwrite: false);
            return true;
        }
    }

    /// <summary>Deletes what a process left behind that died while it was saving. Files that are being written are locked, and stay.</summary>
    internal static void Sweep(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
        {
            try
            {
                using var file = File.OpenHandle(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // In use, or another one's.
            }
        }
    }

    internal static bool IsTemporary(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);
}
