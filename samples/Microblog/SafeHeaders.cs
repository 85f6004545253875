namespace Microblog;

/// <summary>The security headers of every response.</summary>
static class SafeHeaders
{
    // Only the site's style sheet, pictures and forms, and no scripts: the pages need none, and an injected script can't run.
    const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    internal static void Add(RequestContext context, Response response, bool https)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (https) headers.StrictTransportSecurity = "max-age=31536000";
        if (headers.CacheControl.Count == 0 && response.MimeType is "text/html" or "application/json" or "application/problem+json")
            headers.CacheControl = IsForEveryone(context) ? "max-age=0, must-revalidate" : "private, no-cache";
    }

    // Such a page is cached here. A browser asks each time whether it has changed.
    static bool IsForEveryone(RequestContext context) => context.Http.Request.Headers is { Cookie.Count: 0, Authorization.Count: 0 }
        && context.Http.GetEndpoint()?.Metadata.GetMetadata<CachedAttribute>() is not null;
}
