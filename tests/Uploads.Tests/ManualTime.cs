namespace Modular.Uploads.Tests;

/// <summary>A clock that a test moves, and that reports when code waits for it.</summary>
sealed class ManualTime : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<Alarm> _alarms = [];
    TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TimeSpan _now = TimeSpan.FromDays(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        lock (_gate) _alarms.Add(alarm);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Completes when a timer is set.</summary>
    internal Task TimerSet => _set.Task;

    internal void Advance(TimeSpan time)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _now += time;
            due = _alarms.FindAll(alarm => alarm.Due <= _now);
            foreach (var alarm in due) alarm.Due = null;
        }
        foreach (var alarm in due) alarm.Ring();
    }

    internal void Forget() => _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    sealed class Alarm(ManualTime time, Action ring) : ITimer
    {
        internal TimeSpan? Due { get; set; }

        internal void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate) Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            if (Due is not null) time._set.TrySetResult();
            return true;
        }

        public void Dispose()
        {
            lock (time._gate) time._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
