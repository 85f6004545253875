using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Modular.Tests.Hosting;

namespace Modular.WebSockets.Tests;

public sealed class WebSocketTests : IDisposable
{
    readonly Sockets _client = new();

    [Fact]
    public async Task A_view_on_a_socket_gets_messages_and_sends_its_own()
    {
        var app = new ModularApp().UseWebSockets();
        app.WebSocket("/echo", Sockets.Echo);
        await using var server = await Served.Start(app);
        using var socket = await _client.ConnectAsync(server, "/echo");

        await Sockets.SendAsync(socket, "hello");
        var answer = await _client.ReceiveAsync(socket);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _client.Deadline);

        Assert.Equal("hello", answer);
    }

    [Fact]
    public async Task A_view_on_a_socket_takes_typed_variables_services_and_the_query()
    {
        var app = new ModularApp().UseWebSockets();
        app.Services.AddSingleton(new Greeting("Hello"));
        app.WebSocket("/rooms/<int:id>/<name>", async (WebSocket socket, Greeting greeting, int id, string name) =>
            await Sockets.SendAsync(socket, $"{greeting.Word} {name} in {id + 1}, {Current.Request.Args["as"]} {UrlFor("room", ("id", 7), ("name", "x"))}"), endpoint: "room");
        await using var server = await Served.Start(app);
        using var socket = await _client.ConnectAsync(server, "/rooms/41/peter?as=guest");

        Assert.Equal($"Hello peter in 42, guest ws://{server.Url.Authority}/rooms/7/x", await _client.ReceiveAsync(socket));
    }

    [Fact]
    public async Task A_socket_is_closed_when_its_view_returns()
    {
        var app = new ModularApp().UseWebSockets();
        app.WebSocket("/", socket => Sockets.SendAsync(socket, "bye"));
        await using var server = await Served.Start(app);
        using var socket = await _client.ConnectAsync(server, "/");

        var (first, second) = (await _client.ReceiveAsync(socket), await _client.ReceiveAsync(socket));

        Assert.Equal(("bye", null, WebSocketCloseStatus.NormalClosure), (first, second, socket.CloseStatus));
    }

    [Fact]
    public async Task Hooks_run_around_the_socket_and_may_refuse_the_handshake()
    {
        var over = new TaskCompletionSource<string>();
        var app = new ModularApp().UseWebSockets();
        app.BeforeRequest(() => Current.Request.Args.ContainsKey("token") ? null : new Response("no token", 401));
        app.TeardownRequest(_ => over.TrySetResult(Current.Request.Endpoint!));
        app.WebSocket("/", socket => Sockets.SendAsync(socket, "welcome"), endpoint: "socket");
        await using var server = await Served.Start(app);
        using var refused = new ClientWebSocket();
        refused.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => refused.ConnectAsync(Sockets.Address(server, "/"), _client.Deadline));
        using var socket = await _client.ConnectAsync(server, "/?token=1");

        Assert.Equal((HttpStatusCode.Unauthorized, "welcome"), (refused.HttpStatusCode, await _client.ReceiveAsync(socket)));
        Assert.Equal("socket", await over.Task);
    }

    [Fact]
    public async Task A_plain_request_to_a_WebSocket_rule_is_a_400_and_a_WebSocket_does_not_match_plain_rules()
    {
        var app = new ModularApp().UseWebSockets();
        app.WebSocket("/socket", Sockets.Echo);
        app.Route("/page", () => "page");
        app.Route("/both", () => "page");
        app.WebSocket("/both", socket => Sockets.SendAsync(socket, "socket"), endpoint: "socket");
        await using var server = await Served.Start(app);

        using var plain = await server.Client.GetAsync("/socket");
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => _client.ConnectAsync(server, "/page"));
        using var both = await _client.ConnectAsync(server, "/both");

        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
        Assert.Equal("The server returned status code '400' when status code '101' was expected.", refused.Message);
        Assert.Equal(("page", "socket"), (await server.Client.GetStringAsync("/both"), await _client.ReceiveAsync(both)));
    }

    [Fact]
    public async Task An_exception_of_the_view_closes_the_socket_and_is_logged()
    {
        var app = new ModularApp().UseWebSockets();
        var got = new TaskCompletionSource<Exception>();
        app.GotRequestException += (_, error) => got.SetResult(error);
        app.ErrorHandler<Exception>(_ => "cannot be sent");
        app.WebSocket("/", Task (socket) => throw new TimeoutException("too slow"));
        await using var server = await Served.Start(app);
        using var socket = await _client.ConnectAsync(server, "/");

        var message = await _client.ReceiveAsync(socket);

        Assert.Equal((null, WebSocketCloseStatus.InternalServerError), (message, socket.CloseStatus));
        Assert.Equal("too slow", (await got.Task).Message);
        await server.DisposeAsync();
        Assert.Single(server.Log.Errors, line => line.Contains("Exception on / [GET]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Abort_closes_the_socket_with_the_status_as_its_reason()
    {
        var app = new ModularApp().UseWebSockets();
        app.WebSocket("/", Task (socket) => throw new HttpException(403));
        await using var server = await Served.Start(app);
        using var socket = await _client.ConnectAsync(server, "/");

        await _client.ReceiveAsync(socket);

        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "403 Forbidden"), (socket.CloseStatus, socket.CloseStatusDescription));
        await server.DisposeAsync();
        Assert.Empty(server.Log.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_hooks_see_the_status_of_the_handshake(bool aborts)
    {
        var seen = new TaskCompletionSource<int>();
        var app = new ModularApp().UseWebSockets();
        app.AfterRequest(response => { seen.SetResult(response.Status); });
        app.WebSocket("/", Task (_) => aborts ? throw new HttpException(404) : Task.CompletedTask);
        await using var server = await Served.Start(app);
        using var socket = await _client.ConnectAsync(server, "/");

        await _client.ReceiveAsync(socket);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _client.Deadline);

        Assert.Equal((101, aborts ? "404 Not Found" : ""), (await seen.Task, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task A_client_that_disconnects_without_a_close_message_is_not_an_error()
    {
        var over = new TaskCompletionSource();
        var app = new ModularApp().UseWebSockets();
        app.TeardownRequest(_ => over.SetResult());
        app.WebSocket("/", Sockets.Echo);
        await using var server = await Served.Start(app);
        using var socket = await _client.ConnectAsync(server, "/");

        socket.Abort();
        await over.Task.WaitAsync(_client.Deadline);

        await server.DisposeAsync();
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task Sockets_work_over_http_2()
    {
        var app = new ModularApp().UseWebSockets();
        app.WebSocket("/echo", Sockets.Echo);
        await using var host = app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)));
        await host.StartAsync();
        using var socket = new ClientWebSocket();
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        await socket.ConnectAsync(new UriBuilder(host.Urls.First()) { Scheme = "ws", Path = "/echo" }.Uri, invoker, _client.Deadline);

        await Sockets.SendAsync(socket, "hello");

        Assert.Equal("hello", await _client.ReceiveAsync(socket));
    }

    public void Dispose() => _client.Dispose();

    sealed record Greeting(string Word);
}
