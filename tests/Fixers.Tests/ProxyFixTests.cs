using System.Net;

namespace Modular.Fixers.Tests;

public sealed class ProxyFixTests
{
    [Fact]
    public async Task Everything_that_reads_an_address_gets_the_clients()
    {
        var app = Shows(new() { For = 1, Proto = 1, Host = 1, Prefix = 1, TrustedProxies = ["127.0.0.1"] });
        await using var client = app.TestClient();

        var info = await client.GetAsync("/info?q=1", Forwards(For: "9.9.9.9", Proto: "https", Host: "example.com", Prefix: "/shop"));

        Assert.Equal(
            "9.9.9.9 https example.com /shop /info https://example.com/shop/info?q=1 /shop/user/x%20y https://example.com/shop/user/x%20y True", info.Text);
    }

    [Fact]
    public async Task A_redirect_stays_below_the_prefix_that_the_proxy_removed()
    {
        var app = Shows(new() { Prefix = 1, Proto = 0, For = 0, TrustedProxies = ["127.0.0.1"] });
        app.Get("/branch/", () => "branch", endpoint: "branch");
        app.Get("/go", () => Redirect(UrlFor("branch")), endpoint: "go");
        await using var client = app.TestClient();

        var asked = await client.GetAsync("/go", Forwards(Prefix: "/shop"));
        var completed = await client.GetAsync("/branch", Forwards(Prefix: "/shop"));

        Assert.Equal(("/shop/branch/", "http://localhost/shop/branch/"), (asked.Location, completed.Location));
    }

