namespace Modular.Testing;

/// <summary>A clock that stands still until a test moves it: <c>app.Services.AddSingleton&lt;TimeProvider&gt;(clock)</c>. Sessions, limits, cookies and timers all go by it.</summary>
/// <remarks>Thread: safe to share. Timers run on the thread that moves the clock.</remarks>
/// <param name="start">Default: 2026-01-01 00:00 UTC.</param>
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

    /// <summary>UTC, so that tests do not depend on where they run.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock. Timers that are due on the way run, each at its own time.</summary>
    /// <param name="time">Forwards; not negative.</param>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        SetUtcNow(GetUtcNow() + time);
    }

    /// <summary>Moves the clock to a time. Timers that are due on the way run, each at its own time; backwards none do.</summary>
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
