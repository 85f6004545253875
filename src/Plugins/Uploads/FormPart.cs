using System.Runtime.CompilerServices;

namespace Modular.Uploads;

/// <summary>
/// One part of a multipart form, a field or a file, while it arrives. The client sets its name and type, so don't trust them.
/// </summary>
/// <remarks>Thread: one at a time, and only until the next part is requested.</remarks>
public sealed class FormPart
{
    readonly FormParts _parts;
    readonly MultipartPartHeader _header;

    internal FormPart(FormParts parts, MultipartPartHeader header)
    {
        (_parts, _header) = (parts, header);
        Content = new PartStream(this);
    }

    /// <summary>The form field's name. Empty when the part has none.</summary>
    public string Name => _header.Name;

    /// <summary>True for a file input, even if the visitor selected no file. The file name is then empty.</summary>
    public bool IsFile => FileName is not null;

    /// <summary>
    /// The file name as the client sent it, such as <c>../../x.png</c>. Never use it as a path. Empty when no file was selected, null when
    /// the part is a field.
    /// </summary>
    public string? FileName => _header.FileName;

    /// <summary>The type that the client sent, with parameters. Null when it sent none.</summary>
    public string? ContentType => _header.Headers.ContentType is [{ } type, ..] ? type : null;

    /// <summary>The type in lower case without parameters. Empty when the client sent none.</summary>
    public string MimeType => FileStorage.WithoutParameters(ContentType);

    /// <summary>The headers of the part.</summary>
    public IHeaderDictionary Headers => _header.Headers;

    /// <summary>
    /// The content, which can be read once and asynchronously. Reading fails with a 413 when a limit is exceeded, and with a 400 when the
    /// form is malformed.
    /// </summary>
    public Stream Content { get; }

    /// <summary>The number of bytes of this part read so far.</summary>
    public long Count { get; internal set; }

    /// <summary>Reads the rest of the content as text, in the charset of the part: UTF-8 (the default), ASCII or ISO-8859-1.</summary>
    /// <exception cref="HttpException">413: the text is longer than <see cref="BodyLimits.MaxFormMemorySize"/>.</exception>
    public async ValueTask<string> ReadTextAsync(CancellationToken cancellationToken = default)
    {
        var buffer = Array.Empty<byte>();
        var count = 0;
        while (await ReadChunkAsync(cancellationToken) is { IsEmpty: false } chunk)
        {
            if (count + chunk.Length > _parts.Limits.MaxFormMemorySize) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
            if (buffer.Length < count + chunk.Length) Array.Resize(ref buffer, Math.Max(count + chunk.Length, 2 * buffer.Length));
            chunk.CopyTo(buffer.AsMemory(count));
            count += chunk.Length;
        }
        return _header.Charset.GetString(buffer, 0, count);
    }

    /// <summary>Saves the file to a path while it arrives, completely or not at all.</summary>
    /// <inheritdoc cref="FileStorage.SaveAsync(string, SaveOptions?, CancellationToken)"/>
    public Task<string> SaveAsync(string path, SaveOptions? options = null, CancellationToken cancellationToken = default) =>
        FileSaver.SaveAsync(path, FileName ?? "", Content, options ?? SaveOptions.Default, cancellationToken);

    /// <summary>Copies the file to a stream while it arrives.</summary>
    public Task SaveAsync(Stream destination, CancellationToken cancellationToken = default) =>
        Content.CopyToAsync(destination, cancellationToken);

    /// <summary>Saves the file in a store while it arrives.</summary>
    /// <inheritdoc cref="FileStorage.SaveAsync(IUploadStore, string?, CancellationToken)"/>
    public Task<string> SaveAsync(IUploadStore store, string? name = null, CancellationToken cancellationToken = default) =>
        store.SaveAsync(StoredName.Of(name, FileName ?? ""), Content, cancellationToken);

    /// <summary>Reads the next bytes into the parser's buffer. They are valid until the next call. Empty at the end.</summary>
    internal ValueTask<ReadOnlyMemory<byte>> ReadChunkAsync(CancellationToken cancellationToken) =>
        _parts.ReadChunkAsync(this, cancellationToken);

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

        // Copies directly from the parser's buffer.
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var chunk = _rest;
            _rest = default;
            if (!chunk.IsEmpty) await destination.WriteAsync(chunk, cancellationToken);
            while (!(chunk = await part.ReadChunkAsync(cancellationToken)).IsEmpty) await destination.WriteAsync(chunk, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException(
            "The body was read synchronously, which would block a thread until the client sends more. Write: await stream.ReadAsync(…).");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
