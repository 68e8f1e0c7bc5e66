namespace Gapura.Storage;

/// <summary>Rows that have outlived their use.</summary>
internal interface ISwept
{
    Task Sweep(DateTimeOffset now, CancellationToken ct);
}

/// <summary>Once a minute: keys whose time has come are replaced, rows whose time is over go.</summary>
internal sealed partial class Upkeep(IEnumerable<IKeptFresh> kept, IEnumerable<ISwept> swept, TimeProvider time, ILogger<Upkeep> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var one in kept) await Try(() => one.RotateWhenDue(stoppingToken), stoppingToken);
            foreach (var one in swept) await Try(() => one.Sweep(time.GetUtcNow(), stoppingToken), stoppingToken);
        }
    }

    private async Task Try(Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
        }
#pragma warning disable CA1031 // What one table refuses must not keep the others from being swept; the next round tries again.
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Left(e.Message);
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upkeep left something for the next minute: {Why}")]
    private partial void Left(string why);
}