    [Fact]
    public async Task A_client_that_forges_headers_directly_changes_nothing()
    {
        var app = Shows(new() { For = 1, Proto = 1, Host = 1, Port = 1, Prefix = 1, TrustedProxies = ["10.0.0.0/8", "unix"] });
        await using var client = app.TestClient();

        var info = await client.GetAsync("/info", Forwards(For: "9.9.9.9", Proto: "https", Host: "evil.test", Port: "1", Prefix: "/evil"));

        Assert.StartsWith("127.0.0.1 http localhost  /info http://localhost/info ", info.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.0.0.0/8", true)]
    [InlineData("11.1.2.3", "10.0.0.0/8", false)]
    [InlineData("10.1.2.3", "10.9.9.9/8", true)]                      // the network that the address is in
    [InlineData("::ffff:10.1.2.3", "10.0.0.0/8", true)]               // how a dual-stack socket shows an IPv4 peer
    [InlineData("10.1.2.3", "::ffff:10.0.0.0/104", true)]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("2001:db8::5", "2001:db8::/32", true)]
    [InlineData("2001:db9::5", "2001:db8::/32", false)]
    [InlineData("fe80::1%3", "fe80::/10", true)]
    [InlineData("10.1.2.3", "0.0.0.0/0", true)]
    [InlineData("2001:db8::5", "0.0.0.0/0", false)]
    [InlineData(null, "unix", true)]                                   // a Unix socket has no address
    [InlineData(null, "127.0.0.1", false)]
    [InlineData("127.0.0.1", "unix", false)]
    public async Task A_proxy_is_trusted_by_address_network_or_socket(string? peer, string trusted, bool believed)
    {
        var http = Request(peer, ("X-Forwarded-Proto", "https"));

        await ProxyFix.Wrap(Ends, new() { TrustedProxies = [trusted] })(http);

        Assert.Equal(believed ? "https" : "http", http.Request.Scheme);
    }

    [Theory]
    [InlineData("1.1.1.1, 10.0.0.2", "1.1.1.1")]                        // client, outer proxy; the peer is the inner one
    [InlineData("6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1")]               // the client's own entries are outside the count
    [InlineData("6.6.6.6, 5.5.5.5", "5.5.5.5")]                         // the client bypassed the outer proxy, so its own headers are ignored
    [InlineData("10.0.0.2", "10.0.0.1")]                                // fewer values than proxies, so the address is unknown
    [InlineData("unknown, 10.0.0.2", "10.0.0.1")]
    [InlineData("1.1.1.1, unknown", "10.0.0.1")]
    [InlineData("\"6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1")]             // an open quote doesn't hide what follows
    public async Task The_chain_is_followed_through_trusted_proxies_only(string forwardedFor, string address)
    {
        var http = Request("10.0.0.1", ("X-Forwarded-For", forwardedFor));

        await ProxyFix.Wrap(Ends, new() { For = 2, TrustedProxies = ["10.0.0.0/8"] })(http);

        Assert.Equal(address, http.Connection.RemoteIpAddress!.ToString());
    }

    [Fact]
    public async Task The_other_headers_stop_at_the_same_proxy_as_the_chain()
    {
        var http = Request("10.0.0.1", ("X-Forwarded-For", "6.6.6.6, 5.5.5.5"), ("X-Forwarded-Proto", "https, http"), ("X-Forwarded-Host", "evil.test, true.test"));

        await ProxyFix.Wrap(Ends, new() { For = 2, Proto = 2, Host = 2, TrustedProxies = ["10.0.0.0/8"] })(http);

        Assert.Equal(("5.5.5.5", "http", "true.test"), (http.Connection.RemoteIpAddress!.ToString(), http.Request.Scheme, http.Request.Host.Value));
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4", 0)]
    [InlineData("1.2.3.4:5678", "1.2.3.4", 5678)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 0)]
    [InlineData("[2001:db8::1]:5678", "2001:db8::1", 5678)]
    [InlineData("2001:db8::1", "2001:db8::1", 0)]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4", 0)]
    [InlineData("1", null, 0)]
    [InlineData("010.0.0.1", null, 0)]
    [InlineData("1.2.3", null, 0)]
    [InlineData("1.2.3.4.5", null, 0)]
    [InlineData("1.2.3.400", null, 0)]
    [InlineData("1.2.3.4:99999", null, 0)]
    [InlineData("1.2.3.4:", null, 0)]
    [InlineData("1.2.3.4:80\0", null, 0)]
    [InlineData("fe80::1%eth0", null, 0)]
    [InlineData("[2001:db8::1", null, 0)]
    [InlineData("[]", null, 0)]
    [InlineData("_hidden", null, 0)]
    public async Task An_address_is_parsed_strictly_and_may_have_a_port(string node, string? address, int port)
    {
        var http = Request("10.0.0.1", ("X-Forwarded-For", node));

        await ProxyFix.Wrap(Ends, new() { TrustedProxies = ["10.0.0.1"] })(http);

        Assert.Equal((address ?? "10.0.0.1", address is null ? 4711 : port), (http.Connection.RemoteIpAddress!.ToString(), http.Connection.RemotePort));
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("EXAMPLE.com:8443", true)]
    [InlineData("www.example.org", true)]
    [InlineData("example.org", true)]
    [InlineData("www.example.com", false)]
    [InlineData("evil-example.org", false)]
    [InlineData("evil.test", false)]
    public async Task Only_allowed_hosts_are_used(string host, bool taken)
    {
        var http = Request("10.0.0.1", ("X-Forwarded-Host", host));

        await ProxyFix.Wrap(Ends, new() { Host = 1, TrustedProxies = ["10.0.0.1"], AllowedHosts = ["example.com", ".example.org"] })(http);

        Assert.Equal(taken ? host : "inner", http.Request.Host.Value);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("a:b")]
    [InlineData("a:0")]
    [InlineData("a:70000")]
    [InlineData("a:80\0")]            // .NET parses a number with trailing NULs
    [InlineData("[::1")]
    [InlineData("[zz]")]
    [InlineData("::1")]
    public async Task An_invalid_host_is_not_used(string host)
    {
        var http = Request("10.0.0.1", ("X-Forwarded-Host", host));

        await ProxyFix.Wrap(Ends, new() { Host = 1, TrustedProxies = ["10.0.0.1"] })(http);

        Assert.Equal("inner", http.Request.Host.Value);
    }

    [Theory]
    [InlineData("/shop", "/shop")]
    [InlineData("shop/", "/shop")]
    [InlineData("/", "")]
    [InlineData("//evil.test", "/evil.test")]          // in a link, two slashes would be another host
    [InlineData("/\\evil.test", "")]
    [InlineData("/a?b", "")]
    [InlineData("/a\tb", "")]
    public async Task A_prefix_is_a_path_and_never_a_host(string prefix, string mount)
    {
        var http = Request("10.0.0.1", ("X-Forwarded-Prefix", prefix));

        await ProxyFix.Wrap(Ends, new() { Prefix = 1, TrustedProxies = ["10.0.0.1"] })(http);

        Assert.Equal(mount, http.Request.PathBase.Value ?? "");
    }

    [Theory]
    [InlineData("/a%2Fb", "/a/b")]
    [InlineData("/a%252Fb", "/a%2Fb")]
    [InlineData("/caf%C3%A9", "/café")]
    [InlineData("/shop/a%2Fb", "/shop/a/b")]           // the prefix was already removed: this is another one
    [InlineData("/a/../b", "/a/../b")]
    public async Task An_encoded_path_is_decoded_once_behind_a_prefix_too(string target, string path)
    {
        var app = new ModularApp();
        app.UseProxyFix(new() { Prefix = 1, TrustedProxies = ["127.0.0.1"] });
        app.Get("/<path:path>", (string path) => $"{Current.Request.ScriptRoot} /{path} {Current.Request.Path}", endpoint: "any");
        await using var client = app.TestClient();

        var response = await client.GetAsync(target, Forwards(Prefix: "/shop"));

        Assert.Equal($"/shop {path} {path}", response.Text);
    }

    [Fact]
    public async Task The_original_address_is_kept_as_a_feature()
    {
        var http = Request("10.0.0.1", ("X-Forwarded-For", "9.9.9.9"), ("X-Forwarded-Proto", "https"));

        await ProxyFix.Wrap(Ends, new() { TrustedProxies = ["10.0.0.1"] })(http);

        var original = http.Features.Get<OriginalAddress>()!;
        Assert.Equal(
            ("10.0.0.1", "http", "inner", ""),
            (original.RemoteIpAddress!.ToString(), original.Scheme, original.Host.Value, original.PathBase.Value));
    }

    [Fact]
    public async Task A_request_without_forwarded_headers_is_not_changed()
    {
        var http = Request("10.0.0.1");

        await ProxyFix.Wrap(Ends, new() { TrustedProxies = ["10.0.0.1"] })(http);

        Assert.Null(http.Features.Get<OriginalAddress>());
        Assert.Equal(("10.0.0.1", 4711), (http.Connection.RemoteIpAddress!.ToString(), http.Connection.RemotePort));
    }

    [Fact]
    public async Task Forwarded_is_read_when_the_option_is_set()
    {
        var http = Request("10.0.0.1", ("Forwarded", "for=6.6.6.6;proto=http, for=\"[2001:db8::1]:4711\";proto=https;host=\"example.com:8443\""),
            ("X-Forwarded-For", "7.7.7.7"), ("X-Forwarded-Proto", "ws"));

        await ProxyFix.Wrap(Ends, new() { Host = 1, Rfc7239 = true, TrustedProxies = ["10.0.0.1"] })(http);

        Assert.Equal(("2001:db8::1", "https", "example.com:8443"), (http.Connection.RemoteIpAddress!.ToString(), http.Request.Scheme, http.Request.Host.Value));
    }

    [Theory]
    [InlineData("for=\"6.6.6.6, for=1.1.1.1;proto=https, for=10.0.0.2;proto=http", "1.1.1.1", "https")]     // the client left a quote open
    [InlineData("for=6.6.6.6;proto=https, for=5.5.5.5;proto=http", "5.5.5.5", "http")]                       // and bypassed the outer proxy
    public async Task Forwarded_is_followed_like_the_other_headers(string header, string address, string scheme)
    {
        var http = Request("10.0.0.1", ("Forwarded", header));

        await ProxyFix.Wrap(Ends, new() { For = 2, Proto = 2, Rfc7239 = true, TrustedProxies = ["10.0.0.0/8"] })(http);

        Assert.Equal((address, scheme), (http.Connection.RemoteIpAddress!.ToString(), http.Request.Scheme));
    }

    [Fact]
    public void Counts_without_a_trusted_proxy_are_refused()
    {
        var message = Assert.Throws<ModularException>(() => ProxyFix.Wrap(Ends, new() { Host = 2 })).Message;

        Assert.Equal("ProxyFix reads For = 1, Proto = 1, Host = 2, but no proxy is trusted to send them. "
            + "Write TrustedProxies = [\"10.0.0.5\"], with the addresses or networks of your proxies.", message);
    }

    [Fact]
    public void An_application_with_such_counts_does_not_start()
    {
        var app = new ModularApp { Debug = false };
        app.UseProxyFix(new());

        var message = Assert.Throws<ModularException>(() => app.Build()).Message;

        Assert.Contains("ProxyFix reads For = 1, Proto = 1, but no proxy is trusted to send them.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_debug_mode_only_this_machine_is_trusted()
    {
        var app = new ModularApp { Debug = true };
        app.AppDelegate = ProxyFix.Wrap(app.AppDelegate, new());
        app.Get("/", () => $"{Current.Request.RemoteAddr}");
        var stranger = Request("10.0.0.1", ("X-Forwarded-For", "9.9.9.9"));
        await using var client = app.TestClient();

        var near = await client.GetAsync("/", Forwards(For: "9.9.9.9"));
        await ProxyFix.Wrap(new ModularApp { Debug = true }.AppDelegate, new())(stranger);

        Assert.Equal(("9.9.9.9", "10.0.0.1"), (near.Text, stranger.Connection.RemoteIpAddress!.ToString()));
    }

    [Fact]
    public void Counts_of_zero_do_not_need_a_proxy()
    {
        RequestDelegate app = Ends;

        Assert.Same(app, ProxyFix.Wrap(app, new() { For = 0, Proto = 0 }));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.1:80")]
    [InlineData("proxy")]
    [InlineData("")]
    [InlineData("::ffff:10.0.0.0/90")]
    public void An_invalid_proxy_is_refused(string entry)
    {
        var message = Assert.Throws<ModularException>(() => ProxyFix.Wrap(Ends, new() { TrustedProxies = [entry] })).Message;

        Assert.Equal($"\"{entry}\" isn't a valid trusted proxy. Write an address (\"10.0.0.5\"), a network (\"10.0.0.0/8\"), or \"unix\" for a Unix socket.", message);
    }

    [Fact]
    public void An_invalid_host_is_refused()
    {
        var message = Assert.Throws<ModularException>(() => ProxyFix.Wrap(Ends, new() { TrustedProxies = ["::1"], AllowedHosts = ["*.example.com"] })).Message;

        Assert.Equal("\"*.example.com\" in AllowedHosts isn't a valid host. "
            + "Write a name (\"example.com\"), or a name with a leading dot to include its subdomains (\".example.com\").", message);
    }

    [Fact]
    public void A_count_below_zero_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ProxyFixOptions { Host = -1 });

        Assert.StartsWith("Host must be 0 or the number of proxies that add a value.", error.Message, StringComparison.Ordinal);
    }

    static ModularApp Shows(ProxyFixOptions options)
    {
        var app = new ModularApp();
        app.UseProxyFix(options);
        app.Get("/user/<username>", (string username) => username, endpoint: "user");
        app.Get("/info", () =>
        {
            var request = Current.Request;
            return $"{request.RemoteAddr} {request.Scheme} {request.Host} {request.ScriptRoot} {request.Path} {request.Url} "
                + $"{UrlFor("user", ("username", "x y"))} {UrlFor("user", new() { External = true }, ("username", "x y"))} {request.IsSecure}";
        }, endpoint: "info");
        return app;
    }

    static TestRequest Forwards(string? For = null, string? Proto = null, string? Host = null, string? Port = null, string? Prefix = null) => new()
    {
        Headers = [.. new (string Name, string? Value)[]
        {
            ("X-Forwarded-For", For), ("X-Forwarded-Proto", Proto), ("X-Forwarded-Host", Host), ("X-Forwarded-Port", Port), ("X-Forwarded-Prefix", Prefix),
        }.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))],
    };

    static DefaultHttpContext Request(string? peer, params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        http.Connection.RemotePort = 4711;
        http.Request.Scheme = "http";
        http.Request.Host = new("inner");
        foreach (var (name, value) in headers) http.Request.Headers[name] = value;
        return http;
    }

    static Task Ends(HttpContext http) => Task.CompletedTask;
}
