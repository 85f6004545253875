namespace Modular.Fixers.Tests.Proxies;

// nginx and lighttpd as Debian has them; the visitor is 127.0.0.5, the proxies and the application are 127.0.0.1.
public sealed class RealProxyTests
{
    static readonly ProxyFixOptions OneProxy = new() { For = 1, Proto = 1, Host = 1, Prefix = 1, TrustedProxies = ["127.0.0.1"] };

    // The headers of a proxy that removes a prefix and terminates TLS.
    const string NginxHeaders = """
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-Prefix /shop;
        """;

    static readonly (string, string)[] Lies =
    [
        ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Host", "evil.test"), ("X-Forwarded-Prefix", "/evil"),
        ("X-Forwarded-Port", "666"), ("Forwarded", "for=6.6.6.6;proto=http;host=evil.test"),
    ];

    [NeedsFact(Tool.Nginx)]
    public async Task Behind_nginx_with_TLS_and_a_prefix_the_address_is_the_visitors()
    {
        await using var app = await Served.Start(OneProxy);
        await using var nginx = await ProxyProcess.Nginx($"location /shop/ {{ proxy_pass http://127.0.0.1:{app.Port}/; {NginxHeaders} }}", tls: true);
        using var visitor = new Visitor("127.0.0.5");
        var shop = $"https://127.0.0.1:{nginx.Port}/shop";

        var info = await visitor.Get($"{shop}/info?q=1");
        var asked = await visitor.Location($"{shop}/go");
        var completed = await visitor.Location($"{shop}/branch");
        var path = await visitor.Get($"{shop}/path/a%20b%252Fc");
        var cookie = await visitor.Cookie($"{shop}/cookie");

        Assert.Equal("seen=yes; Secure; Path=/shop", cookie);
        Assert.Equal($"127.0.0.5 {shop}/info?q=1 /shop|/info {shop}/info True", info);
        Assert.Equal(("/shop/branch/", $"{shop}/branch/", "a b%2Fc"), (asked, completed, path));
    }

    [NeedsFact(Tool.Nginx)]
    public async Task Behind_nginx_that_passes_the_target_unchanged_an_encoded_slash_stays_one()
    {
        await using var app = await Served.Start(OneProxy);
        await using var nginx = await ProxyProcess.Nginx($"location / {{ proxy_pass http://127.0.0.1:{app.Port}; {NginxHeaders} }}");
        using var visitor = new Visitor("127.0.0.5");

        var path = await visitor.Get($"http://127.0.0.1:{nginx.Port}/path/a%2Fb%252Fc%C3%A9");

        Assert.Equal("a/b%2Fcé", path);
    }

    [NeedsFact(Tool.Nginx)]
    public async Task Forged_headers_do_not_get_through_nginx()
    {
        await using var app = await Served.Start(OneProxy);
        await using var nginx = await ProxyProcess.Nginx($"location /shop/ {{ proxy_pass http://127.0.0.1:{app.Port}/; {NginxHeaders} }}", tls: true);
        using var liar = new Visitor("127.0.0.6");
        var shop = $"https://127.0.0.1:{nginx.Port}/shop";

        var info = await liar.Get($"{shop}/info", Lies);

        Assert.Equal($"127.0.0.6 {shop}/info /shop|/info {shop}/info True", info);
    }

    [Fact]
    public async Task Forged_headers_that_are_sent_directly_to_the_application_are_ignored()
    {
        await using var app = await Served.Start(OneProxy with { TrustedProxies = ["127.0.0.1", "unix"] });
        using var liar = new Visitor("127.0.0.6");
        var url = $"http://127.0.0.1:{app.Port}/info";

        var info = await liar.Get(url, Lies);

        Assert.Equal($"127.0.0.6 {url} |/info {url} False", info);
    }

    [NeedsFact(Tool.Nginx)]
    public async Task Behind_nginx_on_a_Unix_socket_the_address_is_the_visitors()
    {
        await using var app = await Served.Start(OneProxy with { TrustedProxies = ["unix"] });
        await using var nginx = await ProxyProcess.Nginx($"location /shop/ {{ proxy_pass http://unix:{app.Socket}:/; {NginxHeaders} }}");
        using var visitor = new Visitor("127.0.0.5");
        var shop = $"http://127.0.0.1:{nginx.Port}/shop";

        var info = await visitor.Get($"{shop}/info");

        Assert.Equal($"127.0.0.5 {shop}/info /shop|/info {shop}/info False", info);
    }

