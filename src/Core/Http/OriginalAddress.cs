namespace Modular;

/// <summary>
/// What a request's address was before a fixer looked at it. A fixer of forwarded headers puts one among <c>HttpContext.Features</c> for each request
/// that has such headers, also when it believes none of them: so it is known that somebody takes care of them. The first one stays.
/// </summary>
/// <param name="RemoteIpAddress">Of the peer, which is the nearest proxy; null on a Unix socket.</param>
public sealed record OriginalAddress(IPAddress? RemoteIpAddress, string Scheme, HostString Host, PathString PathBase);
