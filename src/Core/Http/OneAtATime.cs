namespace Modular;

/// <summary>
/// Guards what a request that may be abandoned shares with its server: an operation on it runs only while the request does, and the end of the request waits for an
/// operation in flight. So an abandoned pipeline never touches a context that the server has given to another request.
/// </summary>
/// <remarks>Thread: one operation at a time begins and ends; <see cref="TryClose"/> may be called beside it.</remarks>
sealed class OneAtATime
{
    const int Idle = 0, Running = 1, Closed = 2;

    int _state;
    TaskCompletionSource? _idle;

    /// <summary>True when the request is over, or about to be.</summary>
    internal bool IsClosed => Volatile.Read(in _state) == Closed;

    /// <summary>False when the request has ended: the operation must not begin.</summary>
    internal bool TryBegin() => Interlocked.CompareExchange(ref _state, Running, Idle) == Idle;

    /// <summary>The operation is over, in whatever way.</summary>
    internal void End()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Running) == Closed) _idle!.TrySetResult();
    }

    /// <summary>Lets no operation begin from here on.</summary>
    /// <param name="unfinished">Completes when the operation in flight is over; null when there is none.</param>
    /// <returns>False when it was closed before.</returns>
    internal bool TryClose(out Task? unfinished)
    {
        unfinished = null;
        var state = Interlocked.CompareExchange(ref _state, Closed, Idle);
        if (state != Running) return state == Idle;
        _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.Exchange(ref _state, Closed) == Running) unfinished = _idle.Task;
        return true;
    }
}
