using System.Net;

namespace Modular;

/// <summary>Who may see what is for the developer alone.</summary>
static class LocalPeer
{
    /// <summary>
    /// True for a client on this machine that asks for it by a name of this machine. A proxy's client is none (it sends forwarded headers), nor is a page whose host name was
    /// made to point here (DNS rebinding, as in CVE-2024-34069).
    /// </summary>
    internal static bool Is(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } peer || IPAddress.IsLoopback(peer))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded")
        && IsLoopbackName(http.Request.Host.Host);

    static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
