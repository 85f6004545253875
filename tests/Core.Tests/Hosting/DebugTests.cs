using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Tests.Hosting;

/// <summary>What is shown when something fails, in debug and without.</summary>
public class DebugTests
{
    static ModularApp Failing(bool debug)
    {
        var app = new ModularApp(new() { Name = "failing" }) { Debug = debug };
        app.Route("/", string () => throw new InvalidOperationException("the secret"), endpoint: "index");
        return app;
    }

    [Fact]
    public async Task In_debug_the_browser_shows_ASP_NETs_developer_page()
    {
        await using var served = await Served.Start(Failing(debug: true));

        var reply = await served.Send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: text/html\r\n\r\n");

        Assert.Equal(500, reply.Status);
        Assert.Contains("InvalidOperationException: the secret", reply.Body, StringComparison.Ordinal);
        Assert.Contains("DebugTests.cs", reply.Body, StringComparison.Ordinal);
        Assert.Single(served.Log.Errors);
    }

    [Theory]
    [InlineData("192.168.1.20", "localhost", "")]
    [InlineData("127.0.0.1", "evil.test", "")]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For: 127.0.0.1\r\n")]
    [InlineData("127.0.0.1", "localhost", "Via: 1.1 proxy\r\n")]
    [InlineData("127.0.0.1", "localhost", "X-Cluster-Client-IP: 127.0.0.1\r\n")]
    public async Task In_debug_whoever_is_not_at_this_machine_gets_the_plain_500(string peer, string host, string headers)
    {
        await using var served = await Served.Start(Failing(debug: true), builder => builder.Services.AddSingleton<IStartupFilter>(new Peer(IPAddress.Parse(peer))));

        var reply = await served.Send($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAccept: text/html\r\n{headers}\r\n");

        Assert.Equal(500, reply.Status);
        Assert.Contains("<h1>Internal Server Error</h1>", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reply.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", reply.Raw, StringComparison.Ordinal);
        Assert.Equal(["failing: Exception on / [GET]"], served.Log.Errors);
    }

    [Fact]
    public async Task In_production_nobody_sees_the_developer_page_although_debug_was_left_on()
    {
        await using var served = await Served.Start(Failing(debug: true), builder => builder.Environment.EnvironmentName = "Production");

        var reply = await served.Send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: text/html\r\n\r\n");

        Assert.Equal(500, reply.Status);
        Assert.Contains("<h1>Internal Server Error</h1>", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reply.Raw, StringComparison.Ordinal);
        Assert.Contains("Warning failing: Exceptions are not shown, though debug is on: the environment of the host is Production.", served.Log.All);
        Assert.Equal(["failing: Exception on / [GET]"], served.Log.Errors);
    }

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
    public void A_request_with_a_header_of_a_proxy_does_not_come_from_the_developer(string header)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback } };
        http.Request.Host = new("localhost");
        foreach (var usual in (string[])["Accept", "Accept-Encoding", "Accept-Language", "User-Agent", "Cookie", "Referer", "Origin", "Sec-Fetch-Site", "Sec-CH-UA-Platform", "DNT", "Upgrade-Insecure-Requests", "X-Requested-With", "X-CSRF-Token", "traceparent"])
            http.Request.Headers[usual] = "1";
        var before = LocalPeer.Is(http);

        http.Request.Headers[header] = "127.0.0.1";

        Assert.Equal((true, false), (before, LocalPeer.Is(http)));
    }

    /// <summary>Whom the server believes to talk to.</summary>
    sealed class Peer(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => host =>
        {
            host.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = address;
                return rest(http);
            });
            next(host);
        };
    }

    [Fact]
    public async Task Without_debug_nothing_is_given_away_but_the_log_has_it_all()
    {
        await using var served = await Served.Start(Failing(debug: false));

        var reply = await served.Get("/", "Accept: text/html\r\n");

        Assert.Equal(500, reply.Status);
        Assert.DoesNotContain("secret", reply.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", reply.Raw, StringComparison.Ordinal);
        Assert.Null(reply.Header("Server"));
        Assert.Equal(["failing: Exception on / [GET]"], served.Log.Errors);
    }

    [Fact]
    public async Task In_debug_an_HTTP_error_is_still_a_page_and_an_error_handler_still_answers()
    {
        var app = Failing(debug: true);
        app.ErrorHandler<InvalidOperationException>(error => new Response($"handled {error.Message}"));
        await using var served = await Served.Start(app);

        var (missing, handled) = (await served.Get("/nowhere"), await served.Get("/"));

        Assert.Equal((404, "handled the secret"), (missing.Status, handled.Body));
    }

    [Fact]
    public async Task Debug_and_what_is_thrown_on_can_be_chosen_apart()
    {
        var app = Failing(debug: true);
        app.PropagatesExceptions = false;
        app.ErrorHandler(500, () => ("own page", 500));
        await using var served = await Served.Start(app);

        var reply = await served.Get("/");

        Assert.Equal((500, "own page"), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task More_is_logged_in_debug()
    {
        await using var debug = await Served.Start(Logging(debug: true));
        await using var plain = await Served.Start(Logging(debug: false));

        await debug.Get("/");
        await plain.Get("/");

        Assert.Contains("Debug logging: details", debug.Log.All);
        Assert.Equal(["Information logging: facts"], plain.Log.All.Where(line => line.Contains("logging", StringComparison.Ordinal)));

        static ModularApp Logging(bool debug)
        {
            var app = new ModularApp(new() { Name = "logging" }) { Debug = debug };
            app.Route("/", () =>
            {
                app.Logger.LogDebug("details");
                app.Logger.LogInformation("facts");
                return "";
            }, endpoint: "index");
            return app;
        }
    }
}
