using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Fixers.Tests;

public sealed class CrossSiteCheckTests
{
    [Theory]
    [InlineData("POST", "same-origin", "https://a.test", 200)]
    [InlineData("POST", "none", null, 200)]                       // typed in, or a bookmark
    [InlineData("POST", "cross-site", "https://evil.test", 403)]
    [InlineData("POST", "same-site", "https://other.a.test", 403)]
    [InlineData("POST", "cross-site", null, 403)]
    [InlineData("POST", "unheard-of", null, 403)]
    [InlineData("PUT", "cross-site", "https://evil.test", 403)]
    [InlineData("DELETE", "cross-site", "https://evil.test", 403)]
    [InlineData("PATCH", "cross-site", "https://evil.test", 403)]
    [InlineData("GET", "cross-site", "https://evil.test", 200)]
    [InlineData("HEAD", "cross-site", "https://evil.test", 200)]
    [InlineData("OPTIONS", "cross-site", "https://evil.test", 200)]
    [InlineData("POST", null, null, 200)]                         // a program, or a very old browser
    [InlineData("POST", null, "http://a.test", 200)]
    [InlineData("POST", null, "https://a.test", 200)]             // TLS ended at a proxy
    [InlineData("POST", null, "https://A.TEST:443", 200)]
    [InlineData("POST", null, "https://a.test:8443", 403)]
    [InlineData("POST", null, "https://evil.test", 403)]
    [InlineData("POST", null, "https://a.test.evil.test", 403)]
    [InlineData("POST", null, "null", 403)]                       // a sandboxed frame
    [InlineData("POST", null, "://", 403)]
    [InlineData("POST", "cross-site", "https://friend.test", 200)]
    [InlineData("POST", null, "https://FRIEND.test", 200)]
    [InlineData("POST", "cross-site", "https://friend.test:444", 403)]
    public async Task A_state_changing_request_must_come_from_the_sites_own_pages(string method, string? site, string? origin, int status)
    {
        var app = Checked();
        await using var client = app.TestClient(new() { BaseUrl = "http://a.test/" });

        var response = await client.SendAsync(method, "/pay", Sent(site, origin));

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task The_refusal_is_a_403_that_an_error_handler_may_handle()
    {
        var (plain, own) = (Checked(), Checked());
        own.ErrorHandler(403, error => (Response)$"no: {error.Description}");
        await using var first = plain.TestClient();
        await using var second = own.TestClient();

        var page = await first.PostAsync("/pay", Sent("cross-site", null));
        var answer = await second.PostAsync("/pay", Sent("cross-site", null));

        Assert.Contains("A page of another site sent this request.", page.Text, StringComparison.Ordinal);
        Assert.Equal("no: A page of another site sent this request.", answer.Text);
    }

    [Theory]
    [InlineData("/webhook", 200)]
    [InlineData("/antiforgery-off", 200)]
    [InlineData("/pay", 403)]
    public async Task A_rule_may_be_excluded(string path, int status)
    {
        var app = Checked();
        app.Post("/webhook", () => "hooked", endpoint: "webhook").AllowCrossSite();
        app.Post("/antiforgery-off", () => "fine", endpoint: "off").DisableAntiforgery();
        await using var client = app.TestClient();

        var response = await client.PostAsync(path, Sent("cross-site", "https://evil.test"));

        Assert.Equal(status, response.Status);
    }

    [Theory]
    [InlineData("https://evil.test", false)]
    [InlineData("https://friend.test", true)]
    [InlineData(null, true)]
    public async Task A_socket_of_another_site_is_refused_too(string? origin, bool opens)
    {
        var app = Checked().UseWebSockets(new() { AllowedOrigins = ["*"] });
        app.WebSocket("/socket", async socket => await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default), endpoint: "socket");
        await using var host = app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        await host.StartAsync();
        using var socket = new ClientWebSocket();
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);

        var refusal = await Record.ExceptionAsync(() => socket.ConnectAsync(new Uri($"{host.Urls.First().Replace("http", "ws", StringComparison.Ordinal)}/socket"), default));

