using Microsoft.Extensions.ObjectPool;

namespace Modular;

/// <summary>
/// What a context knows. States are recycled from request to request, so nobody but <see cref="RequestContext"/> may hold one:
/// it checks the owner after each read, and a context that outlived its request can never see the next request's values.
/// </summary>
sealed class RequestState
{
    /// <summary>Held while a value is put in, and while the owner changes: a task that outlived its request cannot write into the next one's state.</summary>
    internal readonly Lock Gate = new();

    internal volatile RequestContext? Owner;
    internal ContextOwner App = null!;
    internal HttpContext? Http;
    internal Request? Request;
    internal Globals? Globals;
    internal IServiceProvider? Services;
    internal IAsyncDisposable? Scope;
    internal HttpException? RoutingError;
    internal Exception? Unhandled;
    internal string Path = "/";
    internal UrlBinding? Binding;
    internal RouteMatch Match;
    internal RouteTarget? Target;

    /// <summary>The rule's values when a preprocessor may have changed them; otherwise null, and they are read from the path.</summary>
    internal Dictionary<string, object?>? ChangedValues;
    internal SlotValues Slots;
    internal List<Func<Response, ValueTask<Response>>>? AfterThis;

    /// <summary>The answer of a view that gives plain text, when nobody else can get hold of it.</summary>
    internal readonly Response Recycled = new();

    // One per thread serves requests that end where they began; the others go through the shared pool.
    [ThreadStatic] static RequestState? _spare;
    static readonly ObjectPool<RequestState> Shared = ObjectPool.Create<RequestState>();

    internal static RequestState Rent()
    {
        if (_spare is not { } spare) return Shared.Get();
        _spare = null;
        return spare;
    }

    /// <summary>Gives it back, emptied. Nothing may hold it any more.</summary>
    internal void Return()
    {
        Clear();
        if (_spare is null) _spare = this;
        else Shared.Return(this);
    }

    void Clear()
    {
        lock (Gate) Empty();
    }

    void Empty()
    {
        Owner = null;
        Http = null;
        Request?.End();
        Request = null;
        Globals = null;
        Services = null;
        Scope = null;
        RoutingError = null;
        Unhandled = null;
        Binding = null;
        Match = default;
        Target = null;
        ChangedValues = null;
        Slots.Clear();
        AfterThis?.Clear();
        Recycled.Reset();
    }
}
