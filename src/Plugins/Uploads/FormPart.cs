using System.Runtime.CompilerServices;

namespace Modular.Uploads;

/// <summary>One part of a multipart form, a field or a file, while it arrives. What it says of itself is the client's word alone.</summary>
/// <remarks>Thread: one at a time, and only until the next part is asked for.</remarks>
public sealed class FormPart
{
    readonly FormParts _parts;
    readonly MultipartPartHeader _header;

    internal FormPart(FormParts parts, MultipartPartHeader header)
    {
        (_parts, _header) = (parts, header);
        Content = new PartStream(this);
    }

    /// <summary>The form field's name; empty when there is none.</summary>
    public string Name => _header.Name;

    /// <summary>True for a file, also for one that the visitor did not choose, whose name is empty.</summary>
    public bool IsFile => FileName is not null;

    /// <summary>The file's name as the client sent it, such as <c>../../x.png</c>: never a path to write to. Empty when no file was chosen, null when the part is a field.</summary>
    public string? FileName => _header.FileName;

    /// <summary>The type that the client claims, with its parameters; null when it claims none.</summary>
    public string? ContentType => _header.Headers.ContentType is [{ } type, ..] ? type : null;

    /// <summary>The type in lower case without parameters; empty when there is none.</summary>
    public string MimeType => FileStorage.WithoutParameters(ContentType);

    /// <summary>All header lines of the part.</summary>
    public IHeaderDictionary Headers => _header.Headers;

    /// <summary>The bytes, to be read once and asynchronously. Reading fails with a 413 when a limit is passed, and with a 400 when the form is malformed.</summary>
    public Stream Content { get; }

    /// <summary>How many bytes of this part have been read.</summary>
    public long Count { get; internal set; }

    /// <summary>The rest of the content as text, in the charset that the part names: UTF-8 (also when it names none), ASCII or ISO-8859-1.</summary>
    /// <exception cref="HttpException">413: it is longer than <see cref="BodyLimits.MaxFormMemorySize"/>.</exception>
    public async ValueTask<string> ReadTextAsync(CancellationToken cancellation = default)
    {
        var buffer = Array.Empty<byte>();
        var count = 0;
        while (await ReadChunkAsync(cancellation) is { IsEmpty: false } chunk)
        {
            if (count + chunk.Length > _parts.Limits.MaxFormMemorySize) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
            if (buffer.Length < count + chunk.Length) Array.Resize(ref buffer, Math.Max(count + chunk.Length, 2 * buffer.Length));
            chunk.CopyTo(buffer.AsMemory(count));
            count += chunk.Length;
        }
        return _header.Charset.GetString(buffer, 0, count);
    }

    /// <summary>Saves the file under a path while it arrives, as a whole or not at all.</summary>
    /// <inheritdoc cref="FileStorage.SaveAsync(string, SaveOptions?, CancellationToken)"/>
    public Task<string> SaveAsync(string path, SaveOptions? options = null, CancellationToken cancellation = default) =>
        FileSaver.SaveAsync(path, FileName ?? "", Content, options ?? SaveOptions.Default, cancellation);

    /// <summary>Copies the file to a stream while it arrives.</summary>
    public Task SaveAsync(Stream destination, CancellationToken cancellation = default) => Content.CopyToAsync(destination, cancellation);

    /// <summary>Saves the file in a store while it arrives.</summary>
    /// <inheritdoc cref="FileStorage.SaveAsync(IUploadStore, string?, CancellationToken)"/>
    public Task<string> SaveAsync(IUploadStore store, string? name = null, CancellationToken cancellation = default) =>
        store.SaveAsync(StoredName.Of(name, FileName ?? ""), Content, cancellation);

    /// <summary>The next bytes, in the parser's own buffer and valid until the next call; empty at the end.</summary>
    internal ValueTask<ReadOnlyMemory<byte>> ReadChunkAsync(CancellationToken cancellation) => _parts.ReadChunkAsync(this, cancellation);

    sealed class PartStream(FormPart part) : Stream
    {
        ReadOnlyMemory<byte> _rest;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty) return 0;
            if (_rest.IsEmpty) _rest = await part.ReadChunkAsync(cancellationToken);
            var count = Math.Min(_rest.Length, buffer.Length);
            _rest[..count].CopyTo(buffer);
            _rest = _rest[count..];
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        // Straight out of the parser's buffer.
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var chunk = _rest;
            _rest = default;
            if (!chunk.IsEmpty) await destination.WriteAsync(chunk, cancellationToken);
            while (!(chunk = await part.ReadChunkAsync(cancellationToken)).IsEmpty) await destination.WriteAsync(chunk, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException(
            "The body was read synchronously, which would block a thread until the client has sent more. Write: await stream.ReadAsync(…).");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
