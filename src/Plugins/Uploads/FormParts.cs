using System.Runtime.CompilerServices;

namespace Modular.Uploads;

/// <summary>The parts of a multipart form one by one, while they arrive. Takes a fixed amount of memory, however large the form is.</summary>
/// <remarks>Thread: one at a time. Usable until the request ends.</remarks>
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

    /// <param name="body">Within its limits of length and time.</param>
    /// <param name="boundary">Of the content type.</param>
    /// <param name="limits">Of parts, headers and names.</param>
    /// <param name="length">Of the body; null when it is not known.</param>
    /// <exception cref="HttpException">400: the boundary is absurd.</exception>
    internal FormParts(Stream body, string boundary, BodyLimits limits, long? length)
    {
        (_body, Limits) = (body, limits);
        _scanner = new(new(boundary), limits);
        _buffer = new byte[Math.Clamp(length ?? BufferSize, 1024, BufferSize)];
    }

    /// <summary>The boundary that a request's content type names; null when it is no multipart form.</summary>
    internal static string? BoundaryOf(Request request) =>
        request.MimeType == MediaType && request.MimeTypeParameters.TryGetValue("boundary", out var boundary) && boundary.Length > 0 ? boundary : null;

    internal BodyLimits Limits { get; }

    /// <summary>Is told how much has come; null when nobody listens.</summary>
    internal ProgressMeter? Progress { get; set; }

    /// <summary>True when it is no multipart form.</summary>
    internal bool IsMalformed { get; private set; }

    /// <summary>The next part, or null when there is no more. What was not read of the last one is read over.</summary>
    /// <exception cref="HttpException">413: a limit is passed. 400: the form is malformed or ended early. 408: it comes too slowly.</exception>
    internal async ValueTask<FormPart?> NextAsync(CancellationToken cancellation)
    {
        var found = await FindAsync(cancellation);
        return IsMalformed ? throw Malformed() : found;
    }

    /// <summary>As <see cref="NextAsync"/>, but a malformed form has no next part.</summary>
    internal async ValueTask<FormPart?> FindAsync(CancellationToken cancellation)
    {
        while (!_partIsOver)
            if ((await ReadAsync(_current!, cancellation)).IsEmpty) break;
        while (!_isOver && !IsMalformed)
        {
            var step = Step(out _);
            if (step == MultipartStep.Part)
            {
                _partIsOver = false;
                return _current = new(this, _scanner.Header!);
            }
            if (step == MultipartStep.End) await EndAsync(cancellation);
            else if (step == MultipartStep.More) await FillAsync(cancellation);
        }
        _current = null;
        return null;
    }

    /// <summary>The next bytes of a part, valid until the next call; empty at its end.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadChunkAsync(FormPart part, CancellationToken cancellation)
    {
        if (part != _current) throw new ModularException(
            $"Part \"{part.Name}\" of a form was read after the next one had been asked for. Read or save it inside the loop.");
        var chunk = await ReadAsync(part, cancellation);
        return IsMalformed ? throw Malformed() : chunk;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<ReadOnlyMemory<byte>> ReadAsync(FormPart part, CancellationToken cancellation)
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
            else if (step == MultipartStep.More) await FillAsync(cancellation);
        }
        return default;
    }

    // Whether something was used that was there already: then there may be more to find without waiting.
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
    async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, Math.Min(2 * _end, Math.Max(_end + 1, _scanner.LongestStep)));
        var count = await _body.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _count += count;
        _end += count;
        _isLast = count == 0;
    }

    // What follows the form means nothing, but the connection is to be used again.
    async ValueTask EndAsync(CancellationToken cancellation)
    {
        var padding = 0L;
        do
        {
            if ((padding += _end - _start) > Limits.MaxFormPadding) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
            _start = _end;
            if (!_isLast) await FillAsync(cancellation);
        }
        while (!_isLast);
        _isOver = true;
        Progress?.Report(_count, fileName: null);
    }

    static HttpException Malformed() => new(StatusCodes.Status400BadRequest, "The form is malformed.");
}
