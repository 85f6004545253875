using Microsoft.AspNetCore.Http.Features;

namespace Modular.WebSockets.Tests;

public sealed class OptionsTests
{
    [Fact]
    public async Task The_socket_is_accepted_with_the_intervals_of_the_options() => Assert.Equal(
        (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5)),
        await AcceptedAsync(app => app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(5) })));

    [Fact]
    public async Task By_default_it_is_pinged_every_two_minutes_without_a_limit() => Assert.Equal(
        (TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan), await AcceptedAsync(app => app.UseWebSockets()));

    [Fact]
    public async Task The_configuration_replaces_the_options_of_the_program() => Assert.Equal(
        (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10)),
        await AcceptedAsync(app =>
        {
            (app.Config["WebSockets:KeepAliveInterval"], app.Config["WebSockets:KeepAliveTimeout"]) = ("00:00:30", "00:00:10");
            app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(20) });
        }));

    [Fact]
    public void An_interval_that_makes_no_sense_is_refused()
    {
        Assert.StartsWith("KeepAliveInterval must not be negative.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new WebSocketsOptions { KeepAliveInterval = TimeSpan.FromSeconds(-1) }).Message, StringComparison.Ordinal);
        Assert.StartsWith("KeepAliveTimeout must be longer than zero, or null.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new WebSocketsOptions { KeepAliveTimeout = TimeSpan.Zero }).Message, StringComparison.Ordinal);
    }

    static async Task<(TimeSpan?, TimeSpan?)> AcceptedAsync(Action<ModularApp> install)
    {
        var app = new ModularApp();
        install(app);
        app.WebSocket("/", _ => Task.CompletedTask);
        var (next, seen) = (app.AppDelegate, new TaskCompletionSource<WebSocketAcceptContext>());
        app.AppDelegate = http =>
        {
            http.Features.Set<IHttpWebSocketFeature>(new Watched(http.Features.Get<IHttpWebSocketFeature>()!, seen));
            return next(http);
        };
        await using var client = app.TestClient();

        await using var socket = await client.WebSocketAsync("/");

        var accepted = await seen.Task;
        return (accepted.KeepAliveInterval, accepted.KeepAliveTimeout);
    }

    sealed class Watched(IHttpWebSocketFeature inner, TaskCompletionSource<WebSocketAcceptContext> seen) : IHttpWebSocketFeature
    {
        public bool IsWebSocketRequest => inner.IsWebSocketRequest;

        public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context)
        {
            seen.SetResult(context);
            return inner.AcceptAsync(context);
        }
    }
}
