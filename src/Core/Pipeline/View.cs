namespace Modular;

/// <summary>A view of any shape, bound once: takes the request's context, gives the answer.</summary>
delegate ValueTask<Response> View(RequestContext context);

/// <summary>A response ends the request there; null goes on.</summary>
delegate ValueTask<Response?> BeforeHook(RequestContext context);

/// <summary>Runs after the view and may replace its response.</summary>
delegate ValueTask<Response> AfterHook(RequestContext context, Response response);

/// <summary>A plugin's last look at the response, to set a cookie or a header.</summary>
/// <param name="When">Whether it has anything to do for a request. Null: for each one.</param>
readonly record struct SaveHook(Func<RequestContext, Response, ValueTask> Run, Func<RequestContext, bool>? When = null)
{
    internal bool IsFor(RequestContext context) => When is null || When(context);
}

/// <summary>Runs when the request is over, whatever happened. The exception is the unhandled one, or null.</summary>
delegate ValueTask TeardownHook(RequestContext context, Exception? error);

/// <summary>Makes a response of an error.</summary>
delegate ValueTask<Response> ErrorView(RequestContext context, Exception error);

/// <summary>The hooks and error handlers of one scope, ready to run.</summary>
sealed record BoundHooks
{
    internal IReadOnlyList<BeforeHook> Before { get; init; } = [];
    internal IReadOnlyList<AfterHook> After { get; init; } = [];
    internal IReadOnlyList<TeardownHook> Teardown { get; init; } = [];
    internal IReadOnlyDictionary<int, ErrorView> ByStatus { get; init; } = new Dictionary<int, ErrorView>();
    internal IReadOnlyDictionary<Type, ErrorView> ByType { get; init; } = new Dictionary<Type, ErrorView>();
}

/// <summary>What a rule leads to in one frozen application: the bound view, the hooks around it, and what the pipeline must know.</summary>
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
