namespace Modular;

/// <summary>Measures how long a body keeps its reader waiting, and ends the wait when the limits say so.</summary>
sealed class BodyClock(BodyLimits limits, TimeProvider time) : IDisposable
{
    readonly long _begin = time.GetTimestamp();
    CancellationTokenSource? _source;
    CancellationTokenRegistration _caller;
    CancellationToken _callersToken;
    volatile bool _isStopped;

    /// <summary>True when time has run out.</summary>
    internal bool IsOver => _source is { IsCancellationRequested: true } && !_callersToken.IsCancellationRequested && !_isStopped;

    /// <summary>A token for one read, which is cancelled when time runs out or the caller gives up.</summary>
    internal CancellationToken Watch(CancellationToken caller)
    {
        _source ??= ReferenceEquals(time, TimeProvider.System) ? new() : new(Timeout.InfiniteTimeSpan, time);
        if (caller == _callersToken) return _source.Token;
        // One registration for all reads: the caller's token is the request's nearly always.
        _caller.Dispose();
        (_callersToken, _caller) = (caller, caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source));
        return _source.Token;
    }

    /// <summary>The read has to wait.</summary>
    internal void Start()
    {
        if (limits is not { MaxIdleTime: null, MaxReadTime: null }) _source?.CancelAfter(Remaining());
    }

    /// <summary>Ends the wait, because nobody wants the body any more.</summary>
    internal void Cancel()
    {
        _isStopped = true;
        _source?.Cancel();
    }

    /// <summary>The read is over, in whatever way.</summary>
    internal void Stop() => _source?.CancelAfter(Timeout.InfiniteTimeSpan);

    TimeSpan Remaining()
    {
        var idle = limits.MaxIdleTime ?? TimeSpan.MaxValue;
        if (limits.MaxReadTime is not { } whole) return idle;
        var left = whole - time.GetElapsedTime(_begin);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < idle ? left : idle;
    }

    public void Dispose()
    {
        _caller.Dispose();
        _source?.Dispose();
    }
}