        Assert.Equal(opens, refusal is null);
        if (!opens) Assert.Contains("403", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delegate_can_be_wrapped_too()
    {
        var app = new ModularApp();
        app.Post("/pay", () => "paid", endpoint: "pay");
        app.AppDelegate = CrossSiteCheck.Wrap(app.AppDelegate, new() { TrustedOrigins = ["https://friend.test"] });
        await using var client = app.TestClient();

        var foreign = await client.PostAsync("/pay", Sent("cross-site", "https://evil.test"));
        var friendly = await client.PostAsync("/pay", Sent("cross-site", "https://friend.test"));

        Assert.Equal((403, "A page of another site sent this request.", 200), (foreign.Status, foreign.Text, friendly.Status));
    }

    [Theory]
    [InlineData("/plain/pay", "https://evil.test", 403)]
    [InlineData("/plain/pay", "https://friend.test", 200)]
    [InlineData("/plain/nested/pay", "https://evil.test", 403)]
    [InlineData("/any", "https://evil.test", 403)]
    [InlineData("/own/pay", "https://evil.test", 403)]
    [InlineData("/own/pay", "https://friend.test", 403)]
    [InlineData("/own/webhook", "https://evil.test", 200)]
    public async Task Mounted_applications_are_checked_too(string path, string origin, int status)
    {
        foreach (var order in (int[])[0, 1, 2])
        {
            var app = new ModularApp();
            var (plain, own) = (new ModularApp(), new ModularApp().UseCrossSiteCheck());
            foreach (var mounted in (ModularApp[])[plain, own]) mounted.Post("/pay", () => "paid", endpoint: "pay");
            plain.Post("/nested/pay", () => "paid", endpoint: "nested");
            own.Post("/webhook", () => "hooked", endpoint: "webhook").AllowCrossSite();
            Dictionary<string, RequestDelegate> mounts = new() { ["/plain"] = plain.AppDelegate, ["/own"] = own.AppDelegate, ["/any"] = http => http.Response.WriteAsync("paid") };
            if (order == 0) app.UseMounts(mounts);
            app.UseCrossSiteCheck(new() { TrustedOrigins = ["https://friend.test"] });
            if (order == 1) app.UseMounts(mounts);
            if (order == 2) app.AppDelegate = PathMounts.Wrap(app.AppDelegate, mounts);
            await using var client = app.TestClient();

            var response = await client.PostAsync(path, Sent("cross-site", origin));

            Assert.Equal(status, response.Status);
        }
    }

    [Fact]
    public async Task Behind_a_proxy_the_host_is_the_fixed_one()
    {
        var app = Checked();
        app.UseProxyFix(new() { Host = 1, TrustedProxies = ["127.0.0.1"] });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/pay", new() { Headers = [("Origin", "https://shop.test"), ("X-Forwarded-Host", "shop.test")] });

        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData("admin.example.com")]
    [InlineData("https://admin.example.com/")]
    [InlineData("https://admin.example.com:443")]
    [InlineData("https://user@admin.example.com")]
    [InlineData("null")]
    public void An_invalid_origin_is_refused(string origin)
    {
        var message = Assert.Throws<ModularException>(() => new ModularApp().UseCrossSiteCheck(new() { TrustedOrigins = [origin] })).Message;

        Assert.Equal($"\"{origin}\" isn't a valid origin. Write scheme and host, and the port if it isn't the scheme's default, such as \"https://admin.example.com\".", message);
    }

    static ModularApp Checked()
    {
        var app = new ModularApp();
        app.UseCrossSiteCheck(new() { TrustedOrigins = ["https://friend.test"] });
        app.Route("/pay", () => "paid", endpoint: "pay", methods: ["GET", "POST", "PUT", "DELETE", "PATCH"]);
        return app;
    }

    static TestRequest Sent(string? site, string? origin) => new()
    {
        Headers = [.. new (string Name, string? Value)[] { ("Sec-Fetch-Site", site), ("Origin", origin) }.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))],
    };
}
