using System.Runtime.CompilerServices;

namespace Modular.Fixers;

/// <summary>Which forwarded headers are believed, how many values of each, and from whom. The counts are Werkzeug's.</summary>
public sealed record ProxyFixOptions
{
    /// <summary>Values of <c>X-Forwarded-For</c> that your proxies added. Default 1; 0 does not read it.</summary>
    public int For { get; init => field = Count(value); } = 1;

    /// <summary>Values of <c>X-Forwarded-Proto</c> that your proxies added. Default 1; 0 does not read it.</summary>
    public int Proto { get; init => field = Count(value); } = 1;

    /// <summary>Values of <c>X-Forwarded-Host</c> that your proxies added. Default 0: it is not read.</summary>
    public int Host { get; init => field = Count(value); }

    /// <summary>Values of <c>X-Forwarded-Port</c> that your proxies added. Default 0: it is not read.</summary>
    public int Port { get; init => field = Count(value); }

    /// <summary>Values of <c>X-Forwarded-Prefix</c> that your proxies added. Default 0: it is not read.</summary>
    public int Prefix { get; init => field = Count(value); }

    /// <summary>
    /// Who may send these headers: addresses (<c>10.0.0.5</c>, <c>::1</c>), networks (<c>10.0.0.0/8</c>), and <c>unix</c> for peers on a Unix socket.
    /// Name every proxy of the chain. Headers of anybody else change nothing.
    /// Default: none, which is refused, except in debug mode, where this machine's own addresses count.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// Hosts that a proxy may forward; others are not taken. <c>.example.com</c> means every host below it too. Ports do not count. Default: every valid host.
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
