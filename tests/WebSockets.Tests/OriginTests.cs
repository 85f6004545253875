using System.Net;
using Modular.Tests.Hosting;

namespace Modular.WebSockets.Tests;

public sealed class OriginTests : IDisposable
{
    readonly Sockets _client = new();

    [Fact]
    public async Task A_page_of_another_site_opens_no_WebSocket_by_default()
    {
        var ran = false;
        var app = new ModularApp().UseWebSockets();
        app.WebSocket("/", _ => Task.FromException(new InvalidOperationException($"{ran = true}")));
        await using var server = await Served.Start(app);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", "https://evil.test");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Sockets.Address(server, "/"), _client.Deadline));

        Assert.Equal((HttpStatusCode.Forbidden, false), (socket.HttpStatusCode, ran));
        Assert.Contains(server.Log.All, line => line == "Information Modular.WebSockets: The WebSocket \"/\" was refused because a page of another site opened it: "
            + $"Origin \"https://evil.test\"; this host is \"{server.Url.Authority}\". If that page is yours, add its origin to WebSocketsOptions.AllowedOrigins. "
            + "If the host is wrong, tell the application about its proxy.");
    }

    [Theory]
    [InlineData("http://a.test", null, true)]
    [InlineData("http://a.test", "http://a.test", true)]
    [InlineData("http://a.test", "https://a.test", true)]              // a proxy terminates TLS
    [InlineData("https://a.test", "https://A.test", true)]
    [InlineData("https://a.test", "http://a.test", false)]
    [InlineData("http://a.test:8080", "http://a.test:8080", true)]
    [InlineData("http://a.test", "http://a.test:8080", false)]
    [InlineData("http://a.test", "http://b.a.test", false)]
    [InlineData("http://a.test", "http://a.test.evil.test", false)]
    [InlineData("http://a.test", "null", false)]                       // a sandboxed frame
    [InlineData("http://a.test", "a.test", false)]
    public async Task A_page_of_the_own_host_and_a_program_open_one(string site, string? origin, bool opens) =>
        Assert.Equal(opens, await OpensAsync(new(), site, origin));

    [Theory]
    [InlineData("https://friend.test", true)]
    [InlineData("https://FRIEND.test", true)]
    [InlineData("http://friend.test", false)]
    [InlineData("https://evil.test", false)]
    public async Task A_page_of_an_allowed_origin_opens_one(string origin, bool opens) =>
        Assert.Equal(opens, await OpensAsync(new() { AllowedOrigins = ["https://friend.test"] }, "http://a.test", origin));

    [Fact]
    public async Task A_star_allows_all_origins() =>
        Assert.True(await OpensAsync(new() { AllowedOrigins = ["*"] }, "http://a.test", "https://evil.test"));

    [Theory]
    [InlineData("friend.test")]
    [InlineData("https://friend.test/")]
    [InlineData("https://friend.test:443")]
    [InlineData("https://*.friend.test")]
    public void An_allowed_origin_that_is_not_one_is_reported_at_start_up(string origin)
    {
        var app = new ModularApp().UseWebSockets(new() { AllowedOrigins = [origin] });

        var error = Assert.Throws<ModularException>(() => app.AppContext());

        Assert.Equal($"Modular.WebSockets has the allowed origin \"{origin}\", which isn't valid. Write scheme and host, and the port if it isn't the scheme's default, "
            + "as in \"https://admin.example.com\", or \"*\" for all.", error.Message);
    }

    public void Dispose() => _client.Dispose();

    static async Task<bool> OpensAsync(WebSocketsOptions options, string site, string? origin)
    {
        var app = new ModularApp().UseWebSockets(options);
        app.WebSocket("/", socket => Sockets.SendAsync(socket, "hi"));
        await using var client = app.TestClient(new() { BaseUrl = site });
        try
        {
            await using var socket = await client.WebSocketAsync("/", headers: origin is null ? [] : [("Origin", origin)]);
            return await socket.ReceiveAsync() == "hi";
        }
        catch (InvalidOperationException refused)
        {
            Assert.Contains("The response was 403.", refused.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
