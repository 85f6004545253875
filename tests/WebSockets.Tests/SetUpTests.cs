using System.ComponentModel;

namespace Modular.WebSockets.Tests;

public sealed class SetUpTests
{
    [Fact]
    public void An_application_without_the_plugin_does_not_start_and_the_report_says_what_to_write()
    {
        var app = new ModularApp();
        app.WebSocket("/plain", _ => Task.CompletedTask, endpoint: "plain");
        app.WebSocket("/bound", (WebSocket socket, string? room) => { }, endpoint: "bound");

        var error = Assert.Throws<ModularException>(() => app.AppContext());

        Assert.Equal("Endpoints \"plain\", \"bound\" require Modular.WebSockets by its metadata, which isn't installed. Add the package and call app.UseWebSockets().", error.Message);
    }

    [Fact]
    public void A_view_that_returns_a_value_is_refused()
    {
        const string Message = "The view for rule \"/\" returns a value of type string, which a WebSocket doesn't send. Send it on the socket, and return Task.";

        Assert.All((Action<ModularApp>[])
        [
            app => app.WebSocket("/", (WebSocket socket) => "words"),
            app => app.WebSocket("/", socket => Task.FromResult("words")),
            app => app.WebSocket("/", (WebSocket socket, string room) => new ValueTask<string>(room)),
        ], word => Assert.Equal(Message, MistakeOf(word)));
    }

#pragma warning disable MOD007 // What the start says about it is tested here.
    [Fact]
    public void A_view_that_is_async_and_returns_void_is_refused() => Assert.Equal(
        "The view for rule \"/\" is async and returns void, so it can't be awaited. Return Task, or remove async.",
        MistakeOf(app => app.WebSocket("/", (Action<WebSocket>)(async _ => await Task.Yield()))));
#pragma warning restore MOD007

    [Fact]
    public void A_rule_without_a_view_or_with_a_method_as_its_endpoint_is_refused_as_other_rules_are()
    {
        Assert.Equal("Rule \"/\" has no view. Pass a method or a lambda.", MistakeOf(app => app.WebSocket("/", null!)));
        Assert.StartsWith("Rule \"/\" has the endpoint name \"GET\", which is an HTTP method.", MistakeOf(app => app.WebSocket("/", _ => Task.CompletedTask, "GET")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_gives_the_endpoint_its_name_and_its_attributes()
    {
        var app = new ModularApp().UseWebSockets();
        string[] found = [];
        app.WebSocket("/chat", Chat);
        app.WebSocket("/rooms/<name>", Room).Finally(endpoint => found = [.. endpoint.Metadata.OfType<DescriptionAttribute>().Select(one => one.Description)]);
        using var scope = app.AppContext();

        Assert.Equal(["Chat", "Room"], app.Rules.Where(rule => rule.WebSocket).Select(rule => rule.Endpoint));
        Assert.Equal(["a room"], found);

        static Task Chat(WebSocket socket) => Task.CompletedTask;

        [Description("a room")]
        static Task Room(WebSocket socket, string name) => Task.CompletedTask;
    }

    [Fact]
    public async Task A_blueprint_has_WebSockets_too()
    {
        var blueprint = new Blueprint("rooms", "/rooms");
        blueprint.WebSocket("/<name>", async (WebSocket socket, string name) => await Sockets.SendAsync(socket, $"{name} {UrlFor(".room", ("name", "b"))}"), endpoint: "room");
        var app = new ModularApp().UseWebSockets();
        app.Register(blueprint);
        await using var client = app.TestClient();

        await using var socket = await client.WebSocketAsync("/rooms/a");

        Assert.Equal("a ws://localhost/rooms/b", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_filter_refuses_the_handshake_with_a_response_of_its_own()
    {
        var app = new ModularApp().UseWebSockets();
        app.WebSocket("/", _ => Task.CompletedTask).AddEndpointFilter((_, _) => new ValueTask<object?>(new Response("full", 503)));
        await using var client = app.TestClient();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => client.WebSocketAsync("/"));

        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSocket_in_a_view_of_another_rule_is_an_error_that_names_the_word()
    {
        var app = new ModularApp().UseWebSockets();
        app.Get("/page", (WebSocket socket) => "page");
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/page"));

        Assert.Equal("The view for rule \"/page\" takes a WebSocket, but its rule has none. Write app.WebSocket(\"/page\", …).", error.Message);
    }

    static string MistakeOf(Action<ModularApp> setUp) => Assert.Throws<ModularException>(() =>
    {
        var app = new ModularApp().UseWebSockets();
        setUp(app);
        using var scope = app.AppContext();
    }).Message;
}
