using Microsoft.AspNetCore.Http;

namespace Modular.Csrf;

/// <summary>Tells whether a page of another site sent a request, by headers that all current browsers send and no page can set.</summary>
sealed class OriginCheck(IEnumerable<string> trusted)
{
    readonly HashSet<string> _trusted = new(trusted, StringComparer.OrdinalIgnoreCase);

    /// <summary>The problem of a trusted origin, or null.</summary>
    internal static string? Problem(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && origin.Equals($"{uri.Scheme}://{uri.Authority}", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"Modular.Csrf has the trusted origin {Quoted.Text(origin)}, which isn't valid. Write scheme and host, and the port if it " +
                "isn't the scheme's default, as in \"https://admin.example.com\".";

    internal bool IsForeign(HttpRequest request)
    {
        var (site, origin, referer) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString(),
            request.Headers.Referer.ToString());
        if (site is "same-origin" or "none") return false;
        if (_trusted.Contains(origin)) return false;
        if (site.Length > 0) return true;
        // An old browser, or a program. A program sends no origin, and can't use a visitor's cookies.
        if (origin.Length > 0) return !IsOwn(origin, request);
        return referer.Length > 0 && !IsOwn(referer, request) && !IsTrusted(referer);
    }

    // The origin may be https although the application sees http, because a proxy terminates TLS.
    static bool IsOwn(string address, HttpRequest request) =>
        Uri.TryCreate(address, UriKind.Absolute, out var sent)
        && (!request.IsHttps || sent.Scheme == Uri.UriSchemeHttps)
        && Uri.TryCreate($"{sent.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
        && sent.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase);

    bool IsTrusted(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var sent) && _trusted.Contains($"{sent.Scheme}://{sent.Authority}");
}
