namespace Gapura.Audit;

/// <summary>Seals what was written down, every two seconds. Of several nodes one does it each time.</summary>
internal sealed partial class AuditSealing(AuditSeals seals, TimeProvider time, ILogger<AuditSealing> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await seals.SealNext(stoppingToken) == AuditSeals.MostOfASeal)
                {
                }
            }
#pragma warning disable CA1031 // The store may be away for a while; what waits is sealed when it is back.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotSealed(e);
            }
#pragma warning restore CA1031
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit could not be sealed; trying again.")]
    private partial void NotSealed(Exception e);
}
