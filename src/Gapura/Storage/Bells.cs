namespace Gapura.Storage;

/// <summary>
/// Who on this node waits for which ceremony. Ringing wakes exactly those; nobody asks the store again and again. One
/// timer for all beats now and then for each, so that a connection that waits has something to say.
/// </summary>
internal sealed class Bells : IDisposable
{
    // Shorter than the 30 to 60 seconds after which proxies drop a connection that says nothing. Not all at one moment.
    private const int SecondsBetweenBeats = 15;
    private readonly Dictionary<string, List<Bell>> _waiting = new(StringComparer.Ordinal);
    private readonly ITimer _timer;
    private long _entered;
    private int _count;
    private int _second;

    public Bells(TimeProvider time) => _timer = time.CreateTimer(_ => Beat(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    /// <summary>How many wait here now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Begins to wait. A ring from now on is not missed, whenever it is looked for.</summary>
    public Bell Enter(IReadOnlyList<string> keys)
    {
        var bell = new Bell(this, keys, (int)(Interlocked.Increment(ref _entered) % SecondsBetweenBeats));
        Interlocked.Increment(ref _count);
        lock (_waiting)
        {
            foreach (var key in keys)
            {
                if (!_waiting.TryGetValue(key, out var bells)) _waiting[key] = bells = new(1);
                bells.Add(bell);
            }
        }

        return bell;
    }

    public void Ring(string key)
    {
        Bell[] rung;
        lock (_waiting)
        {
            if (!_waiting.TryGetValue(key, out var bells)) return;
            rung = [.. bells];
        }

        foreach (var bell in rung) bell.Sound(Ringing.Moved);
    }

    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        var second = Interlocked.Increment(ref _second) % SecondsBetweenBeats;
        List<Bell> due = [];
        lock (_waiting)
        {
            foreach (var bells in _waiting.Values)
                foreach (var bell in bells)
                    if (bell.Second == second) due.Add(bell);
        }

        foreach (var bell in due) bell.Sound(Ringing.Beat);
    }

    private void Leave(Bell bell)
    {
        Interlocked.Decrement(ref _count);
        lock (_waiting)
        {
            foreach (var key in bell.Keys)
                if (_waiting.TryGetValue(key, out var bells) && bells.Remove(bell) && bells.Count == 0) _waiting.Remove(key);
        }
    }

    /// <summary>One who waits. Dispose to leave.</summary>
    internal sealed class Bell(Bells bells, IReadOnlyList<string> keys, int second) : IDisposable
    {
        private readonly Lock _sounding = new();
        private TaskCompletionSource? _next;
        private Ringing _sounded;

        public IReadOnlyList<string> Keys => keys;

        /// <summary>In which second of the round it is beaten.</summary>
        public int Second => second;

        /// <summary>Waits for the next sound; what sounded since the last time counts, the loudest of it.</summary>
        public async ValueTask<Ringing> Next()
        {
            Task? next = null;
            lock (_sounding)
            {
                if (_sounded == Ringing.Nothing) next = (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (next is not null) await next;
            lock (_sounding)
            {
                var sounded = _sounded;
                if (sounded != Ringing.Gone) _sounded = Ringing.Nothing;
                return sounded;
            }
        }

        public void Sound(Ringing sound)
        {
            lock (_sounding)
            {
                if (sound > _sounded) _sounded = sound;
                _next?.TrySetResult();
                _next = null;
            }
        }

        public void Dispose() => bells.Leave(this);
    }
}

/// <summary>Why somebody who waits is woken, from the softest to the loudest.</summary>
internal enum Ringing
{
    Nothing,

    /// <summary>Time has passed.</summary>
    Beat,

    /// <summary>The ceremony has moved.</summary>
    Moved,

    /// <summary>Whoever waited has left, or we close.</summary>
    Gone,
}
