namespace Modular;

delegate ValueTask<Response> View(RequestContext context);
// A response ends the request there; null goes on.
delegate ValueTask<Response?> BeforeHook(RequestContext context);
delegate ValueTask<Response> AfterHook(RequestContext context, Response response);
delegate ValueTask TeardownHook(RequestContext context, Exception? error);      // null, or the exception that wasn't handled
delegate ValueTask<Response> ErrorView(RequestContext context, Exception error);

// The last step before a response is sent, such as a cookie that a plugin sets. Null runs it for each request.
readonly record struct SaveHook(Func<RequestContext, Response, ValueTask> Run, Func<RequestContext, bool>? When = null);

sealed record BoundHooks
{
    internal IReadOnlyList<BeforeHook> Before { get; init; } = [];
    internal IReadOnlyList<AfterHook> After { get; init; } = [];
    internal IReadOnlyList<TeardownHook> Teardown { get; init; } = [];
    internal IReadOnlyDictionary<int, ErrorView> ByStatus { get; init; } = new Dictionary<int, ErrorView>();
    internal IReadOnlyDictionary<Type, ErrorView> ByType { get; init; } = new Dictionary<Type, ErrorView>();
}

/// <summary>What a rule leads to in one frozen application.</summary>
sealed class ViewEndpoint
{
    internal required string Name { get; init; }
    internal required IReadOnlyList<string> Blueprints { get; init; }
    internal required Endpoint AspNet { get; init; }            // the same endpoint as ASP.NET's middleware sees it
    internal required View View { get; init; }
    internal required HookChain Hooks { get; init; }
    internal bool ReadsBody { get; init; }
    internal BodyLimits? Limits { get; init; }                  // null for the application's

    // What its metadata asks for, so that a missing middleware must not go unnoticed.
    internal bool IsGuarded => NeedsAuthorization | NeedsCors | NeedsAntiforgery;
    internal bool NeedsAuthorization { get; init; }
    internal bool NeedsCors { get; init; }
    internal bool NeedsAntiforgery { get; init; }
}
