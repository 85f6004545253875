using System.Net.WebSockets;
using System.Text;

namespace Modular.Testing.Tests;

public sealed class WebSocketTests
{
    static ModularApp Chat()
    {
        var app = new ModularApp().UseWebSockets();
        app.WebSocket("/echo/<name>", async (WebSocket socket, string name, CancellationToken cancellation) =>
        {
            var hello = $"{name} {Current.Request.Cookies.Get("user", "nobody")} {Current.Request.Headers["X-Room"]} {Current.Request.RemoteAddr} {Current.Request.Path}";
            await socket.SendAsync(Encoding.UTF8.GetBytes(hello), WebSocketMessageType.Text, true, cancellation);
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer.AsMemory(), cancellation) is { MessageType: not WebSocketMessageType.Close } got)
                await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, cancellation);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", cancellation);
        }, endpoint: "echo");
        app.Route("/page", () => "page", endpoint: "page");
        app.Route("/cookie", () =>
        {
            var response = MakeResponse("set");
            response.SetCookie("user", "peter");
            return response;
        }, endpoint: "cookie");
        return app;
    }

    [Fact]
    public async Task Messages_go_both_ways_with_cookies_headers_and_the_path_as_written()
    {
        await using var client = Chat().TestClient();
        await client.GetAsync("/cookie");

        await using var socket = await client.WebSocketAsync("/echo/a%20b", headers: [("X-Room", "7")]);
        var hello = await socket.ReceiveAsync();
        await socket.SendAsync("Grüße");
        var text = await socket.ReceiveAsync();
        await socket.SendAsync(new byte[] { 0, 255 });
        var bytes = await socket.ReceiveBytesAsync();
        await socket.CloseAsync();

        Assert.Equal(("a b peter 7 127.0.0.1 /echo/a b", "Grüße"), (hello, text));
        Assert.Equal([0, 255], bytes);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/page", 400)]
    public async Task A_response_that_is_not_a_WebSocket_is_reported(string path, int status)
    {
        await using var client = Chat().TestClient();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => client.WebSocketAsync(path));

        Assert.Equal($"The WebSocket {path} wasn't opened. The response was {status}. Call client.GetAsync(…) to see the full response.", refused.Message);
    }
}
