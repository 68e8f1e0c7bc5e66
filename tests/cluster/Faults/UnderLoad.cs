using System.Diagnostics;
using Gapura.Cluster.Load;
using Gapura.Cluster.Rig;
using Gapura.Process.Tests.Kills;

namespace Gapura.Cluster.Faults;

/// <summary>What may be seen while a fault lasts, beyond a 503.</summary>
[Flags]
internal enum May
{
    Nothing = 0,

    /// <summary>Requests that were under way lose their answers: who carried them is gone.</summary>
    LoseAnswers = 1,

    /// <summary>Nobody notices anything. Otherwise something has to be refused or go without an answer: a fault that does nothing shows nothing.</summary>
    BeUnseen = 2,
}

/// <summary>Both doors are used all the time; in the middle of it the cluster is struck, and afterwards held to what it said.</summary>
internal static class UnderLoad
{
    /// <summary>The promise: this long after the cause has ended, everything is as before.</summary>
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    // Longer than HAProxy waits for a node.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    public static async Task<Row> Run(Site site, Pace pace, string name, May may, Func<Task<Cause>> strike)
    {
        using var client = new Client(site.Balancer.Address, Patience);
        using var stop = new CancellationTokenSource();
        var (promises, tally) = (new Promises(), new Tally());
        var load = new People(site.Installed, client, promises, tally).Run(stop.Token);
        await Task.Delay(pace.Before);

        var began = Stopwatch.GetTimestamp();
        var cause = await strike();
        var (ready, why) = await NodesReady(site);
        var rest = pace.After - Stopwatch.GetElapsedTime(cause.Ended);
        if (rest > TimeSpan.Zero) await Task.Delay(rest);
        await stop.CancelAsync();
        await load;
        var ended = Stopwatch.GetTimestamp();

        var reckoning = new Reckoning(site.Installed, client, promises);
        if (why is null) await reckoning.Check();
        return Judge(name, may, tally, reckoning, tally.LongestPause(began, ended), Recovery(tally, cause, ready), why);
    }

    private static async Task<(long At, string? WhyNot)> NodesReady(Site site)
    {
        try
        {
            var at = await Task.WhenAll(site.Nodes.Select(n => n.WaitUntilReady(TimeSpan.FromSeconds(30))));
            return (at.Max(), null);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            return (Stopwatch.GetTimestamp(), e.Message);
        }
    }

    private static TimeSpan? Recovery(Tally tally, Cause cause, long ready)
    {
        if (tally.Recovered(cause.Ended) is not { } answered) return null;
        var nodes = cause.EveryNode ? Stopwatch.GetElapsedTime(cause.Ended, ready) : TimeSpan.Zero;
        return answered > nodes ? answered : nodes;
    }

    private static Row Judge(string name, May may, Tally tally, Reckoning reckoning, TimeSpan pause, TimeSpan? recovered, string? why)
    {
        List<string> broken = [.. tally.Wrongs, .. Counted("lost", reckoning.Lost), .. Counted("doubled", reckoning.Doubled)];
        var (refused, unanswered) = (tally.Count(Outcome.Refused), tally.Count(Outcome.Unanswered));
        if (why is not null) broken.Add($"not ready again: {why}");
        if (unanswered > 0 && !may.HasFlag(May.LoseAnswers)) broken.Add($"{unanswered} requests went without an answer, though nobody who could give one was gone");
        if (refused + unanswered == 0 && !may.HasFlag(May.BeUnseen)) broken.Add("the fault did nothing: nothing was refused and nothing went without an answer");
        if (recovered is null) broken.Add("nothing was acknowledged any more after the cause had ended");
        if (recovered > SoonAgain) broken.Add($"it took longer than {SoonAgain.TotalSeconds:0} s until everything was as before");
        return new Row(name)
        {
            Attempted = tally.Attempted, Acknowledged = tally.Count(Outcome.Acknowledged), Refused = refused, Unanswered = unanswered,
            Lost = reckoning.Lost.Count, Doubled = reckoning.Doubled.Count, Pause = pause, Recovered = recovered, Broken = broken,
            Notes = [$"slowest answer {tally.SlowestAnswer.TotalMilliseconds:0} ms; a screen was told to wait until {tally.LongestUntold.TotalMilliseconds:0} ms after its phone had heard yes at another node"],
        };
    }

    private static IEnumerable<string> Counted(string what, IEnumerable<string> reasons) => reasons.GroupBy(r => r).OrderByDescending(g => g.Count()).Take(5).Select(g => $"{what}, {g.Count()} times: {g.Key}");
}
