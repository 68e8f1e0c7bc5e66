using System.Diagnostics;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>PostgreSQL goes and comes back, or another takes its place.</summary>
internal static class DatabaseFaults
{
    /// <param name="mode"><c>fast</c>: as an operator restarts it. <c>immediate</c>: as it crashes and recovers.</param>
    public static Task<Row> Restart(Site site, Pace pace, string mode) => UnderLoad.Run(site, pace, $"PostgreSQL {mode}", May.Nothing, async () =>
    {
        await site.Databases.Primary.Stop(mode);
        await Task.Delay(pace.Away);
        await site.Databases.Primary.Start();
        return Now;
    });

    /// <summary>The primary's machine is gone; the standby takes over.</summary>
    public static Task<Row> FailOver(Site site, Pace pace) => UnderLoad.Run(site, pace, "failed over", May.Nothing, async () =>
    {
        await site.Databases.Primary.Kill9();
        await site.Databases.FailOver();
        return Now;
    });

    /// <summary>
    /// The standby stands still for a while, so that commits wait for it; then the primary's machine is gone and the standby
    /// takes over. Whoever gave up waiting and said yes has said what nobody knows any more.
    /// </summary>
    public static Task<Row> FailOverToOneThatStoodStill(Site site, Pace pace) => UnderLoad.Run(site, pace, "standby stood still", May.Nothing, async () =>
    {
        var (primary, standby) = (site.Databases.Primary, site.Databases.Standby);
        await standby.SignalAll(Signals.Stop);
        await Task.Delay(pace.Hole);
        await primary.Kill9();
        await standby.SignalAll(Signals.Continue);
        await site.Databases.FailOver();
        return Now;
    });

    /// <summary>Every session is ended by an operator's word.</summary>
    public static Task<Row> Terminated(Site site, Pace pace) => UnderLoad.Run(site, pace, "sessions ended", May.BeUnseen, async () =>
    {
        for (var times = 0; times < 5; times++)
        {
            await site.Databases.Primary.Ask($"SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{Pair.Database}'");
            await Task.Delay(200);
        }

        return Now;
    });

    private static Cause Now => new(Stopwatch.GetTimestamp());
}
