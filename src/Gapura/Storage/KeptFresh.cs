namespace Gapura.Storage;

/// <summary>Something held in memory that must follow the store.</summary>
internal interface IKeptFresh
{
    /// <summary>Looks whether the store has moved, and follows.</summary>
    Task Refresh(CancellationToken ct);

    /// <summary>Replaces a key whose time has come. Most things hold none.</summary>
    Task RotateWhenDue(CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Rows that have outlived their use.</summary>
internal interface ISwept
{
    Task Sweep(DateTimeOffset now, CancellationToken ct);
}

/// <summary>Follows the store four times a second, so that a revocation is obeyed within one; sweeps once a minute.</summary>
internal sealed partial class FreshnessWatch(IEnumerable<IKeptFresh> kept, IEnumerable<ISwept> swept, TimeProvider time, ILogger<FreshnessWatch> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private const int LooksPerSweep = 240;

    /// <summary>Fills everything once, before the first request is answered.</summary>
    public async Task FirstFill(CancellationToken ct)
    {
        foreach (var one in kept)
        {
            await one.RotateWhenDue(ct);
            await one.Refresh(ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        for (var look = 1L; await timer.WaitForNextTickAsync(stoppingToken); look++)
        {
            try
            {
                foreach (var one in kept) await one.Refresh(stoppingToken);
                if (look % LooksPerSweep != 0) continue;
                foreach (var one in kept) await one.RotateWhenDue(stoppingToken);
                foreach (var one in swept) await one.Sweep(time.GetUtcNow(), stoppingToken);
            }
#pragma warning disable CA1031 // The store may be away for a while; the watch must still be there when it is back.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                StoreNotReached(e);
            }
#pragma warning restore CA1031
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store could not be looked at; trying again.")]
    private partial void StoreNotReached(Exception e);
}
