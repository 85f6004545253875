using System.Net.Http.Headers;

namespace Modular.Debugger;

/// <summary>Rejects requests that can't be commands before their content is read.</summary>
static class RequestGuard
{
    /// <summary>The status of a rejected request. Null when the request is allowed.</summary>
    internal static int? Refusal(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method)) return StatusCodes.Status405MethodNotAllowed;
        // Forms of other sites can't send this type, and their scripts need a CORS preflight.
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
            return StatusCodes.Status415UnsupportedMediaType;
        return IsSameOrigin(request) ? null : StatusCodes.Status403Forbidden;
    }

    static bool IsSameOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
            && string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)
        && (request.Headers["Sec-Fetch-Site"] is var site && (site.Count == 0 || site is ["same-origin"]));
}
