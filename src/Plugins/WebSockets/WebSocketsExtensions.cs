using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Modular.WebSockets;

/// <summary>The method that this package adds to an application.</summary>
public static class WebSocketsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Lets rules have views with a WebSocket: <c>app.WebSocket("/chat", async socket => …)</c>.</summary>
        public ModularApp UseWebSockets(WebSocketsOptions? options = null) => app.Use(new WebSocketsPlugin(options ?? new()));
    }
}

/// <summary>The methods that this package adds to an application and to a blueprint.</summary>
public static class WebSocketsGroupExtensions
{
    extension(RouteGroup group)
    {
        /// <summary>Binds a rule to a view that gets an open WebSocket, closed when it returns. A plain HTTP request gets a 400.</summary>
        /// <param name="rule">As for <c>Route</c>.</param>
        /// <param name="view">Returns nothing or a task.</param>
        /// <param name="endpoint">As for <c>Route</c>.</param>
        /// <remarks>
        /// Close status: 1000, or 1008 with the HTTP status as its reason after <c>Abort(403)</c>, or 1011 after another exception.
        /// </remarks>
        /// <exception cref="ModularException">The view returns a value, which no WebSocket sends.</exception>
        public RouteHandlerBuilder WebSocket<T>(string rule, Func<WebSocket, T> view, string? endpoint = null)
        {
            ViewShapes.Add<Func<WebSocket, T>, T>(static (view, at) => view(at.Get<WebSocket>(0)));
            return group.WebSocket(rule, (Delegate)view, endpoint);
        }

        /// <summary>As the other overload, for a view that also takes the rule's variables, services and the like.</summary>
        /// <inheritdoc cref="WebSocket{T}(RouteGroup, string, Func{WebSocket, T}, string?)"/>
        public RouteHandlerBuilder WebSocket(string rule, Delegate view, string? endpoint = null)
        {
            Check(rule, view);
            return Open(group.Route(rule, view, endpoint, options: Handshakes()));
        }
    }

    static RuleOptions Handshakes() => new() { WebSocket = true };

    static void Check(string rule, Delegate view)
    {
        if (view?.Method.ReturnType is { } type && type != typeof(void) && type != typeof(Task) && type != typeof(ValueTask))
            throw new ModularException($"The view for rule \"{rule}\" returns a value of type {TypeName.Of(Result(type))}, "
                + "which a WebSocket doesn't send. Send it on the socket, and return Task.");
    }

    static Type Result(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0] : type;

    // As the innermost filter, so that all others can still refuse the handshake with a response.
    static RouteHandlerBuilder Open(RouteHandlerBuilder rule)
    {
        rule.WithMetadata(new WebSocketMetadata(), new ReadsBodyAttribute()).ExcludeFromDescription();
        rule.Finally(endpoint => endpoint.FilterFactories.Add((_, view) => invocation => OpenSocket.RunAsync(view, invocation)));
        return rule;
    }
}
