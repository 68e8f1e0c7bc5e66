namespace Gapura.Storage;

/// <summary>
/// The keys of stored ceremonies, in memory. A waiting screen that asks again and again is answered "nothing yet"
/// without a look at the store; only a key found here is worth one. Every node keeps those of all nodes, millions at a
/// country's peak, so 64 bits of each are kept and not the text: a mistake costs one look. Instants are Unix milliseconds.
/// </summary>
internal sealed class DecidedKeys
{
    // Each with a lock of its own, so that nobody waits for anybody else's key.
    private readonly Part[] _parts = [.. Enumerable.Range(0, 64).Select(_ => new Part())];

    public bool Contains(string key)
    {
        var hash = Hash(key);
        var part = Of(hash);
        lock (part) return part.Known.ContainsKey(hash);
    }

    /// <returns>Whether that is news.</returns>
    public bool Add(string key, long keepUntil, long movedAt)
    {
        var hash = Hash(key);
        var part = Of(hash);
        lock (part)
        {
            if (part.Known.TryGetValue(hash, out var before) && before.MovedAt >= movedAt) return false;
            part.Known[hash] = (keepUntil, movedAt);
            return true;
        }
    }

    public void Forget(DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        foreach (var part in _parts)
        {
            lock (part)
            {
                foreach (var (hash, known) in part.Known)
                    if (known.KeepUntil < milliseconds) part.Known.Remove(hash);

                // After a peak the room is given back.
                if (part.Known.Capacity > 1024 && part.Known.Count < part.Known.Capacity / 4) part.Known.TrimExcess();
            }
        }
    }

    private Part Of(ulong hash) => _parts[hash % (ulong)_parts.Length];

    // FNV-1a (draft-eastlake-fnv), its bits mixed at the end. Nobody can aim at a key: each holds a tag of ours.
    private static ulong Hash(string key)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in key) hash = (hash ^ character) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }

    private sealed class Part
    {
        public Dictionary<ulong, (long KeepUntil, long MovedAt)> Known { get; } = [];
    }
}
