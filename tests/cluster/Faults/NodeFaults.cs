using System.Diagnostics;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>A node is gone, is told to go, or stands still.</summary>
internal static class NodeFaults
{
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(3);

    /// <summary>As a crash of the process, or of its machine.</summary>
    public static Task<Row> Kill9(Site site, Pace pace) => UnderLoad.Run(site, pace, "node killed", May.LoseAnswers | May.BeUnseen, async () =>
    {
        var node = site.Nodes[1];
        node.Signal(Signals.Kill);
        var ended = Stopwatch.GetTimestamp();
        await Task.Delay(Gone);
        node.Start();
        await node.WaitUntilReady(TimeSpan.FromSeconds(30));
        return new Cause(ended, EveryNode: false);
    });

    /// <summary>Without a word to the balancer before.</summary>
    public static Task<Row> Terminate(Site site, Pace pace) => UnderLoad.Run(site, pace, "node told to stop", May.LoseAnswers | May.BeUnseen, async () =>
    {
        var node = site.Nodes[2];
        node.Signal(Signals.Terminate);
        var ended = Stopwatch.GetTimestamp();
        var code = await node.WaitForExit(TimeSpan.FromSeconds(20));
        if (code != 0) throw new InvalidOperationException($"{node.Name} was told to stop and ended with {code}.");
        await Task.Delay(Gone);
        node.Start();
        await node.WaitUntilReady(TimeSpan.FromSeconds(30));
        return new Cause(ended, EveryNode: false);
    });

    /// <summary>It holds its connections, and says nothing.</summary>
    public static Task<Row> StandStill(Site site, Pace pace) => UnderLoad.Run(site, pace, "node stands still", May.LoseAnswers | May.BeUnseen, async () =>
    {
        site.Nodes[0].Signal(Signals.Stop);
        await Task.Delay(pace.Stopped);
        site.Nodes[0].Signal(Signals.Continue);
        return new Cause(Stopwatch.GetTimestamp());
    });
}
