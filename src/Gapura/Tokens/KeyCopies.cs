using System.Collections.Concurrent;

namespace Gapura.Tokens;

/// <summary>
/// Copies of one key, each in one thread's hands at a time: .NET's key objects are not promised to be safe for two
/// threads at once, and a few copies let cores sign side by side.
/// </summary>
internal sealed class KeyCopies<TKey>(Func<TKey> copy)
{
    private readonly ConcurrentBag<TKey> _idle = [];

    /// <summary>One to work with alone, and to give back.</summary>
    public TKey Take() => _idle.TryTake(out var key) ? key : copy();

    /// <summary>After work that went well: what a copy is left with otherwise is not known.</summary>
    public void GiveBack(TKey key) => _idle.Add(key);
}
