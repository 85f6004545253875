using System.Net.WebSockets;

namespace Modular.Csrf.Tests;

public sealed class OriginTests
{
    static TestRequest From(string token, string? site, string? origin, string? referer = null)
    {
        List<(string, string)> headers = [("X-CSRF-Token", token)];
        if (site is not null) headers.Add(("Sec-Fetch-Site", site));
        if (origin is not null) headers.Add(("Origin", origin));
        if (referer is not null) headers.Add(("Referer", referer));
        return new() { Headers = headers };
    }

    [Theory]
    [InlineData("same-origin", "http://a.test", null, 200)]
    [InlineData("none", null, null, 200)]
    [InlineData("cross-site", "https://evil.test", null, 400)]
    [InlineData("same-site", "https://other.a.test", null, 400)]
    [InlineData("cross-site", null, null, 400)]
    [InlineData("unheard-of", "http://a.test", null, 400)]
    [InlineData(null, null, null, 200)]                           // a program
    [InlineData(null, "http://a.test", null, 200)]
    [InlineData(null, "https://a.test", null, 200)]               // TLS ended at a proxy
    [InlineData(null, "https://A.TEST:443", null, 200)]
    [InlineData(null, "https://a.test:8443", null, 400)]
    [InlineData(null, "https://a.test.evil.test", null, 400)]
    [InlineData(null, "null", null, 400)]
    [InlineData(null, "null", "http://a.test/form", 400)]
    [InlineData(null, null, "http://a.test/form?x=1", 200)]
    [InlineData(null, null, "http://evil.test/http://a.test", 400)]
    [InlineData(null, null, "http://a.test@evil.test/", 400)]
    [InlineData(null, null, "not an address", 400)]
    [InlineData("cross-site", "https://friend.test", null, 200)]
    [InlineData("same-site", "https://FRIEND.test", null, 200)]
    [InlineData(null, "https://friend.test", null, 200)]
    [InlineData(null, null, "https://friend.test/form", 200)]
    [InlineData("cross-site", "http://friend.test", null, 400)]
    [InlineData("cross-site", "https://friend.test:444", null, 400)]
    public async Task A_request_must_come_from_this_sites_own_pages(string? site, string? origin, string? referer, int status)
    {
        await using var client = Apps.Protected(new() { TrustedOrigins = ["https://friend.test"] }).TestClient(new() { BaseUrl = "http://a.test/" });
        var token = await client.TokenAsync();

        var response = await client.PostAsync("/pay", From(token, site, origin, referer));

        Assert.Equal(status, response.Status);
        if (status == 400) Assert.Contains("A page of another site sent this request. Open the form on this site, and send it from there.", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_TLS_is_another_site_for_one_with_it()
    {
        await using var client = Apps.Protected().TestClient(new() { BaseUrl = "https://a.test/" });
        var token = await client.TokenAsync();

        var same = await client.PostAsync("/pay", From(token, null, "https://a.test"));
        var other = await client.PostAsync("/pay", From(token, null, "http://a.test"));

        Assert.Equal((200, 400), (same.Status, other.Status));
    }

    [Fact]
    public async Task A_trusted_origin_still_needs_a_token()
    {
        await using var client = Apps.Protected(new() { TrustedOrigins = ["https://friend.test"] }).TestClient();

        var refused = await client.PostAsync("/pay", new() { Headers = [("Origin", "https://friend.test")] });

        Assert.Contains("The CSRF token is missing.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_of_another_site_is_refused_before_its_body_is_read()
    {
        var app = Apps.Protected();
        var next = app.AppDelegate;
        app.AppDelegate = http =>
        {
            http.Request.Body = new UnreadableBody();
            return next(http);
        };
        await using var client = app.TestClient();

        var refused = await client.PostAsync("/pay", Apps.With("x") with { Headers = [("Sec-Fetch-Site", "cross-site")] });

        Assert.Contains("A page of another site sent this request.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSocket_handshake_is_checked_for_its_origin_and_needs_no_token()
    {
        var app = Apps.Protected(more: app =>
        {
            app.UseWebSockets(new() { AllowedOrigins = ["*"] });
            app.WebSocket("/socket", Say, endpoint: "socket");
            app.WebSocket("/open", Say, endpoint: "open").CsrfExempt();
        });
        await using var client = app.TestClient(new() { BaseUrl = "http://a.test/" });

        await using (var own = await client.WebSocketAsync("/socket", headers: [("Origin", "http://a.test")])) Assert.Equal("hi", await own.ReceiveAsync());
        await using (var program = await client.WebSocketAsync("/socket")) Assert.Equal("hi", await program.ReceiveAsync());
        await using (var open = await client.WebSocketAsync("/open", headers: [("Origin", "http://evil.test")])) Assert.Equal("hi", await open.ReceiveAsync());
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => client.WebSocketAsync("/socket", headers: [("Origin", "http://evil.test")]));

        Assert.Contains("400", refused.Message, StringComparison.Ordinal);

        static Task Say(WebSocket socket) => socket.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    [Theory]
    [InlineData("friend.test")]
    [InlineData("https://friend.test/")]
    [InlineData("https://friend.test:443")]
    [InlineData("*")]
    public void A_wrong_trusted_origin_is_reported_at_start_up(string origin)
    {
        var app = Apps.Protected(new() { TrustedOrigins = [origin] });

        var error = Assert.Throws<ModularException>(() => app.TestRequestContext("/"));

        Assert.Contains($"Modular.Csrf has the trusted origin \"{origin}\", which isn't valid. Write scheme and host, and the port if it isn't the scheme's default, as in \"https://admin.example.com\".", error.Message, StringComparison.Ordinal);
    }

    sealed class UnreadableBody : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("The body was read.");
    }
}
