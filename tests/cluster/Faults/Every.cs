namespace Gapura.Cluster.Faults;

/// <summary>All of them, in the order in which they are tried.</summary>
internal static class Every
{
    public static IReadOnlyList<Fault> Fault { get; } =
    [
        new("kill", NodeFaults.Kill9),
        new("term", NodeFaults.Terminate),
        new("stop", NodeFaults.StandStill),
        new("rolling", Rolling.Restart),
        new("restart-fast", (site, pace) => DatabaseFaults.Restart(site, pace, "fast")),
        new("restart-immediate", (site, pace) => DatabaseFaults.Restart(site, pace, "immediate")),
        new("terminated", DatabaseFaults.Terminated),
        new("cut", WireFaults.Cut),
        new("slow", WireFaults.Slow),
        new("hole-one", WireFaults.BlackHoleOfOne),
        new("hole-all", WireFaults.BlackHoleOfAll),
        new("disk", DiskFault.Full),
        new("revoke", Revocations.Everywhere),
        new("revoke-cut-off", Revocations.WhileOneIsCutOff),
        new("hops", Hops.Everywhere),
        new("repeats", Repeats.Compared),
        new("clocks", Clocks.Apart),
        new("failover", DatabaseFaults.FailOver),
        new("standby-stop", DatabaseFaults.FailOverToOneThatStoodStill),
    ];
}
