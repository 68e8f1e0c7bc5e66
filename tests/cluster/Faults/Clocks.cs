using System.Diagnostics;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>One node is five minutes fast, one five minutes slow: what one begins the others finish.</summary>
internal static class Clocks
{
    private static readonly int[] SecondsOff = [300, -300, 0];

    public static async Task<Row> Apart(Site site, Pace pace)
    {
        await SetClocks(site, SecondsOff);
        try
        {
            var journeys = new Journeys("clocks apart");
            await Task.WhenAll(Ways(site, pace).Index().GroupBy(w => w.Index % site.Installed.People.Count).Select(lane => Task.Run(() => Lane(site, journeys, lane.Key, lane.Select(w => w.Item)))));

            var alone = journeys.Row;
            var loaded = await UnderLoad.Run(site, pace, "clocks apart", May.BeUnseen, () => Task.FromResult(new Cause(Stopwatch.GetTimestamp())));
            return loaded with
            {
                Attempted = loaded.Attempted + alone.Attempted,
                Acknowledged = loaded.Acknowledged + alone.Acknowledged,
                Refused = loaded.Refused + alone.Refused,
                Broken = [.. Few(alone.Broken), .. loaded.Broken],
                Notes = [.. loaded.Notes, $"{alone.Attempted} sign-ins, each step on a clock of its own, of which {alone.Broken.Count} did not end well"],
            };
        }
        finally
        {
            await SetClocks(site, [0, 0, 0]);
        }
    }

    /// <summary>Every node after every other; all 27 ways where there is time for it.</summary>
    private static IEnumerable<Node[]> Ways(Site site, Pace pace)
    {
        for (var first = 0; first < 3; first++)
            for (var second = 0; second < 3; second++)
                for (var third = 0; third < 3; third++)
                    if (!pace.IsQuick || third == (2 * (first + second)) % 3) yield return [site.Nodes[first], site.Nodes[second], site.Nodes[third]];
    }

    /// <summary>One after the other, as one person.</summary>
    private static async Task Lane(Site site, Journeys journeys, int person, IEnumerable<Node[]> ways)
    {
        var wandering = new Wandering(site, journeys);
        foreach (var nodes in ways)
        {
            var clocks = string.Join(", ", nodes.Select(n => $"{n.SecondsOff:+0;-0;0} s"));
            await journeys.Try($"QR sign-in opened, approved and claimed on clocks that are off by {clocks}", () => wandering.Qr(site.Installed.Phones[person], nodes));
            await journeys.Try($"popup whose ticket, form and password were on clocks that are off by {clocks}", () => wandering.Popup(site.Installed.People[person], nodes));
        }
    }

    private static IEnumerable<string> Few(IReadOnlyList<string> broken) => broken.Count <= 6 ? broken : [.. broken.Take(6), $"and {broken.Count - 6} more like these"];

    private static async Task SetClocks(Site site, IReadOnlyList<int> seconds)
    {
        foreach (var (node, off) in site.Nodes.Zip(seconds)) node.SecondsOff = off;
        await Task.WhenAll(site.Nodes.Select(n => n.Restart()));
        foreach (var node in site.Nodes) await site.Balancer.Up(node);
    }
}
