namespace Modular;

/// <summary>Takes a whole request body in, within its limits and without blocking, and leaves it readable for others.</summary>
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
    /// <param name="request">Its body has not been read.</param>
    /// <param name="limits">How large and how slow it may be.</param>
    /// <param name="aborted">Of the request.</param>
    /// <exception cref="HttpException">413: larger than the limit. 400: malformed, or it ends early. 408: it comes too slowly.</exception>
    internal static async ValueTask<ArraySegment<byte>> ReadAsync(Request request, BodyLimits limits, CancellationToken aborted)
    {
        using var stream = new BoundedBody(request, limits, Array.MaxLength);
        // The stated length is not believed before the bytes are there: it would be a cheap way to make us take memory.
        var body = new MemoryStream((int)Math.Min(request.Http.Request.ContentLength ?? FirstBuffer, FirstBuffer));
        await stream.CopyToAsync(body, FirstBuffer, aborted);
        var bytes = new ArraySegment<byte>(body.GetBuffer(), 0, (int)body.Length);
        request.Http.Request.Body = Again(bytes);
        return bytes;
    }

    /// <summary>A stream over what was read. Nobody can change it for those who read <see cref="Request.Data"/>.</summary>
    internal static MemoryStream Again(ArraySegment<byte> bytes) => new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);

    /// <summary>Puts the limits around a body that the view reads itself.</summary>
    /// <exception cref="HttpException">413: its stated length is above the limit.</exception>
    internal static void Bound(Request request)
    {
        var body = new BoundedBody(request, request.Limits);
        request.Http.Response.RegisterForDispose(body);
        request.Http.Request.Body = body;
    }
}
