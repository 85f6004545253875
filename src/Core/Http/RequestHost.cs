using System.Buffers;
using System.Globalization;
using System.Net;

namespace Modular;

/// <summary>The host that a request was made to, from its <c>Host</c> header, which the client can write as it likes.</summary>
static class RequestHost
{
    // The underscore too: names of container services have it, and browsers and resolvers take it.
    static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");
    static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary><c>name</c> or <c>name:port</c>; the port is left out when it is the scheme's own.</summary>
    /// <returns>Empty when there is no host, or one with characters that no host has.</returns>
    internal static string Of(HttpContext http)
    {
        var headers = http.Request.Headers.Host;
        return Normalize(http.Request.Scheme, headers.Count > 0 ? headers[0] ?? "" : Listening(http.Connection));
    }

    /// <summary>As <see cref="Of"/>, for a header that is already at hand.</summary>
    internal static string Normalize(string scheme, string host)
    {
        host = scheme switch
        {
            "http" or "ws" when host.EndsWith(":80", StringComparison.Ordinal) => host[..^3],
            "https" or "wss" when host.EndsWith(":443", StringComparison.Ordinal) => host[..^4],
            _ => host,
        };
        return NameLength(host) > 0 ? host : "";
    }

    /// <summary>True when the host's name is in the list; <c>.example.com</c> in the list also means every host below it. A dot at the end says nothing.</summary>
    /// <param name="host">As <see cref="Of"/> gives it; its port does not count.</param>
    /// <param name="trusted">Names with or without non-ASCII letters. An empty list trusts every valid host.</param>
    internal static bool IsTrusted(string host, IReadOnlyList<string> trusted)
    {
        var name = host.AsSpan(0, NameLength(host));
        if (name is [.., not '.', '.']) name = name[..^1];
        if (name.IsEmpty || trusted.Count == 0) return !name.IsEmpty;
        foreach (var entry in trusted)
        {
            var below = entry.StartsWith('.');
            var ascii = new IdnMapping().GetAscii(entry, below ? 1 : 0);
            if (name.Equals(ascii, StringComparison.OrdinalIgnoreCase)) return true;
            if (below && name.EndsWith($".{ascii}", StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    // The length of the host without its port; 0 when the whole is no host.
    static int NameLength(ReadOnlySpan<char> host)
    {
        var length = host is ['[', ..] ? AddressLength(host) : host is ['.', ..] ? 0 : host.IndexOfAnyExcept(NameCharacters);
        if (length < 0) return host.Length;
        if (length == 0 || length == host.Length) return length;
        var port = host[length..];
        return port is [':', _, ..] && !port[1..].ContainsAnyExceptInRange('0', '9') ? length : 0;
    }

    static int AddressLength(ReadOnlySpan<char> host)
    {
        var close = host.IndexOf(']');
        if (close < 0) return 0;
        var address = host[1..close];
        return address.Contains(':') && !address.ContainsAnyExcept(AddressCharacters) ? close + 1 : 0;
    }

    // HTTP/1.0 needs no Host header; then the address that the client reached is the best there is.
    static string Listening(ConnectionInfo connection) => connection.LocalIpAddress is { } address
        ? new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, connection.LocalPort).ToString()
        : "";
}
