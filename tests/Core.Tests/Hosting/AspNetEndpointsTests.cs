using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;

namespace Modular.Tests.Hosting;

/// <summary>Endpoints of ASP.NET's own routing inside <c>app.Use</c>, beside the application's rules.</summary>
public sealed class AspNetEndpointsTests
{
    static ModularApp App()
    {
        var app = new ModularApp();
        app.Services.AddRouting().AddHealthChecks();
        app.Services.AddSignalR();
        app.UseMiddleware(asp => asp.UseRouting().UseEndpoints(endpoints =>
        {
            endpoints.MapHub<EchoHub>("/hub");
            endpoints.MapHealthChecks("/health");
            endpoints.MapGet("/minimal/{id:int}", (int id) => $"minimal {id}");
            endpoints.MapGet("/both", () => "minimal");
            endpoints.MapPut("/rule", () => "put by minimal");
        }));
        app.Get("/rule", () => $"rule {Current.Request.Endpoint}", endpoint: "rule");
        app.Get("/both", () => "rule", endpoint: "both");
        return app;
    }

    sealed class EchoHub : Hub
    {
        public string Echo(string text) => $"{text} {Current.App.Name.Length > 0}";
    }

    [Theory]
    [InlineData("GET", "/rule", 200, "rule rule")]
    [InlineData("GET", "/minimal/7", 200, "minimal 7")]
    [InlineData("GET", "/health", 200, "Healthy")]
    [InlineData("GET", "/both", 200, "rule")]
    [InlineData("PUT", "/rule", 200, "put by minimal")]
    public async Task Rules_and_endpoints_work_side_by_side_and_a_rule_wins(string method, string path, int status, string text)
    {
        await using var client = App().TestClient();

        var response = await client.SendAsync(method, path);

        Assert.Equal((status, text), (response.Status, response.Text));
    }

    [Fact]
    public async Task A_path_without_a_rule_or_an_endpoint_is_the_applications_404()
    {
        var app = App();
        app.ErrorHandler(404, () => ("ours", 404));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/minimal/x");

        Assert.Equal((404, "ours"), (response.Status, response.Text));
    }

    [Fact]
    public async Task Middleware_after_the_endpoints_still_runs_for_rules()
    {
        var app = App();
        TokenHandler.AddTo(app);
        app.Get("/admin", () => "secrets", endpoint: "admin").WithMetadata(new AuthorizeAttribute());
        await using var client = app.TestClient();

        Assert.Equal("rule rule", (await client.GetAsync("/rule")).Text);
        Assert.Equal("minimal 7", (await client.GetAsync("/minimal/7")).Text);
    }

    [Fact]
    public async Task Authorization_before_the_endpoints_guards_rules_and_endpoints()
    {
        var app = new ModularApp();
        TokenHandler.AddTo(app);
        app.Services.AddRouting();
        app.UseMiddleware(asp => asp.UseRouting().UseAuthorization().UseEndpoints(endpoints => endpoints.MapGet("/minimal", () => "minimal").RequireAuthorization()));
        app.Get("/admin", () => "secrets", endpoint: "admin").WithMetadata(new AuthorizeAttribute());
        await using var client = app.TestClient();
        var token = new TestRequest { Headers = [("X-Token", "admin")] };

        Assert.Equal((401, 401), ((await client.GetAsync("/admin")).Status, (await client.GetAsync("/minimal")).Status));
        Assert.Equal(("secrets", "minimal"), ((await client.GetAsync("/admin", token)).Text, (await client.GetAsync("/minimal", token)).Text));
    }

    [Fact]
    public async Task A_SignalR_hub_works_over_a_WebSocket()
    {
        await using var served = await Served.Start(App());
        using var negotiated = await served.Client.PostAsync(new Uri(served.Url, "/hub/negotiate?negotiateVersion=1"), null);
        using var socket = new ClientWebSocket();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await socket.ConnectAsync(new UriBuilder(new Uri(served.Url, "/hub")) { Scheme = "ws" }.Uri, deadline.Token);

        await Say(socket, """{"protocol":"json","version":1}""", deadline.Token);
        var handshake = await Hear(socket, deadline.Token);
        await Say(socket, """{"type":1,"invocationId":"1","target":"Echo","arguments":["hi"]}""", deadline.Token);
        var answer = await Hear(socket, deadline.Token);

        Assert.Contains("connectionToken", await negotiated.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("{}", handshake);
        Assert.Equal("""{"type":3,"invocationId":"1","result":"hi True"}""", answer);
        Assert.Equal("rule rule", await served.Client.GetStringAsync(new Uri(served.Url, "/rule")));
    }

    static Task Say(ClientWebSocket socket, string message, CancellationToken token) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, token);

    static async Task<string> Hear(ClientWebSocket socket, CancellationToken token)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, token);
        return Encoding.UTF8.GetString(buffer, 0, received.Count).TrimEnd('\u001e');
    }
}
