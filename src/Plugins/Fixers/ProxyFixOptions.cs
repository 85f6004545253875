using System.Runtime.CompilerServices;

namespace Modular.Fixers;

/// <summary>
/// The forwarded headers to read, the number of values of each, and the trusted proxies. The counts have the same meaning as in Werkzeug.
/// </summary>
public sealed record ProxyFixOptions
{
    /// <summary>The number of values that your proxies add to <c>X-Forwarded-For</c>. Default 1. 0 ignores the header.</summary>
    public int For { get; init => field = Count(value); } = 1;

    /// <summary>The number of values that your proxies add to <c>X-Forwarded-Proto</c>. Default 1. 0 ignores the header.</summary>
    public int Proto { get; init => field = Count(value); } = 1;

    /// <summary>The number of values that your proxies add to <c>X-Forwarded-Host</c>. Default 0: the header is ignored.</summary>
    public int Host { get; init => field = Count(value); }

    /// <summary>The number of values that your proxies add to <c>X-Forwarded-Port</c>. Default 0: the header is ignored.</summary>
    public int Port { get; init => field = Count(value); }

    /// <summary>The number of values that your proxies add to <c>X-Forwarded-Prefix</c>. Default 0: the header is ignored.</summary>
    public int Prefix { get; init => field = Count(value); }

    /// <summary>
    /// The proxies that can send these headers: addresses (<c>10.0.0.5</c>, <c>::1</c>), networks (<c>10.0.0.0/8</c>), and <c>unix</c> for
    /// peers on a Unix socket.
    /// List every proxy of the chain. Headers from all other senders are ignored.
    /// Default: none, which is an error except in debug mode, where this machine's addresses are trusted.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// The hosts that a proxy can forward; others are ignored. <c>.example.com</c> includes its subdomains. Ports are ignored. Default:
    /// every valid host.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// Reads <c>Forwarded</c> (RFC 7239) instead of <c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c> and <c>-Port</c>; never both.
    /// The prefix still comes from <c>X-Forwarded-Prefix</c>. Default false.
    /// </summary>
    public bool Rfc7239 { get; init; }

    internal int Deepest => Math.Max(Math.Max(Math.Max(For, Proto), Math.Max(Host, Port)), Prefix);

    static int Count(int value, [CallerMemberName] string name = "") => value >= 0 ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or the number of proxies that add a value.");
}
