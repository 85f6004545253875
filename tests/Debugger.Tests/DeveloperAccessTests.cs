using System.Net;

namespace Modular.Debugger.Tests;

/// <summary>Who is the developer at this machine.</summary>
public sealed class LocalPeerTests
{
    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X_Forwarded_For")]
    [InlineData("X-Forwarded")]
    [InlineData("X-Forward-For")]
    [InlineData("Forwarded-For")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Real-IP")]
    [InlineData("X-RealIP")]
    [InlineData("X-Client-IP")]
    [InlineData("Client-IP")]
    [InlineData("True-Client-IP")]
    [InlineData("CF-Connecting-IP")]
    [InlineData("cf-connecting-ipv6")]
    [InlineData("CF-Ray")]
    [InlineData("X-Cluster-Client-IP")]
    [InlineData("Fastly-Client-IP")]
    [InlineData("X-Envoy-External-Address")]
    [InlineData("X-Envoy-Expected-Rq-Timeout-Ms")]
    [InlineData("X-Azure-ClientIP")]
    [InlineData("X-Azure-SocketIP")]
    [InlineData("X-Azure-FDID")]
    [InlineData("X-ARR-LOG-ID")]
    [InlineData("X-ProxyUser-Ip")]
    [InlineData("X-Remote-Addr")]
    [InlineData("X-Originating-IP")]
    [InlineData("X-Appengine-User-IP")]
    [InlineData("X-Vercel-Id")]
    [InlineData("Fly-Client-IP")]
    [InlineData("DO-Connecting-IP")]
    [InlineData("X-NF-Client-Connection-IP")]
    [InlineData("Incap-Client-IP")]
    [InlineData("X-Sucuri-ClientIP")]
    [InlineData("WL-Proxy-Client-IP")]
    [InlineData("Proxy-Client-IP")]
    [InlineData("Ali-CDN-Real-IP")]
    [InlineData("Cdn-Src-Ip")]
    [InlineData("CDN-Loop")]
    [InlineData("CloudFront-Viewer-Address")]
    [InlineData("X-Amzn-Trace-Id")]
    [InlineData("X-Cloud-Trace-Context")]
    [InlineData("X-Varnish")]
    [InlineData("X-Scheme")]
    [InlineData("Front-End-Https")]
    [InlineData("Via")]
    public void A_request_with_a_proxy_header_is_not_the_developers(string header)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback } };
        http.Request.Host = new("localhost");
        foreach (var usual in (string[])["Accept", "Accept-Encoding", "Accept-Language", "User-Agent", "Cookie", "Referer", "Origin", "Sec-Fetch-Site", "Sec-CH-UA-Platform", "DNT", "Upgrade-Insecure-Requests", "X-Requested-With", "X-CSRF-Token", "traceparent"])
            http.Request.Headers[usual] = "1";
        var before = DeveloperAccess.IsLocal(http);

        http.Request.Headers[header] = "127.0.0.1";

        Assert.Equal((true, false), (before, DeveloperAccess.IsLocal(http)));
    }

    [Theory]
    [InlineData("192.168.1.20", "localhost", "", "")]
    [InlineData("127.0.0.1", "evil.test", "", "")]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", "127.0.0.1")]
    [InlineData("127.0.0.1", "localhost", "Via", "1.1 proxy")]
    [InlineData("127.0.0.1", "localhost", "X-Cluster-Client-IP", "127.0.0.1")]
    public async Task In_debug_clients_on_other_machines_get_the_plain_500(string peer, string host, string header, string value)
    {
        await using var site = await Site.Failing(peer: IPAddress.Parse(peer));

        var answer = await site.Get("/", [("Host", host), .. header.Length > 0 ? [(header, value)] : Array.Empty<(string, string)>()]);

        Assert.Equal(500, answer.Status);
        Assert.Contains("<h1>Internal Server Error</h1>", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["Error shop: Exception on / [GET] | InvalidOperationException: the secret of the house"], site.Log.Errors);
    }
}
