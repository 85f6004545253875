using Microsoft.AspNetCore.Connections;

namespace Modular;

static class RequestBody
{
    const int FirstBuffer = 16 * 1024;

    internal static bool Exists(HttpContext http)
    {
        if (ReferenceEquals(http.Request.Body, Stream.Null)) return false;      // the cheapest to check
        return http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false && http.Request.ContentLength != 0;
    }

    /// <summary>The body's bytes. Afterwards <c>http.Request.Body</c> returns them again, from the start.</summary>
    internal static async ValueTask<ArraySegment<byte>> ReadAsync(Request request, long? maxLength, CancellationToken aborted)
    {
        using var stream = new BoundedBody(request, maxLength, Array.MaxLength);
        // The stated length isn't trusted before the bytes have arrived, because a client could make us allocate memory with it.
        var body = new MemoryStream((int)Math.Min(request.Http.Request.ContentLength ?? FirstBuffer, FirstBuffer));
        // Only the reads may be cancelled: CopyToAsync would end without the 400 when the client leaves between two of them.
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        for (int count; (count = await stream.ReadAsync(buffer, aborted)) > 0;) body.Write(buffer, 0, count);
        ArrayPool<byte>.Shared.Return(buffer);
        var bytes = new ArraySegment<byte>(body.GetBuffer(), 0, (int)body.Length);
        request.Http.Request.Body = Again(bytes);
        return bytes;
    }

    internal static MemoryStream Again(ArraySegment<byte> bytes) => new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);

    internal static void Bound(Request request)
    {
        var body = new BoundedBody(request, request.Limits.MaxContentLength);
        request.Http.Response.RegisterForDispose(body);
        request.Http.Request.Body = body;
    }
}

/// <summary>A request body that is read while it arrives, within its limits of size and time.</summary>
/// <remarks>It throws an HttpException. 413: larger than the limit. 400: malformed, or it ends early. 408: it arrives too slowly.</remarks>
sealed class BoundedBody : Stream
{
    readonly HttpContext _http;
    readonly Stream _body;
    readonly BodyLimits _limits;
    readonly long _maxLength;
    readonly TimeProvider _time;
    readonly long _begin;
    readonly CancellationTokenSource _timeout;
    readonly OneAtATime _reads = new();
    long _count;

    /// <param name="room">The number of bytes that its reader can hold, whatever the limits are.</param>
    internal BoundedBody(Request request, long? maxLength, long room = long.MaxValue)
    {
        (_http, _body, _limits, _time) = (request.Http, request.Http.Request.Body, request.Limits, request.Time);
        _maxLength = Math.Min(maxLength ?? long.MaxValue, room);
        // The server's limit may be lower than ours, and counts the framing of chunks as well.
        // Also for a 413: the server then continues to read for a while, so that a client that is still sending sees the response.
        if (maxLength is not null && _http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = null;
        if (_http.Request.ContentLength > _maxLength) throw new HttpException(413);
        (_begin, _timeout) = (_time.GetTimestamp(), new(Timeout.InfiniteTimeSpan, _time));
        request.Reading = this;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    internal async ValueTask StopAsync()
    {
        if (!_reads.TryClose(out var read) || read is null) return;
        await _timeout.CancelAsync();
        await read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        if (!_reads.TryBegin()) throw new ModularException(_reads.IsClosed
            ? "The request's body was read after its request had ended. Read it in the view, and await that."
            : "The request's body was read while another read was waiting. Await one read before the next.");
        using var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _timeout);
        try
        {
            var read = _body.ReadAsync(buffer, _timeout.Token);
            if (!read.IsCompleted) _timeout.CancelAfter(Patience());
            var count = await read;
            if ((_count += count) > _maxLength) throw new HttpException(413);
            // Servers report a short body by an exception; a host with a stored body may not.
            if (count == 0 && _body.CanSeek && _count < _http.Request.ContentLength) throw new HttpException(400);
            return count;
        }
        catch (BadHttpRequestException error)
        {
            throw new HttpException(error.StatusCode, inner: error);
        }
        catch (OperationCanceledException error)
            when (_timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested && !_reads.IsClosed)
        {
            throw new HttpException(408, inner: error);
        }
        catch (Exception error) when (error is IOException || (error is OperationCanceledException && ClientLeft(_http)))
        {
            // The client has disconnected, and Kestrel would log an error about its own half-read body.
            if (error is ConnectionResetException or OperationCanceledException) _http.Abort();
            throw new HttpException(400, inner: error);
        }
        finally
        {
            _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            _reads.End();
        }
    }

    TimeSpan Patience()
    {
        var idle = _limits.MaxIdleTime ?? TimeSpan.MaxValue;
        var left = _limits.MaxReadTime is { } whole ? whole - _time.GetElapsedTime(_begin) : TimeSpan.MaxValue;
        var wait = left < idle ? left : idle;
        return wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    internal static bool ClientLeft(HttpContext http) =>
        http.RequestAborted.IsCancellationRequested
        && http.Features.Get<IHttpRequestTimeoutFeature>() is not { RequestTimeoutToken.IsCancellationRequested: true };

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException(
        "The body was read synchronously, which would block a thread until the client has sent more. Write: await stream.ReadAsync(…).");

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _timeout.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Allows one operation at a time until the request ends. Its end waits for the running one.</summary>
/// <remarks>So an abandoned pipeline never uses a context that the server has reused for another request.</remarks>
sealed class OneAtATime
{
    const int Idle = 0, Running = 1, Closed = 2;

    int _state;
    TaskCompletionSource? _idle;

    internal bool IsClosed => Volatile.Read(in _state) == Closed;

    internal bool TryBegin() => Interlocked.CompareExchange(ref _state, Running, Idle) == Idle;

    internal void End()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Running) == Closed) _idle!.TrySetResult();
    }

    internal bool TryClose(out Task? unfinished)
    {
        unfinished = null;
        var state = Interlocked.CompareExchange(ref _state, Closed, Idle);
        if (state != Running) return state == Idle;
        _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.Exchange(ref _state, Closed) == Running) unfinished = _idle.Task;
        return true;
    }
}
