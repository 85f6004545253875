using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Modular.Fixers;

/// <summary>Parses a node from a proxy: an address with an optional port.</summary>
/// <remarks>Stricter than <see cref="IPAddress.Parse(string)"/>, which also accepts <c>1</c> and <c>010.0.0.1</c>.</remarks>
static class ForwardedNode
{
    /// <summary><c>1.2.3.4</c>, <c>1.2.3.4:5678</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c> or <c>[2001:db8::1]:5678</c>.</summary>
    /// <param name="port">The port, or 0 when there is none.</param>
    internal static bool TryParse(ReadOnlySpan<char> text, out IPAddress address, out int port)
    {
        (address, port) = (IPAddress.None, 0);
        if (text is ['[', ..])
        {
            var close = text.IndexOf(']');
            return close > 0 && TryPort(text[(close + 1)..], out port) && TryV6(text[1..close], out address);
        }
        var colon = text.IndexOf(':');
        if (colon >= 0 && text[(colon + 1)..].Contains(':')) return TryV6(text, out address);
        return TryPort(colon < 0 ? [] : text[colon..], out port) && TryV4(colon < 0 ? text : text[..colon], out address);
    }

    /// <summary>Converts an IPv4-mapped IPv6 address to IPv4.</summary>
    internal static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    static bool TryV6(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.Contains('%') || !IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        address = Plain(parsed);
        return true;
    }

    static bool TryV4(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.Length is 0 or > 3 || part is ['0', _, ..] || part.ContainsAnyExceptInRange('0', '9')) return false;
            parts++;
        }
        if (parts != 4 || !IPAddress.TryParse(text, out var parsed)) return false;
        address = parsed;
        return true;
    }

    static bool TryPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        return text.IsEmpty || text is [':', ..] && text.Length <= 6 && !text[1..].ContainsAnyExceptInRange('0', '9')
            && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;
    }
}
