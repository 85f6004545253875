using System.Net.WebSockets;

namespace Modular;

// Rules that answer WebSocket handshakes.
public abstract partial class Scaffold
{
    /// <summary>Binds a rule to a view on a WebSocket. Plain HTTP requests for it get a 400.</summary>
    /// <param name="rule">As for <c>Route</c>.</param>
    /// <param name="view">Gets the open socket, which is closed when it returns.</param>
    /// <param name="endpoint">As for <c>Route</c>.</param>
    /// <param name="viewText">Filled in by the compiler.</param>
    /// <example><code>
    /// app.WebSocket("/echo", async socket =>
    /// {
    ///     var buffer = new byte[1024];
    ///     while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } got)
    ///         await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, default);
    /// });
    /// </code></example>
    /// <exception cref="ModularException">It returns a value, which no WebSocket sends.</exception>
    public RouteBuilder WebSocket(string rule, Func<WebSocket, Task> view, string? endpoint = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        AddWebSocket(rule, view, _ => new PlainViewSource(async context =>
        {
            await view(context.Get(WebSocketView.Slot));
            return null!;
        }), endpoint, viewText);

    /// <inheritdoc cref="WebSocket(string, Func{WebSocket, Task}, string?, string?)"/>
    [SuppressMessage("Performance", "CA1822", Justification = "One of the overloads of an instance method.")]
    public RouteBuilder WebSocket<T>(string rule, Func<WebSocket, Task<T>> view, string? endpoint = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) => throw WebSocketView.Returns(typeof(T), $"the view for rule \"{rule}\"");

    /// <inheritdoc cref="WebSocket(string, Func{WebSocket, Task}, string?, string?)"/>
    /// <summary>As the other overload, for a view that also takes the rule's variables, services and the like.</summary>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder WebSocket(string rule, Delegate view, string? endpoint = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        AddWebSocket(rule, view, parsed => new ViewBinder(view, $"the view for rule \"{parsed}\"", ViewKind.WebSocket, parsed), endpoint, viewText);

    RouteBuilder AddWebSocket(string rule, Delegate view, Func<Rule, ViewSource> source, string? endpoint, string? viewText) =>
        Add(rule, view, parsed => new WebSocketView(source(parsed)), endpoint, ["GET"], new RuleOptions { WebSocket = true }, viewText);
}
