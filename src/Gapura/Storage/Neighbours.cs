using System.Collections.Concurrent;
using Gapura.Kernel;

namespace Gapura.Storage;

/// <summary>
/// Asks the other nodes for what one of them holds in memory and nobody stores. Whoever does not know keeps silent, and so
/// does a node that is gone: whoever asked goes on without after a moment.
/// </summary>
internal sealed class Neighbours(TimeProvider time)
{
    /// <summary>There and back takes some thirty milliseconds; a person does not notice ten times as much.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Longest answer, in characters.</summary>
    public const int MostText = 1_000;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _asked = new(StringComparer.Ordinal);

    /// <summary>Says a line to every node; null while there is none to hear it or this one would not hear the answer.</summary>
    public Action<string>? Say { get; set; }

    /// <summary>What this node holds under a key: one line of ASCII, or null.</summary>
    public Func<string, string?>? Knows { get; set; }

    /// <returns>Null when nobody knows.</returns>
    public async Task<string?> Ask(string key, CancellationToken ct)
    {
        if (Say is not { } say) return null;
        var id = PublicId.New(time);
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        try
        {
            say($"? {id} {key}");
            return await answer.Task.WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    /// <summary>Hears a line of another node, or one's own.</summary>
    public void Hear(string line)
    {
        switch (line.Split(' ', 3))
        {
            case ["?", var id, var key] when !_asked.ContainsKey(id) && Knows?.Invoke(key) is { Length: <= MostText } text:
                Say?.Invoke($"! {id} {text}");
                break;
            case ["!", var id, var text] when _asked.TryGetValue(id, out var asked):
                asked.TrySetResult(text);
                break;
        }
    }
}
