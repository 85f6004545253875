namespace Modular;

/// <summary>
/// Guards what a request that may be abandoned shares with its server: one operation at a time, and only while the request lasts, whose end
/// waits for the one in flight. So an abandoned pipeline never touches a context that the server has given to another request.
/// </summary>
sealed class OneAtATime
{
    const int Idle = 0, Running = 1, Closed = 2;

    int _state;
    TaskCompletionSource? _idle;

    internal bool IsClosed => Volatile.Read(in _state) == Closed;

    /// <summary>False when the operation must not begin: the request has ended, or another one runs.</summary>
    internal bool TryBegin() => Interlocked.CompareExchange(ref _state, Running, Idle) == Idle;

    internal void End()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Running) == Closed) _idle!.TrySetResult();
    }

    /// <summary>Lets no operation begin from here on; false when it was closed before.</summary>
    /// <param name="unfinished">Completes when the operation in flight is over; null when there is none.</param>
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
