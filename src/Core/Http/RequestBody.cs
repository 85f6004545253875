using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Modular;

/// <summary>Takes a whole request body in, within a limit and without blocking, and leaves it readable for others.</summary>
static class RequestBody
{
    const int FirstBuffer = 16 * 1024;

    /// <summary>True when a body is there to be read. Without a length and without chunks there is none.</summary>
    internal static bool Exists(HttpContext http)
    {
        if (ReferenceEquals(http.Request.Body, Stream.Null)) return false;      // the cheapest to ask
        return http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false && http.Request.ContentLength != 0;
    }

    /// <summary>The body's bytes; afterwards <c>http.Request.Body</c> gives them once more, from the start.</summary>
    /// <param name="http">Its body has not been read.</param>
    /// <param name="limit">Bytes; null leaves it to the server.</param>
    /// <param name="aborted">Of the request.</param>
    /// <exception cref="HttpException">413: larger than the limit. 400: malformed, or it ends early. 408: it comes too slowly.</exception>
    internal static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, long? limit, CancellationToken aborted)
    {
        var length = http.Request.ContentLength;
        if (length > limit) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        if (limit is not null) TakeOverLimit(http);
        try
        {
            var body = await ReadAsync(http.Request.Body, length, limit, aborted);
            http.Request.Body = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false);
            return body;
        }
        catch (BadHttpRequestException error)
        {
            throw new HttpException(error.StatusCode, inner: error);
        }
        catch (Exception error) when (error is IOException || error is OperationCanceledException && ClientLeft(http))
        {
            // Nobody is there to be answered; and Kestrel, left alone, would log an error about its own half-read body.
            if (error is ConnectionResetException or OperationCanceledException) http.Abort();
            throw new HttpException(StatusCodes.Status400BadRequest, inner: error);
        }
    }

    static async ValueTask<ArraySegment<byte>> ReadAsync(Stream stream, long? length, long? limit, CancellationToken aborted)
    {
        // The stated length is not believed before the bytes are there: it would be a cheap way to make us take memory.
        var buffer = new byte[Math.Min(length ?? FirstBuffer, FirstBuffer)];
        var count = 0;
        while (true)
        {
            if (count == buffer.Length)
            {
                if (count == length) break;
                Array.Resize(ref buffer, Larger(count, length));
            }
            var read = await stream.ReadAsync(buffer.AsMemory(count), aborted);
            if (read == 0) break;
            count += read;
            if (count > limit) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        }
        // Servers tell a short body by an exception; hosts without a wire may not.
        if (count < length) throw new HttpException(StatusCodes.Status400BadRequest);
        return new(buffer, 0, count);
    }

    static int Larger(int count, long? length)
    {
        if (count == Array.MaxLength) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        var doubled = Math.Min(2L * count, Array.MaxLength);
        return (int)Math.Min(doubled, length > count ? length.Value : doubled);
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
