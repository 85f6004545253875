namespace Modular;

/// <summary>A context that is current until it is disposed of, such as that of <c>app.TestRequestContext("/")</c>.</summary>
/// <remarks>Scopes nest: the inner one is disposed of first, and the outer context is current again.</remarks>
public sealed class ContextScope : IAsyncDisposable, IDisposable
{
    readonly RequestContext? _outer;
    readonly Func<RequestContext, ValueTask> _end;

    internal ContextScope(RequestContext context, Func<RequestContext, ValueTask> end)
    {
        (Context, _outer, _end) = (context, Locals.Context, end);
        Locals.Context = context;
    }

    /// <summary>The context itself.</summary>
    public RequestContext Context { get; }

    /// <summary>Fills the slots that plugins fill asynchronously before a request's hooks, such as sessions on a server.</summary>
    public ValueTask OpenAsync() => Context.Hooks.Open(Context);

    /// <summary>Lets the plugins save changes, as at the end of a request: the response gets the session's cookie.</summary>
    public ValueTask SaveAsync(Response response) => Context.Hooks.Save(Context, response);

    /// <summary>Ends the context and makes the outer one current again. Async teardown hooks need <see cref="DisposeAsync"/>.</summary>
    /// <exception cref="ModularException">Another context is current, or a teardown hook didn't finish synchronously.</exception>
    public void Dispose()
    {
        var end = DisposeAsync();
        if (end.IsCompletedSuccessfully) return;
        if (end.IsFaulted) ExceptionDispatchInfo.Throw(end.AsTask().Exception!.InnerException!);
        throw new ModularException("A teardown hook was still running when its context was disposed of."
            + " Write \"await using var scope = …\" instead of \"using\".");
    }

    /// <summary>Ends the context, awaits its teardown hooks, and makes the outer one current again.</summary>
    public ValueTask DisposeAsync()
    {
        if (Context.HasEnded) return default;
        if (!ReferenceEquals(Locals.Context, Context)) throw new ModularException(
            "A context that isn't the current one was disposed of. Dispose of scopes in the reverse order of their creation.");
        var end = _end(Context);
        Locals.Context = _outer;       // in this method, not in an awaited one, so that the caller sees it
        return end;
    }
}
