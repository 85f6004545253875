using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Modular.Fixers;

/// <summary>Reads the forwarded headers of a request and sets its address from them.</summary>
sealed class ForwardedFix(ProxyFixOptions options, TrustedProxies trusted)
{
    // Control characters, characters that end a path, and the backslash. Browsers read it as a slash, so "/\evil.com" would be another
    // host.
    static readonly SearchValues<char> InNoPrefix =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl), '\\', '?', '#']);

    readonly AllowedHosts _hosts = new(options.AllowedHosts);
    readonly int _deepest = options.Deepest;

    internal void Apply(HttpContext http)
    {
        var sent = options.Rfc7239 ? Rfc(http.Request.Headers) : Sent(http.Request.Headers);
        if (sent.IsEmpty) return;
        if (http.Features.Get<OriginalAddress>() is null)
            http.Features.Set(new OriginalAddress(http.Connection.RemoteIpAddress, http.Request.Scheme, http.Request.Host,
                http.Request.PathBase));
        if (!trusted.Contains(http.Connection.RemoteIpAddress)) return;
        var hops = _deepest == 1 ? 1 : Hops(sent);
        TakeAddress(http, Value(sent, sent.For, "for", options.For, hops));
        TakeScheme(http, Value(sent, sent.Proto, "proto", options.Proto, hops));
        TakeHost(http, Value(sent, sent.Host, "host", options.Host, hops));
        TakePort(http, sent.IsRfc ? null : HeaderValues.FromRight(sent.Port, Math.Min(options.Port, hops)));
        TakePrefix(http, HeaderValues.FromRight(sent.Prefix, Math.Min(options.Prefix, hops)));
    }

    // The number of consecutive trusted proxies, starting with the peer. Only addresses from a trusted proxy are used.
    int Hops(Headers sent)
    {
        if (sent.For.Count == 0) return _deepest;
        var hops = 1;
        foreach (var value in HeaderValues.AllFromRight(sent.For, unquote: !sent.IsRfc))
            if (hops == _deepest || Said(sent, value, "for") is not { } proxy || !trusted.ContainsNode(proxy)) break;
            else hops++;
        return hops;
    }

    static string? Value(Headers sent, StringValues values, string name, int count, int hops)
    {
        if (count == 0) return null;
        return HeaderValues.FromRight(values, Math.Min(count, hops), unquote: !sent.IsRfc) is { } value ? Said(sent, value, name) : null;
    }

    static string? Said(Headers sent, string value, string name) => sent.IsRfc ? Forwarded.ParseHop(value)?.Get(name) : value;

    static void TakeAddress(HttpContext http, string? node)
    {
        if (node is null || !ForwardedNode.TryParse(node, out var address, out var port)) return;
        http.Connection.RemoteIpAddress = address;
        http.Connection.RemotePort = port;
    }

    static void TakeScheme(HttpContext http, string? scheme)
    {
        if (scheme?.ToLowerInvariant() is "http" or "https" or "ws" or "wss") http.Request.Scheme = scheme.ToLowerInvariant();
    }

    void TakeHost(HttpContext http, string? host)
    {
        if (host is not null && ForwardedHost.IsValid(host) && _hosts.Allow(host)) http.Request.Headers.Host = host;
    }

    // Without a Host header, the local address is the host.
    static void TakePort(HttpContext http, string? value)
    {
        if (value is null || !ForwardedHost.IsPort(value)) return;
        if (http.Request.Headers.Host is [{ Length: > 0 } host, ..])
            http.Request.Headers.Host = $"{ForwardedHost.WithoutPort(host)}:{value}";
        else http.Connection.LocalPort = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    // Reads the path before changing the prefix, because afterwards the raw target no longer matches.
    static void TakePrefix(HttpContext http, string? prefix)
    {
        if (prefix is null || prefix.AsSpan().ContainsAny(InNoPrefix)) return;
        var path = RequestPath.PathInfo(http);
        http.Request.PathBase = MountPath.Of(prefix);
        http.Request.Path = MountPath.Rooted(path);
    }

    Headers Sent(IHeaderDictionary headers) => new(false,
        options.For > 0 || _deepest > 1 ? headers["X-Forwarded-For"] : default,
        options.Proto > 0 ? headers["X-Forwarded-Proto"] : default,
        options.Host > 0 ? headers["X-Forwarded-Host"] : default,
        options.Port > 0 ? headers["X-Forwarded-Port"] : default,
        options.Prefix > 0 ? headers["X-Forwarded-Prefix"] : default);

    // One header contains all values except the prefix.
    Headers Rfc(IHeaderDictionary headers)
    {
        var forwarded = headers["Forwarded"];
        return new(true, forwarded, forwarded, forwarded, default, options.Prefix > 0 ? headers["X-Forwarded-Prefix"] : default);
    }

    readonly record struct Headers(bool IsRfc, StringValues For, StringValues Proto, StringValues Host, StringValues Port,
        StringValues Prefix)
    {
        internal bool IsEmpty => For.Count + Proto.Count + Host.Count + Port.Count + Prefix.Count == 0;
    }
}
