namespace Gapura.Tests.Storage;

/// <summary>A clock moved by hand, and its timers with it: none goes off before the test lets the time for it pass.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private long _ticks = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>How many wait for the instant that is so far away, once: what recurs waits for nobody.</summary>
    public int Waiting(TimeSpan due)
    {
        lock (_lock) return _timers.Count(t => !t.Recurs && t.Due == GetTimestamp() + due.Ticks);
    }

    /// <summary>Each timer goes off at its own instant, in order.</summary>
    public void Pass(TimeSpan span)
    {
        for (var until = GetTimestamp() + span.Ticks; ;)
        {
            Action? goesOff;
            lock (_lock)
            {
                var next = _timers.Where(t => t.Due <= until).MinBy(t => t.Due);
                Interlocked.Exchange(ref _ticks, next?.Due ?? until);
                goesOff = next?.GoesOff();
            }

            if (goesOff is null) return;
            goesOff();
        }
    }

    private sealed class Timer(HandClock clock, Action callback) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; }

        public bool Recurs => _period > TimeSpan.Zero;

        public Action GoesOff()
        {
            if (Recurs) Due += _period.Ticks;
            else clock._timers.Remove(this);
            return callback;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                (Due, _period) = (clock.GetTimestamp() + dueTime.Ticks, period);
                if (dueTime >= TimeSpan.Zero) clock._timers.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
