using System.Net;
using System.Net.WebSockets;
using Modular.Tests.Hosting;

namespace Modular.Tests.Endpoints;

// What Werkzeug knows of WebSockets. Modular.WebSockets opens and closes them.
public sealed class WebSocketRuleTests
{
    [Fact]
    public async Task A_rule_for_WebSockets_gets_handshakes_alone_and_its_view_may_return_nothing()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var app = new ModularApp();
        app.Get("/", () => "page", endpoint: "page");
        app.Get("/", OpenAsync, endpoint: "bound", options: new() { WebSocket = true });
        app.Route("/plain", context => OpenAsync(context.Http), endpoint: "plain", options: new() { WebSocket = true });
        await using var server = await Served.Start(app);

        foreach (var path in (string[])["/", "/plain"])
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri($"ws://{server.Url.Authority}{path}"), deadline.Token);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token);
            Assert.Equal("opened", socket.CloseStatusDescription);
        }
        using var mismatch = await server.Client.GetAsync("/plain");

        Assert.Equal(("page", HttpStatusCode.BadRequest), (await server.Client.GetStringAsync("/"), mismatch.StatusCode));

        static async Task OpenAsync(HttpContext http)
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "opened", http.RequestAborted);
        }
    }
}
