namespace Modular;

/// <summary>
/// Guards the server's context of one request: an operation on it runs only while the request does, and the end of the request waits for an operation in flight.
/// A pipeline that its middleware abandoned can therefore never touch a context that the server has given to another request.
/// </summary>
/// <remarks>Thread: one operation at a time begins and ends; <see cref="Close"/> may be called beside it.</remarks>
struct OneAtATime
{
    const int Idle = 0, Running = 1, Closed = 2;

    int _state;
    TaskCompletionSource? _idle;

    /// <summary>True when the request is over, or about to be.</summary>
    internal readonly bool IsClosed => Volatile.Read(in _state) == Closed;

    /// <summary>False when the request has ended: the operation must not begin.</summary>
    internal bool TryBegin() => Interlocked.CompareExchange(ref _state, Running, Idle) == Idle;

    /// <summary>The operation is over, in whatever way.</summary>
    internal void End()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Running) == Closed) _idle!.TrySetResult();
    }

    /// <summary>Lets no operation begin from here on. Null when none is in flight; else a task that completes when it is over.</summary>
    internal Task? Close()
    {
        if (Interlocked.CompareExchange(ref _state, Closed, Idle) != Running) return null;
        _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Interlocked.Exchange(ref _state, Closed) == Running ? _idle.Task : null;
    }
}
