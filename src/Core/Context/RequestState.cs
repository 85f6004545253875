using System.Runtime.CompilerServices;
using Microsoft.Extensions.ObjectPool;

namespace Modular;

/// <summary>
/// What a context knows. States are recycled from request to request, so nobody but <see cref="RequestContext"/> may hold one:
/// it checks the owner after each read, and a context that outlived its request can never see the next request's values.
/// </summary>
sealed class RequestState
{
    readonly Lock _gate = new();
    int _holds;

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

    /// <summary>Valid when there is a request; it is not cleared, but written anew for the next one.</summary>
    internal RouteMatch Match;
    internal RouteTarget? Target;

    /// <summary>The rule's values when a preprocessor may have changed them; otherwise null, and they are read from the path.</summary>
    internal Dictionary<string, object?>? ChangedValues;
    internal SlotValues Slots;

    /// <summary>True once the plugins save.</summary>
    internal bool IsSaved;
    internal List<Func<Response, ValueTask<Response>>>? AfterThis;

    /// <summary>Who looks at this request; null almost always.</summary>
    internal RequestWatcher? Watcher;

    /// <summary>The answer of a view that gives plain text, when nobody else can get hold of it.</summary>
    internal readonly Response Recycled = new();

    // One per thread serves requests that end where they began; the others go through the shared pool.
    [ThreadStatic] static Nest? _nest;
    static readonly ObjectPool<RequestState> Shared = ObjectPool.Create<RequestState>();

    internal static RequestState Rent()
    {
        var nest = _nest ??= new();
        if (nest.Spare is not { } spare) return Shared.Get();
        nest.Spare = null;
        return spare;
    }

    /// <summary>Gives it back, emptied. Nothing may hold it any more.</summary>
    internal void Return()
    {
        Clear();
        var nest = _nest ??= new();
        if (nest.Spare is null) nest.Spare = this;
        else Shared.Return(this);
    }

    // Each access to a thread's static costs as much as several to an object's field.
    sealed class Nest
    {
        internal RequestState? Spare;
    }

    /// <summary>
    /// Keeps the state its owner's while a value is put in: <c>using (state.Hold(this))</c>. So a task that outlived its request cannot write into the next one's state.
    /// </summary>
    /// <exception cref="ModularException">The request has ended.</exception>
    internal Holding Hold(RequestContext owner, [CallerMemberName] string word = "")
    {
        var scope = _gate.EnterScope();
        _holds++;
        // Either this sees that the owner is gone, or Clear sees the hold: each writes its own mark before it reads the other's.
        Interlocked.MemoryBarrier();
        var holding = new Holding(this, scope);
        if (ReferenceEquals(Owner, owner)) return holding;
        holding.Dispose();
        throw RequestContext.Ended(word);
    }

    /// <summary>Until it is disposed of, the state does not change its owner.</summary>
    internal ref struct Holding(RequestState state, Lock.Scope scope)
    {
        Lock.Scope _scope = scope;

        /// <summary>Lets go.</summary>
        public void Dispose()
        {
            state._holds--;
            _scope.Dispose();
        }
    }

    // A barrier costs a fraction of a lock, and nearly always nobody holds the state any more.
    void Clear()
    {
        Owner = null;
        Interlocked.MemoryBarrier();
        if (_holds != 0) _gate.EnterScope().Dispose();
        Http = null;
        Request?.End();
        Request = null;
        Globals = null;
        Services = null;
        Scope = null;
        RoutingError = null;
        Unhandled = null;
        Binding = null;
        Target = null;
        ChangedValues = null;
        Slots.Clear();
        IsSaved = false;
        Watcher = null;
        AfterThis?.Clear();
        Recycled.Reset();
    }
}
