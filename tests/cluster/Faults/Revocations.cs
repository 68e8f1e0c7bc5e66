using System.Diagnostics;
using Gapura.Cluster.Load;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>Something is revoked where one node stands; every node must obey within a second.</summary>
internal static class Revocations
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(2);

    public static Task<Row> Everywhere(Site site, Pace pace) =>
        Run(site, "revocation", cutOff: false, [Revocable.ApiKey, Revocable.Phone, Revocable.PhoneOfGrant, Revocable.Account, Revocable.Grant]);

    /// <summary>While one node does not reach PostgreSQL and cannot know: it may refuse what is good, never accept what is not.</summary>
    public static Task<Row> WhileOneIsCutOff(Site site, Pace pace) => Run(site, "revoked, one cut off", cutOff: true, [Revocable.ApiKey, Revocable.Phone, Revocable.Grant]);

    private static async Task<Row> Run(Site site, string name, bool cutOff, IReadOnlyList<Func<Site, string, Task<Revocable>>> all)
    {
        List<Obeyed> seen = [];
        List<string> broken = [];
        var revocables = await Task.WhenAll(all.Select(make => make(site, cutOff ? "terputus" : "semua")));

        // What was made just now may be news to a node for a moment.
        await Task.Delay(1000);
        foreach (var revocable in revocables) broken.AddRange(await NotAccepted(site, revocable));
        if (cutOff) foreach (var wire in site.Nodes[2].Wires) wire.IsBlackHole = true;
        using var stop = new CancellationTokenSource();
        var watching = Task.WhenAll(revocables.SelectMany(r => site.Nodes.Select(n => Task.Run(() => Watch(n, r, stop.Token)))));
        await Task.Delay(300);
        var revoked = new Dictionary<Revocable, long>();
        foreach (var revocable in revocables)
        {
            await revocable.Revoke();
            revoked[revocable] = Stopwatch.GetTimestamp();
        }

        // A node that cannot know has to find that out, and to say so; and when it knows again, to refuse.
        await Task.Delay(cutOff ? 2 * Watched : Watched);
        foreach (var wire in site.Nodes[2].Wires) wire.IsBlackHole = false;
        if (cutOff) await Task.Delay(2 * Watched);
        await stop.CancelAsync();
        foreach (var (revocable, node, answers) in await watching) seen.Add(Obeyed.From(revocable.What, node.Name, answers, revoked[revocable]));
        broken.AddRange(seen.SelectMany(s => s.Broken));
        if (cutOff && seen.Sum(s => s.Refused) == 0) broken.Add("the node that was cut off never said that it cannot know");
        return new Row(name)
        {
            Attempted = seen.Sum(s => s.Asked), Acknowledged = seen.Sum(s => s.Accepted), Refused = seen.Sum(s => s.Refused), Unanswered = seen.Sum(s => s.Unanswered),
            Recovered = seen.Max(s => s.After), Broken = broken,
            Notes = [.. seen.GroupBy(s => s.What).Select(g => $"{g.Key}: obeyed after {string.Join(", ", g.Select(s => $"{s.Node} {s.After.TotalMilliseconds:0} ms"))}")],
        };
    }

    private static async Task<IReadOnlyList<string>> NotAccepted(Site site, Revocable revocable)
    {
        List<string> broken = [];
        foreach (var node in site.Nodes)
        {
            using var client = new Client(node.Address, TimeSpan.FromSeconds(5));
            if (await revocable.Ask(client) is var heard && !revocable.IsAccepted(heard)) broken.Add($"{revocable.What} was not accepted by {node.Name} before it was revoked: {heard}");
        }

        return broken;
    }

    private static async Task<(Revocable Revocable, Node Node, List<Answer> Answers)> Watch(Node node, Revocable revocable, CancellationToken stop)
    {
        // Longer than anybody waits: an answer that comes late still counts, from when it was asked for.
        using var client = new Client(node.Address, TimeSpan.FromSeconds(8));
        List<Answer> answers = [];
        while (!stop.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            try
            {
                var heard = await revocable.Ask(client);
                answers.Add(new Answer(asked, revocable.IsAccepted(heard) ? Said.Yes : (int)heard.Status == 503 && heard.HasRetryAfter ? Said.CannotKnow : (int)heard.Status >= 500 ? Said.Wrong : Said.No, heard.ToString()));
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
            {
                answers.Add(new Answer(asked, e is OperationCanceledException ? Said.Wrong : Said.Nothing, "no answer within 8 s"));
            }

            await Task.Delay(60, CancellationToken.None);
        }

        return (revocable, node, answers);
    }
}
