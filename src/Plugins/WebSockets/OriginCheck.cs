using Microsoft.AspNetCore.Http;

namespace Modular.WebSockets;

/// <summary>Browsers send cookies with handshakes of pages of all sites, and no response header can forbid it; RFC 6455 §10.2.</summary>
static class OriginCheck
{
    /// <summary>The problem of an allowed origin, or null.</summary>
    internal static string? Problem(string origin) =>
        origin == "*" || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && origin.Equals($"{uri.Scheme}://{uri.Authority}", StringComparison.OrdinalIgnoreCase))
            ? null
            : $"Modular.WebSockets has the allowed origin {Quoted.Text(origin)}, which isn't valid. Write scheme and host, and the port if " +
                "it isn't the scheme's default, as in \"https://admin.example.com\", or \"*\" for all.";

    // Every browser sends the header. A program doesn't, and can't use a visitor's cookies.
    internal static bool IsAllowed(string origin, HttpRequest request, IReadOnlyList<string> allowed) =>
        origin.Length == 0 || IsOwn(origin, request) || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase) || allowed.Contains("*");

    // The origin may be https although the application sees http, because a proxy terminates TLS.
    static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var sent)
        && (!request.IsHttps || sent.Scheme == Uri.UriSchemeHttps)
        && Uri.TryCreate($"{sent.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
        && sent.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase);
}
