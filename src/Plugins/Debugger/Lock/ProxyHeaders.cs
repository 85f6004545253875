namespace Modular.Debugger;

/// <summary>The headers that proxies, load balancers and content networks add to a request.</summary>
static class ProxyHeaders
{
    // Headers of proxies that send no address in another header.
    static readonly HashSet<string> Others = new(["Via", "CDN-Loop", "Max-Forwards", "Front-End-Https", "X-Scheme", "X-Url-Scheme",
        "X-Host", "X-Varnish", "X-Cloud-Trace-Context"], StringComparer.OrdinalIgnoreCase);

    static readonly string[] Beginnings =
    [
        "X-Forward", "X-Original", "X-Envoy-", "X-Azure-", "X-ARR-", "X-MS-Proxy", "X-Amzn-", "X-Amz-Cf-", "X-AppEngine-", "X-Vercel-",
            "X-NF-", "X-Proxy", "X-Sucuri-", "X-Akamai-",
        "Forwarded", "Proxy-", "CF-", "CDN-", "Cdn_", "CloudFront-", "Fastly-", "Fly-", "Incap-", "Ali-Cdn-", "WL-Proxy-", "Akamai-",
    ];

    static readonly string[] LastWords = ["IP", "IPv4", "IPv6", "Addr", "Address", "ClientIP", "RealIP", "UserIP", "SocketIP", "RemoteIP"];

    /// <summary>
    /// True for a header that only a proxy sends: a known name, or a name with a typical ending for a client address. Browsers don't send
    /// these headers.
    /// </summary>
    internal static bool Has(string name)
    {
        if (Others.Contains(name) || name.Contains("Forwarded", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var beginning in Beginnings)
            if (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)) return true;
        var last = name.AsSpan()[(name.AsSpan().LastIndexOfAny('-', '_') + 1)..];
        foreach (var word in LastWords)
            if (last.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
