using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Modular.Uploads;

/// <summary>Writes a file as a whole or not at all: under a temporary name in the target's folder, and then renamed.</summary>
static class FileSaver
{
    const int BufferSize = 64 * 1024;
    const string Prefix = ".modular-";
    const string Suffix = ".upload";
    const int MaxTries = 1000;

    internal static async Task<string> SaveAsync(
        string path, string clientName, Stream content, SaveOptions options, CancellationToken cancellation, Action<int>? written = null)
    {
        path = Path.GetFullPath(path);
        options.CheckName(Path.HasExtension(path) ? path : clientName);
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous))
            {
                await WriteAsync(file, content, options, written, cancellation);
                if (options.FlushToDisk) RandomAccess.FlushToDisk(file);
            }
            return Rename(temporary, path, options.IfExists);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    static async Task WriteAsync(SafeFileHandle file, Stream content, SaveOptions options, Action<int>? written, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // What the content looks like is decided before anything is written.
            var count = await content.ReadAtLeastAsync(buffer, options.Types is null ? 1 : FileSignature.Length, throwOnEndOfStream: false, cancellation);
            options.CheckContent(buffer.AsSpan(0, count));
            for (var position = 0L; count > 0; count = await content.ReadAsync(buffer, cancellation))
            {
                written?.Invoke(count);
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, count), position, cancellation);
                position += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    static string Rename(string temporary, string path, IfExists ifExists)
    {
        if (ifExists != IfExists.Unique)
        {
            File.Move(temporary, path, overwrite: ifExists == IfExists.Overwrite);
            return path;
        }
        var stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path));
        for (var i = 0; ; i++)
        {
            // Counting up may take long where many send the same name.
            var number = i < MaxTries / 2 ? $"{i}" : $"{Guid.NewGuid():N}";
            var free = i == 0 ? path : $"{stem}-{number}{Path.GetExtension(path)}";
            try
            {
                if (File.Exists(free) && i < MaxTries) continue;
                File.Move(temporary, free, overwrite: false);
                return free;
            }
            catch (IOException) when (File.Exists(free) && i < MaxTries)
            {
                // Somebody else was faster.
            }
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
