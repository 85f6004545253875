using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Modular;

/// <summary>A request body while it arrives, within its limits of length and time. What goes wrong with it is an <see cref="HttpException"/>.</summary>
/// <remarks>413: larger than the limit. 400: malformed, or it ends early. 408: it comes too slowly. It reads asynchronously alone.</remarks>
sealed class BoundedBody : Stream
{
    readonly HttpContext _http;
    readonly Stream _body;
    readonly long _maxLength;
    readonly BodyClock _clock;
    readonly OneAtATime _reads = new();

    /// <param name="request">Its body has not been read. When it ends, so does the reading.</param>
    /// <param name="limits">How large it may be, and how slow.</param>
    /// <param name="room">How many bytes its reader can hold, whatever the limits say.</param>
    /// <exception cref="HttpException">413: its stated length is above the limit.</exception>
    internal BoundedBody(Request request, BodyLimits limits, long room = long.MaxValue)
    {
        var http = request.Http;
        (_http, _body, _maxLength) = (http, http.Request.Body, Math.Min(limits.MaxContentLength ?? long.MaxValue, room));
        // Also when the answer is a 413: the server then reads on for a while, so that a client that is still sending gets to see it.
        if (limits.MaxContentLength is not null) TakeOverLimit(http);
        if (http.Request.ContentLength > _maxLength) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        _clock = new(limits, request.Time);
        request.Reading = this;
    }

    /// <summary>Reads no more, because the request has ended; a read in flight is cancelled and waited for.</summary>
    internal async ValueTask StopAsync()
    {
        if (!_reads.TryClose(out var read) || read is null) return;
        _clock.Cancel();
        await read;
    }

    /// <summary>How much has come.</summary>
    internal long Count { get; private set; }

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
        if (!_reads.TryBegin()) throw new ModularException(_reads.IsClosed
            ? "The request's body was read after its request had ended. Read it in the view, and await that."
            : "The request's body was read while another read was waiting. Await one read before the next.");
        int count;
        try
        {
            count = await Read(buffer, cancellationToken);
        }
        finally
        {
            _reads.End();
        }
        if ((Count += count) > _maxLength) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        // Servers tell a short body by an exception; a host that gives a stored one may not. UseRequestDecompression gives another body than the one that was stated.
        if (count == 0 && _body.CanSeek && Count < _http.Request.ContentLength) throw new HttpException(StatusCodes.Status400BadRequest);
        return count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> Read(Memory<byte> buffer, CancellationToken cancellation)
    {
        var token = _clock.Watch(cancellation);
        try
        {
            var read = _body.ReadAsync(buffer, token);
            if (!read.IsCompleted) _clock.Start();
            return await read;
        }
        catch (BadHttpRequestException error)
        {
            throw new HttpException(error.StatusCode, inner: error);
        }
        catch (OperationCanceledException error) when (_clock.IsOver)
        {
            throw new HttpException(StatusCodes.Status408RequestTimeout, inner: error);
        }
        catch (Exception error) when (error is IOException || (error is OperationCanceledException && ClientLeft(_http)))
        {
            // Nobody is there to be answered; and Kestrel, left alone, would log an error about its own half-read body.
            if (error is ConnectionResetException or OperationCanceledException) _http.Abort();
            throw new HttpException(StatusCodes.Status400BadRequest, inner: error);
        }
        finally
        {
            _clock.Stop();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException(
        "The body was read synchronously, which would block a thread until the client has sent more. Write: await stream.ReadAsync(…).");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _clock.Dispose();
        base.Dispose(disposing);
    }

    // The server's limit may be lower than ours, and counts the framing of chunks as well.
    static void TakeOverLimit(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = null;
    }

    // A time-out, or a caller that gave up, is no mistake of the client.
    internal static bool ClientLeft(HttpContext http) =>
        http.RequestAborted.IsCancellationRequested
        && http.Features.Get<IHttpRequestTimeoutFeature>() is not { RequestTimeoutToken.IsCancellationRequested: true };
}
