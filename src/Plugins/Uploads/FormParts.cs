using System.Runtime.CompilerServices;

namespace Modular.Uploads;

/// <summary>
/// Reads the parts of a multipart form one by one, while they arrive. It uses a fixed amount of memory for a form of any size.
/// </summary>
/// <remarks>Thread: one at a time. Valid until the request ends.</remarks>
sealed class FormParts
{
    internal const string MediaType = "multipart/form-data";
    const int BufferSize = 64 * 1024;

    readonly Stream _body;
    readonly MultipartScanner _scanner;
    byte[] _buffer;
    int _start;
    int _end;
    long _count;
    bool _isLast;
    bool _isOver;
    bool _partIsOver = true;
    FormPart? _current;

    /// <param name="body">The body, with its limits of length and time applied.</param>
    /// <param name="boundary">The boundary from the content type.</param>
    /// <param name="limits">The limits for parts, headers and names.</param>
    /// <param name="length">The length of the body in bytes. Null when it is unknown.</param>
    /// <exception cref="HttpException">400: the boundary is invalid.</exception>
    internal FormParts(Stream body, string boundary, UploadLimits limits, long? length)
    {
        (_body, Limits) = (body, limits);
        _scanner = new(new(boundary), limits);
        _buffer = new byte[Math.Clamp(length ?? BufferSize, 1024, BufferSize)];
    }

    /// <summary>The boundary in the request's content type. Null when the body isn't a multipart form.</summary>
    internal static string? BoundaryOf(Request request) =>
        request.MimeType == MediaType
        && PartHeaderOptions.Parse(request.ContentType).Options.TryGetValue("boundary", out var boundary) && boundary.Length > 0
            ? boundary
            : null;

    internal UploadLimits Limits { get; }

    /// <summary>Receives the number of bytes read. Null when there is no listener.</summary>
    internal ProgressMeter? Progress { get; set; }

    /// <summary>True when the body isn't a valid multipart form.</summary>
    internal bool IsMalformed { get; private set; }

    /// <summary>The next part, or null at the end of the form. The unread content of the previous part is skipped.</summary>
    /// <exception cref="HttpException">413: a limit is exceeded. 400: the form is malformed or incomplete. 408: the client sends too
    /// slowly.</exception>
    internal async ValueTask<FormPart?> NextAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken);
        return IsMalformed ? throw Malformed() : found;
    }

    /// <summary>The same as <see cref="NextAsync"/>, but returns null for a malformed form.</summary>
    internal async ValueTask<FormPart?> FindAsync(CancellationToken cancellationToken)
    {
        while (!_partIsOver)
            if ((await ReadAsync(_current!, cancellationToken)).IsEmpty) break;
        while (!_isOver && !IsMalformed)
        {
            var step = Step(out _);
            if (step == MultipartStep.Part)
            {
                _partIsOver = false;
                return _current = new(this, _scanner.Header!);
            }
            if (step == MultipartStep.End) await EndAsync(cancellationToken);
            else if (step == MultipartStep.More) await FillAsync(cancellationToken);
        }
        _current = null;
        return null;
    }

    /// <summary>Reads the next bytes of a part. They are valid until the next call. Empty at its end.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadChunkAsync(FormPart part, CancellationToken cancellationToken)
    {
        if (part != _current) throw new ModularException(
            $"Part \"{part.Name}\" of a form was read after the next part was requested. Read or save it inside the loop.");
        var chunk = await ReadAsync(part, cancellationToken);
        return IsMalformed ? throw Malformed() : chunk;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<ReadOnlyMemory<byte>> ReadAsync(FormPart part, CancellationToken cancellationToken)
    {
        while (!_partIsOver && !IsMalformed)
        {
            var step = Step(out var content);
            if (step is MultipartStep.Content or MultipartStep.PartEnd) Progress?.Report(_count, part.FileName);
            if (step == MultipartStep.Content)
            {
                part.Count += content.Length;
                if (part.Count > (part.FileName is null ? Limits.MaxFormMemorySize : Limits.MaxFileSize ?? long.MaxValue))
                    throw new HttpException(StatusCodes.Status413PayloadTooLarge);
                return content;
            }
            if (step == MultipartStep.PartEnd) _partIsOver = true;
            else if (step == MultipartStep.More) await FillAsync(cancellationToken);
        }
        return default;
    }

    // More if bytes in the buffer were used: the buffer can then contain another step.
    MultipartStep Step(out ReadOnlyMemory<byte> content)
    {
        MultipartStep step;
        int used;
        do
        {
            step = _scanner.Next(_buffer.AsSpan(_start, _end - _start), _isLast, out used, out var range);
            content = _buffer.AsMemory(_start, _end - _start)[range];
            _start += used;
        }
        while (step == MultipartStep.More && used > 0);
        IsMalformed |= step == MultipartStep.Malformed;
        return step;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, Math.Min(2 * _end, Math.Max(_end + 1, _scanner.LongestStep)));
        var count = await _body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _count += count;
        _end += count;
        _isLast = count == 0;
    }

    // Bytes after the form are read and ignored, so that the connection can be reused.
    async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        var padding = 0L;
        do
        {
            if ((padding += _end - _start) > Limits.MaxFormPadding) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
            _start = _end;
            if (!_isLast) await FillAsync(cancellationToken);
        }
        while (!_isLast);
        _isOver = true;
        Progress?.Report(_count, fileName: null);
    }

    static HttpException Malformed() => new(StatusCodes.Status400BadRequest, "The form is malformed.");
}
