namespace Modular;

/// <summary>
/// A request's address before a fixer changed it. A fixer of forwarded headers adds one to <c>HttpContext.Features</c> for
/// each request with such headers, even when it trusts none of them. The first one is kept.
/// </summary>
public sealed class OriginalAddress(IPAddress? remoteIpAddress, string scheme, HostString host, PathString pathBase)
{
    /// <summary>The address of the peer, the nearest proxy; null on a Unix socket.</summary>
    public IPAddress? RemoteIpAddress { get; } = remoteIpAddress;

    /// <summary>The scheme, such as <c>http</c>.</summary>
    public string Scheme { get; } = scheme;

    /// <summary>The <c>Host</c> header.</summary>
    public HostString Host { get; } = host;

    /// <summary>The path that the application was mounted at.</summary>
    public PathString PathBase { get; } = pathBase;
}
