namespace Gapura.Storage;

/// <summary>Something held in memory that must follow the store.</summary>
internal interface IKeptFresh
{
    /// <summary>Looks whether the store has moved, and follows.</summary>
    Task Refresh(CancellationToken ct);

    /// <summary>Replaces a key whose time has come. Most things hold none.</summary>
    Task RotateWhenDue(CancellationToken ct) => Task.CompletedTask;
}

/// <summary>
/// Follows the store four times a second, so that a revocation is obeyed within one; and knows whether what is held in
/// memory may be acted upon.
/// </summary>
internal sealed partial class FreshnessWatch(IEnumerable<IKeptFresh> kept, TimeProvider time, ILogger<FreshnessWatch> log) : BackgroundService
{
    /// <summary>Nothing is decided upon what was looked at longer ago: within this time a revocation is obeyed everywhere.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromSeconds(1);

    // How long a request waits to be sure.
    private static readonly TimeSpan Longest = Oldest + Oldest;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private readonly IKeptFresh[] _kept = [.. kept];
    private TaskCompletionSource<bool> _look = NextLook();
    private long _lookedAt = long.MinValue / 2;
    private bool _isAway;

    /// <summary>Whether what is held may be acted upon at once.</summary>
    public bool IsFresh => time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < Oldest;

    /// <summary>Fills everything once, before the first request is answered.</summary>
    public async Task FirstFill(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        foreach (var one in _kept)
        {
            await one.RotateWhenDue(ct);
            await one.Refresh(ct);
        }

        Volatile.Write(ref _lookedAt, began);
    }

    /// <summary>Waits, if it must, for the look that is under way: a node that was paused catches up before it answers.</summary>
    /// <returns>False when the store cannot be looked at.</returns>
    public async ValueTask<bool> Fresh()
    {
        if (IsFresh) return true;
        var began = time.GetTimestamp();
        try
        {
            // A look that began before the node was paused tells what was true then: it takes the one after it.
            while (Longest - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
            {
                // In this order: a look that ends between the two is one of them.
                var look = Volatile.Read(ref _look).Task;
                if (IsFresh) return true;
                if (!await look.WaitAsync(left, time)) return false;
            }

            return IsFresh;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            var began = time.GetTimestamp();
            var seen = await TryLook(stoppingToken);
            if (seen) Volatile.Write(ref _lookedAt, began);
            Interlocked.Exchange(ref _look, NextLook()).SetResult(seen);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // All at once: when every question takes half a second, one after the other would be too late.
    private async Task<bool> TryLook(CancellationToken ct)
    {
        try
        {
            await Task.WhenAll(_kept.Select(one => one.Refresh(ct)));
            if (_isAway) StoreIsBack();
            return !(_isAway = false);
        }
#pragma warning disable CA1031 // The store may be away for a while; the watch must still be there when it is back.
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Once: an hour without the store is not worth 14,000 lines.
            if (!_isAway) StoreNotReached(e.Message);
            return !(_isAway = true);
        }
#pragma warning restore CA1031
    }

    // Whoever waits must not run on the watch.
    private static TaskCompletionSource<bool> NextLook() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store cannot be looked at: {Why} Until it can, what needs it is answered 503.")]
    private partial void StoreNotReached(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store can be looked at again.")]
    private partial void StoreIsBack();
}
