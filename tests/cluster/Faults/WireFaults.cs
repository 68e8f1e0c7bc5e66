using System.Diagnostics;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>The network between nodes and PostgreSQL.</summary>
internal static class WireFaults
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(200);

    /// <summary>Every connection is hung up on, and may come back at once.</summary>
    public static Task<Row> Cut(Site site, Pace pace) => UnderLoad.Run(site, pace, "connections cut", May.BeUnseen, async () =>
    {
        for (var times = 0; times < 5; times++)
        {
            foreach (var wire in site.Wires) wire.Cut();
            await Task.Delay(200);
        }

        return Now;
    });

    public static Task<Row> Slow(Site site, Pace pace) => UnderLoad.Run(site, pace, "200 ms each way", May.BeUnseen, async () =>
    {
        foreach (var wire in site.Wires) wire.Delay = Slowness;
        await Task.Delay(pace.Hole);
        foreach (var wire in site.Wires) wire.Delay = TimeSpan.Zero;
        return Now;
    });

    /// <summary>One node alone; the others go on, and the balancer passes it over.</summary>
    public static Task<Row> BlackHoleOfOne(Site site, Pace pace) => BlackHole(site, pace, "black hole, one node", site.Nodes[1].Wires);

    public static Task<Row> BlackHoleOfAll(Site site, Pace pace) => BlackHole(site, pace, "black hole, all nodes", [.. site.Wires]);

    private static Task<Row> BlackHole(Site site, Pace pace, string name, IReadOnlyList<Wire> wires) => UnderLoad.Run(site, pace, name, May.Nothing, async () =>
    {
        foreach (var wire in wires) wire.IsBlackHole = true;
        await Task.Delay(pace.Hole);
        foreach (var wire in wires) wire.IsBlackHole = false;
        return Now;
    });

    private static Cause Now => new(Stopwatch.GetTimestamp());
}
