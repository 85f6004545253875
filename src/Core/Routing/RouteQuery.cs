namespace Modular;

/// <summary>What of a request decides its route.</summary>
/// <param name="path">The decoded path, as WSGI's <c>PATH_INFO</c>.</param>
/// <param name="method">In any letter case.</param>
/// <param name="domain">The host or subdomain, see <see cref="UrlBinding.Domain"/>; empty without host and subdomain matching.</param>
/// <param name="webSocket">True for a WebSocket handshake.</param>
readonly ref struct RouteQuery(string path, string method, string domain = "", bool webSocket = false)
{
    internal string Path { get; } = path;

    internal string Method { get; } = method;

    internal string Domain { get; } = domain;

    internal bool WebSocket { get; } = webSocket;
}
