namespace Gapura.Storage;

/// <summary>
/// A whole topic in memory, replaced at once when its revision moves. Readers never wait and never see half a change.
/// </summary>
/// <param name="load">Reads the topic from the store.</param>
internal sealed class Snapshot<T>(Revisions revisions, string topic, Func<CancellationToken, Task<T>> load)
    where T : class
{
    private readonly Lock _gate = new();
    private long _revision = -1;
    private long _looks;
    private long _shown;
    private volatile T? _value;

    public T Value => _value ?? throw new InvalidOperationException($"The {topic} have not been loaded yet.");

    public async Task Refresh(CancellationToken ct)
    {
        var look = Interlocked.Increment(ref _looks);

        // The revision is read before the rows: a change in between is seen as one more refresh, never as none.
        var revision = await revisions.Current(topic, ct);
        if (revision == Interlocked.Read(ref _revision) && _value is not null) return;
        var loaded = await load(ct);

        // Of two that look at once, the one that began first may end last: what it brings is older, and too late.
        lock (_gate)
        {
            if (look < _shown) return;
            _shown = look;
            _value = loaded;
            Interlocked.Exchange(ref _revision, revision);
        }
    }
}
