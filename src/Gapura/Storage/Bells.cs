namespace Gapura.Storage;

/// <summary>Who on this node waits for which ceremony. Ringing wakes exactly those; nobody asks the store again and again.</summary>
internal sealed class Bells
{
    private readonly Dictionary<string, List<Bell>> _waiting = new(StringComparer.Ordinal);

    private int _count;

    /// <summary>How many wait here now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Begins to wait. A ring from now on is not missed, whenever it is looked for.</summary>
    public Bell Enter(IReadOnlyList<string> keys)
    {
        var bell = new Bell(this, keys);
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

        foreach (var bell in rung) bell.Ring();
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
    internal sealed class Bell(Bells bells, IReadOnlyList<string> keys) : IDisposable
    {
        private TaskCompletionSource _rung = NewRing();

        public IReadOnlyList<string> Keys => keys;

        public void Ring() => _rung.TrySetResult();

        /// <returns>True when it rang since the last time; false when nothing happened for so long.</returns>
        public async Task<bool> Rung(TimeSpan patience, CancellationToken ct)
        {
            await _rung.Task.WaitAsync(patience, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            if (!_rung.Task.IsCompleted) return false;
            // Before the caller looks: what rings while it looks, rings again.
            Interlocked.Exchange(ref _rung, NewRing());
            return true;
        }

        public void Dispose() => bells.Leave(this);

        private static TaskCompletionSource NewRing() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
