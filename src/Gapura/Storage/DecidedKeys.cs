using System.Collections.Concurrent;

namespace Gapura.Storage;

/// <summary>
/// The keys of stored ceremonies, in memory. A waiting screen that asks again and again is answered "nothing yet"
/// without a look at the store; only a key found here is worth one. Instants are Unix milliseconds.
/// </summary>
internal sealed class DecidedKeys
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public bool Contains(string key) => _known.ContainsKey(key);

    /// <returns>Whether that is news.</returns>
    public bool Add(string key, long keepUntil, long movedAt)
    {
        var now = new Known(keepUntil, movedAt);
        while (true)
        {
            if (!_known.TryGetValue(key, out var before))
            {
                if (_known.TryAdd(key, now)) return true;
            }
            else if (before.MovedAt >= movedAt)
            {
                return false;
            }
            else if (_known.TryUpdate(key, now, before))
            {
                return true;
            }
        }
    }

    public void Forget(DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        foreach (var (key, known) in _known)
            if (known.KeepUntil < milliseconds) _known.TryRemove(key, out _);
    }

    private sealed record Known(long KeepUntil, long MovedAt);
}
