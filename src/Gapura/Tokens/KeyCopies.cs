using System.Collections.Concurrent;

namespace Gapura.Tokens;

/// <summary>
/// Copies of one key, each in one thread's hands at a time: .NET's key objects are not promised to be safe for two
/// threads at once, and a few copies let cores sign side by side.
/// </summary>
internal sealed class KeyCopies<TKey>(Func<TKey> copy)
{
    private readonly ConcurrentBag<TKey> _idle = [];

    public T With<T>(Func<TKey, T> work)
    {
        if (!_idle.TryTake(out var key)) key = copy();
        var result = work(key);
        _idle.Add(key);
        return result;
    }
}
