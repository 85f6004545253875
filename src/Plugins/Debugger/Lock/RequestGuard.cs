using System.Net.Http.Headers;

namespace Modular.Debugger;

/// <summary>Decides which requests may be commands at all, before anything in them is looked at.</summary>
static class RequestGuard
{
    /// <summary>The status to refuse a request with; null when it may go on.</summary>
    internal static int? Refusal(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method)) return StatusCodes.Status405MethodNotAllowed;
        // Other sites' forms cannot send this type, and their scripts not without asking first.
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
            return StatusCodes.Status415UnsupportedMediaType;
        return IsSameOrigin(request) ? null : StatusCodes.Status403Forbidden;
    }

    static bool IsSameOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)
        && (request.Headers["Sec-Fetch-Site"] is var site && (site.Count == 0 || site is ["same-origin"]));
}
