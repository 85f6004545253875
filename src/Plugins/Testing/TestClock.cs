namespace Modular.Testing;

/// <summary>
/// A clock that a test advances: <c>app.Services.AddSingleton&lt;TimeProvider&gt;(clock)</c>. Sessions, limits, cookies and timers use it.
/// </summary>
/// <remarks>Thread: safe to share. Timers run on the thread that advances the clock.</remarks>
/// <param name="start">The initial time. Default: 2026-01-01 00:00 UTC.</param>
public sealed class TestClock(DateTimeOffset? start = null) : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<Alarm> _alarms = [];
    DateTimeOffset _now = start ?? new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    /// <summary>UTC, so that tests don't depend on the local time zone.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Advances the clock. Timers that become due run in order, each at its due time.</summary>
    /// <param name="time">The duration, not negative.</param>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        SetUtcNow(GetUtcNow() + time);
    }

    /// <summary>
    /// Sets the clock. Moving it forwards runs the timers that become due, each at its due time. Moving it backwards runs none.
    /// </summary>
    public void SetUtcNow(DateTimeOffset time)
    {
        while (TakeDue(time) is { } due) due.Ring();
        lock (_gate) _now = time;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    Alarm? TakeDue(DateTimeOffset time)
    {
        lock (_gate)
        {
            if (_alarms.Where(alarm => alarm.Due <= time).MinBy(alarm => alarm.Due) is not { } next) return null;
            if (next.Due > _now) _now = next.Due;
            if (next.Period > TimeSpan.Zero) next.Due += next.Period;
            else _alarms.Remove(next);
            return next;
        }
    }

    sealed class Alarm(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        internal DateTimeOffset Due { get; set; }
        internal TimeSpan Period { get; private set; }

        internal void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
                (Due, Period) = (clock._now + dueTime, period);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                if (dueTime > TimeSpan.Zero)
                {
                    clock._alarms.Add(this);
                    return true;
                }
                if (period > TimeSpan.Zero)
                {
                    Due = clock._now + period;
                    clock._alarms.Add(this);
                }
            }
            Ring();
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate) clock._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
