namespace Modular;

enum ViewKind { View, Before, After, Teardown, Error }

delegate ValueTask<Response> View(RequestContext context);

// A hook or an error handler. A before hook that returns null lets the request continue; a teardown hook returns nothing.
delegate ValueTask<Response> Handler(RequestContext context, Response? response, Exception? error);

// The last step before a response is sent, such as a cookie that a plugin sets. Null runs it for each request.
readonly record struct SaveHook(Func<RequestContext, Response, ValueTask> Run, Func<RequestContext, bool>? When = null);

// Error handlers are found by their status or their exception type.
sealed record BoundHooks(IReadOnlyList<(ViewKind Kind, Handler Run)> Hooks, IReadOnlyDictionary<object, Handler> Errors)
{
    internal IEnumerable<Handler> Of(ViewKind kind) => Hooks.Where(hook => hook.Kind == kind).Select(hook => hook.Run);
}

/// <summary>The endpoint of a rule in one frozen application.</summary>
sealed class ViewEndpoint
{
    internal required string Name { get; init; }
    internal required IReadOnlyList<string> Blueprints { get; init; }
    internal required Endpoint AspNet { get; init; }            // the same endpoint as ASP.NET's middleware sees it
    internal required View View { get; init; }
    internal required HookChain Hooks { get; init; }
    internal bool ReadsBody { get; init; }
    internal BodyLimits? Limits { get; init; }                  // null for the application's

    // What its metadata requires, so that missing middleware is reported.
    internal bool IsGuarded => NeedsAuthorization | NeedsCors | NeedsAntiforgery;
    internal bool NeedsAuthorization { get; init; }
    internal bool NeedsCors { get; init; }
    internal bool NeedsAntiforgery { get; init; }
}
