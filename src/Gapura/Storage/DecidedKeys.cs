using System.Collections.Concurrent;

namespace Gapura.Storage;

/// <summary>
/// The keys of stored ceremonies, in memory. A waiting screen that asks again and again is answered "nothing yet"
/// without a look at the store; only a key found here is worth one.
/// </summary>
internal sealed class DecidedKeys
{
    private readonly ConcurrentDictionary<string, long> _keepUntil = new(StringComparer.Ordinal);

    public bool Contains(string key) => _keepUntil.ContainsKey(key);

    public void Add(string key, DateTimeOffset keepUntil) => _keepUntil[key] = keepUntil.ToUnixTimeMilliseconds();

    public void Forget(DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        foreach (var (key, keepUntil) in _keepUntil)
            if (keepUntil < milliseconds) _keepUntil.TryRemove(key, out _);
    }
}
