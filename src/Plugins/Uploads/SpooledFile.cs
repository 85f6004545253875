using Microsoft.Win32.SafeHandles;

namespace Modular.Uploads;

/// <summary>
/// Keeps bytes in memory up to a threshold, and in a temporary file above it. No other process can open the file. The system deletes it
/// with its handle, even if the process crashes.
/// </summary>
sealed class SpooledFile(int threshold, string folder) : IFileContent, IDisposable
{
    byte[] _memory = [];
    SafeFileHandle? _file;
    bool _isDisposed;

    public long Length { get; private set; }

    /// <summary>True when the bytes are in a temporary file.</summary>
    internal bool IsOnDisk => _file is not null;

    internal async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_file is null && Length + bytes.Length <= threshold)
        {
            Grow(bytes.Length);
            bytes.CopyTo(_memory.AsMemory((int)Length));
        }
        else
        {
            if (_file is null) await MoveToDisk(cancellationToken);
            await RandomAccess.WriteAsync(_file!, bytes, Length, cancellationToken);
        }
        Length += bytes.Length;
    }

    async ValueTask MoveToDisk(CancellationToken cancellationToken)
    {
        _file = OpenTemporary(folder);
        await RandomAccess.WriteAsync(_file, _memory.AsMemory(0, (int)Length), 0, cancellationToken);
        _memory = [];
    }

    void Grow(int more)
    {
        if (Length + more > _memory.Length) Array.Resize(ref _memory, (int)Math.Min(threshold, Math.Max(Length + more, 2 * Length)));
    }

    static SafeFileHandle OpenTemporary(string folder)
    {
        var path = Path.Combine(folder, $"modular-{Guid.NewGuid():N}.upload");
        // On Windows the file isn't shared, and the system deletes it with its last handle. On other systems it is unlinked immediately.
        var isWindows = OperatingSystem.IsWindows();
        var options = isWindows ? FileOptions.Asynchronous | FileOptions.DeleteOnClose : FileOptions.Asynchronous;
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, options);
        if (isWindows) return handle;
        try
        {
            File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Delete(path);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public Stream OpenRead() => _isDisposed
        ? throw new ModularException("An uploaded file was read after its request had ended. " +
            "Save it in the view, or read it before the task starts.")
        : new SpooledStream(this);

    public void Dispose()
    {
        _isDisposed = true;
        _memory = [];
        _file?.Dispose();
    }

    internal int Read(Span<byte> buffer, long position)
    {
        if (_file is not null) return RandomAccess.Read(_file, buffer, position);
        var rest = Rest(position);
        var count = Math.Min(rest.Length, buffer.Length);
        rest.Span[..count].CopyTo(buffer);
        return count;
    }

    internal ValueTask<int> ReadAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken) =>
        _file is null ? new(Read(buffer.Span, position)) : RandomAccess.ReadAsync(_file, buffer, position, cancellationToken);

    /// <summary>The bytes in memory after a position.</summary>
    internal ReadOnlyMemory<byte> Rest(long position) =>
        _isDisposed
            ? throw new ObjectDisposedException(nameof(FileStorage))
            : _memory.AsMemory(0, (int)Length)[(int)Math.Min(position, Length)..];
}
