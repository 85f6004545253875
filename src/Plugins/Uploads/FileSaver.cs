using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Modular.Uploads;

/// <summary>Writes a file completely or not at all: it writes under a temporary name in the target folder, then renames.</summary>
static class FileSaver
{
    const int BufferSize = 64 * 1024;
    const string Prefix = ".modular-";
    const string Suffix = ".upload";
    const int MaxCount = 500;

    internal static async Task<string> SaveAsync(
        string path, string clientName, Stream content, SaveOptions options, CancellationToken cancellationToken,
        FolderQuota.Share? share = null)
    {
        path = Path.GetFullPath(path);
        options.CheckName(Path.HasExtension(path) ? path : clientName);
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous))
            {
                await WriteAsync(file, content, options, share, cancellationToken);
                if (options.FlushToDisk) RandomAccess.FlushToDisk(file);
            }
            return share is null
                ? Rename(temporary, path, options.IfExists)
                : share.Keep(path, () => Rename(temporary, path, options.IfExists));
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    static async Task WriteAsync(SafeFileHandle file, Stream content, SaveOptions options, FolderQuota.Share? share,
        CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // The content type is detected before anything is written, unless the file starts with very many blanks.
            var head = options.Types is null ? null : new HeadCollector();
            var atLeast = head is null ? 1 : FileSignature.Length;
            var count = await content.ReadAtLeastAsync(buffer, atLeast, throwOnEndOfStream: false, cancellationToken);
            for (var position = 0L; count > 0; count = await content.ReadAsync(buffer, cancellationToken))
            {
                if (head?.Add(buffer.AsSpan(0, count)) is true)
                {
                    options.CheckType(head.Type);
                    head = null;
                }
                share?.Take(count);
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, count), position, cancellationToken);
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
        else if (!TryRename(temporary, path))
            throw new IOException(
                $"The file \"{path}\" already exists. Save it under another name, or set SaveOptions.IfExists to Unique or Overwrite.");
        return path;
    }

    static string RenameUnique(string temporary, string path)
    {
        var stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path));
        for (var i = 0; ; i++)
        {
            // Counting would be slow if many files have the same name.
            var free = i == 0 ? path : $"{stem}-{(i < MaxCount ? $"{i}" : $"{Guid.NewGuid():N}")}{Path.GetExtension(path)}";
            if (TryRename(temporary, free)) return free;
        }
    }

    // Checking and renaming are two steps, and .NET has no atomic operation for both on Unix. An exclusively created file that is deleted
    // with its handle therefore reserves the name first.
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

    /// <summary>
    /// Deletes the temporary files of a process that crashed while saving. Files that are being written are locked and stay.
    /// </summary>
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
                // The file is in use or belongs to another user.
            }
        }
    }

    internal static bool IsTemporary(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);
}
