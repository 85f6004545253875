namespace Modular;

/// <summary>
/// What a request's address was before a fixer looked at it. A fixer of forwarded headers puts one among <c>HttpContext.Features</c> for
/// each request that has such headers, also when it believes none of them. The first one stays.
/// </summary>
public sealed class OriginalAddress(IPAddress? remoteIpAddress, string scheme, HostString host, PathString pathBase)
{
    /// <summary>Of the peer, which is the nearest proxy; null on a Unix socket.</summary>
    public IPAddress? RemoteIpAddress { get; } = remoteIpAddress;

    /// <summary>As <c>http</c>.</summary>
    public string Scheme { get; } = scheme;

    /// <summary>The <c>Host</c> header.</summary>
    public HostString Host { get; } = host;

    /// <summary>Where the application was mounted.</summary>
    public PathString PathBase { get; } = pathBase;
}
