using System.Globalization;
using System.Net;

namespace Modular.Fixers;

/// <summary>The addresses and networks of trusted proxies.</summary>
sealed class TrustedProxies
{
    const string Unix = "unix";

    internal static readonly IReadOnlyList<string> ThisMachine = ["127.0.0.0/8", "::1", Unix];

    readonly IPNetwork[] _networks;
    readonly bool _unix;

    /// <exception cref="ModularException">An entry isn't valid.</exception>
    internal TrustedProxies(IReadOnlyList<string> entries)
    {
        _unix = entries.Contains(Unix);
        _networks = [.. entries.Where(entry => entry != Unix).Select(Parse)];
    }

    /// <summary>True when the peer is trusted. Null is a peer on a Unix socket.</summary>
    internal bool Contains(IPAddress? peer)
    {
        if (peer is null) return _unix;
        peer = ForwardedNode.Plain(peer);
        foreach (var network in _networks)
            if (network.Contains(peer)) return true;
        return false;
    }

    /// <summary>True when a node from a proxy is trusted. nginx writes <c>unix:</c> for a peer on a Unix socket.</summary>
    internal bool ContainsNode(string node) =>
        node == "unix:" ? _unix : ForwardedNode.TryParse(node, out var address, out _) && Contains(address);

    static IPNetwork Parse(string entry)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (ForwardedNode.TryParse(slash < 0 ? entry : entry[..slash], out var address, out var port) && port == 0
            && TryBits(slash < 0 ? null : entry[(slash + 1)..], entry.Contains(':'), address, out var bits))
            return new IPNetwork(Masked(address, bits), bits);
        throw new ModularException(
            $"\"{entry}\" isn't a valid trusted proxy. Write an address (\"10.0.0.5\"), a network (\"10.0.0.0/8\"), or \"unix\" for a " +
            "Unix socket.");
    }

    // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
    static bool TryBits(string? text, bool isV6, IPAddress address, out int bits)
    {
        var longest = address.GetAddressBytes().Length * 8;
        bits = longest;
        if (text is null) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bits)) return false;
        if (isV6 && longest == 32) bits -= 96;
        return bits >= 0 && bits <= longest;
    }

    // "10.0.0.5/8" means the network of the address.
    static IPAddress Masked(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(bits - 8 * i, 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }
        return new IPAddress(bytes);
    }
}