    [NeedsFact(Tool.Lighttpd)]
    public async Task Behind_lighttpd_with_TLS_and_a_prefix_the_header_Forwarded_is_read()
    {
        await using var app = await Served.Start(OneProxy with { Rfc7239 = true });
        await using var lighttpd = await ProxyProcess.Lighttpd(Lighttpd(app.Port), tls: true);
        using var visitor = new Visitor("127.0.0.5");
        using var liar = new Visitor("127.0.0.6");
        var shop = $"https://127.0.0.1:{lighttpd.Port}/shop";

        var info = await visitor.Get($"{shop}/info?q=1");
        var asked = await visitor.Location($"{shop}/go");
        var lied = await liar.Get($"{shop}/info", Lies);

        Assert.Equal($"127.0.0.5 {shop}/info?q=1 /shop|/info {shop}/info True", info);
        Assert.Equal("/shop/branch/", asked);
        Assert.Equal($"127.0.0.6 {shop}/info /shop|/info {shop}/info True", lied);
    }

    [NeedsFact(Tool.Nginx)]
    public async Task Behind_two_proxies_in_a_row_the_address_is_the_visitors()
    {
        await using var app = await Served.Start(OneProxy with { For = 2, Proto = 2, Host = 1 });
        await using var inner = await ProxyProcess.Nginx($$"""
            location / {
              proxy_pass http://127.0.0.1:{{app.Port}};
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_set_header X-Forwarded-Proto "$http_x_forwarded_proto, $scheme";
              proxy_set_header X-Forwarded-Host $http_x_forwarded_host;
            }
            """);
        await using var outer = await ProxyProcess.Nginx($"location /shop/ {{ proxy_pass http://127.0.0.1:{inner.Port}/; {NginxHeaders} }}", tls: true);
        using var visitor = new Visitor("127.0.0.5");
        using var liar = new Visitor("127.0.0.6");
        var shop = $"https://127.0.0.1:{outer.Port}/shop";

        var info = await visitor.Get($"{shop}/info");
        var lied = await liar.Get($"{shop}/info", Lies);
        var roundTheOuter = await liar.Get($"http://127.0.0.1:{inner.Port}/info", ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", $"127.0.0.1:{inner.Port}"));

        Assert.Equal($"127.0.0.5 {shop}/info /shop|/info {shop}/info True", info);
        Assert.Equal($"127.0.0.6 {shop}/info /shop|/info {shop}/info True", lied);
        Assert.StartsWith($"127.0.0.6 http://127.0.0.1:{inner.Port}/info ", roundTheOuter, StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Nginx, Tool.Lighttpd)]
    public async Task Behind_lighttpd_behind_nginx_the_address_is_the_visitors()
    {
        await using var app = await Served.Start(OneProxy with { For = 2, Proto = 1, Host = 1 });
        await using var inner = await ProxyProcess.Nginx($$"""
            location / {
              proxy_pass http://127.0.0.1:{{app.Port}};
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_set_header X-Forwarded-Host $http_host;
            }
            """);
        await using var outer = await ProxyProcess.Lighttpd(Lighttpd(inner.Port));
        using var visitor = new Visitor("127.0.0.5");

        var info = await visitor.Get($"http://127.0.0.1:{outer.Port}/shop/info");

        Assert.StartsWith($"127.0.0.5 http://127.0.0.1:{outer.Port}/shop/info ", info, StringComparison.Ordinal);
    }

    // Not by "map-urlpath", which would put the prefix in front of the application's redirects once more.
    static string Lighttpd(int port) => $$"""
        url.rewrite-once = ("^/shop(/.*)$" => "$1")
        proxy.server = ("" => (("host" => "127.0.0.1", "port" => {{port}})))
        proxy.forwarded = ("for" => 1, "proto" => 1, "host" => 1)
        setenv.set-request-header = ("X-Forwarded-Prefix" => "/shop")
        """;
}
