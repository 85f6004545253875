namespace Microblog;

/// <summary>What browsers are told about every answer.</summary>
static class SafeHeaders
{
    // Our own style sheet and pictures, forms that come back here, and no script at all: a page works without, and nothing that slipped in could run.
    const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    internal static void Add(Response response, bool https)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (https) headers.StrictTransportSecurity = "max-age=31536000";
        if (headers.CacheControl.Count == 0 && response.MimeType is "text/html" or "application/json" or "application/problem+json") headers.CacheControl = "private, no-cache";
    }
}
