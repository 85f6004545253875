using System.Text;

namespace Modular;

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

    /// <summary>The file's name as the client sent it, such as <c>../../x.png</c>: never a path to write to. Empty when no file was chosen, null when the part is a field.</summary>
    public string? FileName => _header.FileName;

    /// <summary>The type that the client claims, with its parameters; null when it claims none.</summary>
    public string? ContentType => _header.Headers.ContentType is [{ } type, ..] ? type : null;

    /// <summary>The type in lower case without parameters; empty when there is none.</summary>
    public string MimeType => ContentType is { } type ? MediaType.WithoutParameters(type) : "";

    /// <summary>All header lines of the part.</summary>
    public IHeaderDictionary Headers => _header.Headers;

    /// <summary>The bytes, to be read once and asynchronously. Reading fails with a 413 when a limit is passed, and with a 400 when the form is malformed.</summary>
    public Stream Content { get; }

    /// <summary>How many bytes of this part have been read.</summary>
    public long Count { get; internal set; }

    /// <summary>How many bytes of the whole body have come so far.</summary>
    public long BodyCount => _parts.Count;

    /// <summary>The rest of the content as text, in the charset that the part names: UTF-8 (also when it names none), ASCII or ISO-8859-1.</summary>
    /// <exception cref="HttpException">413: it is longer than <see cref="BodyLimits.MaxFormMemorySize"/>.</exception>
    public async ValueTask<string> ReadTextAsync(CancellationToken cancellation = default)
    {
        var buffer = Array.Empty<byte>();
        var count = 0;
        while (await _parts.ReadChunkAsync(this, cancellation) is { IsEmpty: false } chunk)
        {
            if (count + chunk.Length > _parts.Limits.MaxFormMemorySize) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
            if (buffer.Length < count + chunk.Length) Array.Resize(ref buffer, Math.Max(count + chunk.Length, 2 * buffer.Length));
            chunk.CopyTo(buffer.AsMemory(count));
            count += chunk.Length;
        }
        return _header.Charset.GetString(buffer, 0, count);
    }

    internal Encoding Charset => _header.Charset;

    sealed class PartStream(FormPart part) : ReadOnlyStream
    {
        ReadOnlyMemory<byte> _rest;

        [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty) return 0;
            if (_rest.IsEmpty) _rest = await part._parts.ReadChunkAsync(part, cancellationToken);
            var count = Math.Min(_rest.Length, buffer.Length);
            _rest[..count].CopyTo(buffer);
            _rest = _rest[count..];
            return count;
        }

        // Straight out of the parser's buffer.
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var chunk = _rest;
            _rest = default;
            if (!chunk.IsEmpty) await destination.WriteAsync(chunk, cancellationToken);
            while (!(chunk = await part._parts.ReadChunkAsync(part, cancellationToken)).IsEmpty) await destination.WriteAsync(chunk, cancellationToken);
        }
    }
}
