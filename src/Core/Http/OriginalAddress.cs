namespace Modular;

/// <summary>A request's address before a fixer of forwarded headers changed it, in <c>HttpContext.Features</c>.</summary>
/// <remarks>Each request with such headers has one, also when none of them is trusted. The first one is kept.</remarks>
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
