using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Gapura.Cluster.Load;

internal enum Outcome
{
    /// <summary>A whole answer 2xx was read.</summary>
    Acknowledged,

    /// <summary>503 that says when to come back.</summary>
    Refused,

    /// <summary>The connection broke, or the balancer said that the node's did (502, 504): it may have happened or not.</summary>
    Unanswered,

    /// <summary>Nobody said anything for as long as anybody would wait.</summary>
    Hung,

    /// <summary>Anything else: a 500, a 503 without Retry-After, a no where there was no reason for one.</summary>
    Wrong,
}

/// <summary>Every request of the load and what came of it.</summary>
internal sealed class Tally
{
    private readonly ConcurrentQueue<(long Began, long Ended, Outcome Outcome, bool IsWrite)> _all = new();
    private readonly ConcurrentDictionary<string, int> _wrong = new();

    private long _told;

    public int Attempted => _all.Count;

    public IReadOnlyList<string> Wrongs => [.. _wrong.OrderByDescending(w => w.Value).Select(w => $"{w.Value} times: {w.Key}")];

    public int Count(Outcome outcome) => _all.Count(a => a.Outcome == outcome);

    /// <summary>The longest that anybody waited for an answer of any kind.</summary>
    public TimeSpan SlowestAnswer => _all.Select(a => Stopwatch.GetElapsedTime(a.Began, a.Ended)).DefaultIfEmpty().Max();

    /// <summary>The longest after a phone heard yes that a screen, asking at another node, was still told to wait.</summary>
    public TimeSpan LongestUntold => new(Interlocked.Read(ref _told));

    public void NotTold(TimeSpan after)
    {
        for (var known = Interlocked.Read(ref _told); after.Ticks > known; known = Interlocked.Read(ref _told))
            if (Interlocked.CompareExchange(ref _told, after.Ticks, known) == known) return;
    }

    /// <summary>Asks and counts.</summary>
    /// <param name="isWrite">Whether an answer shows that something was written down.</param>
    /// <returns>What was heard if it was a yes; else null.</returns>
    public async Task<Heard?> Ask(string what, bool isWrite, Func<Task<Heard>> question)
    {
        var began = Stopwatch.GetTimestamp();
        var (outcome, heard, note) = await Hear(question);
        if (outcome is Outcome.Wrong or Outcome.Hung) _wrong.AddOrUpdate($"{what}: {note}", 1, (_, n) => n + 1);
        _all.Enqueue((began, Stopwatch.GetTimestamp(), outcome, isWrite));
        return outcome == Outcome.Acknowledged ? heard : null;
    }

    /// <summary>The longest time from a given instant on in which nothing that was written was acknowledged.</summary>
    public TimeSpan LongestPause(long from, long until)
    {
        var (last, longest) = (from, TimeSpan.Zero);
        foreach (var at in _all.Where(a => a.Outcome == Outcome.Acknowledged && a.IsWrite && a.Ended >= from).Select(a => a.Ended).Order().Append(until))
        {
            if (Stopwatch.GetElapsedTime(last, at) is var pause && pause > longest) longest = pause;
            last = at;
        }

        return longest;
    }

    /// <summary>From a given instant until something written was acknowledged again, and nothing was refused or lost its answer any more.</summary>
    /// <returns>Null when nothing was acknowledged since.</returns>
    public TimeSpan? Recovered(long since)
    {
        var good = _all.Where(a => a.Ended >= since && a.Outcome == Outcome.Acknowledged && a.IsWrite).Select(a => a.Ended).DefaultIfEmpty(0).Min();
        if (good == 0) return null;
        var bad = _all.Where(a => a.Ended >= since && a.Outcome != Outcome.Acknowledged).Select(a => a.Ended).DefaultIfEmpty(since).Max();
        return Stopwatch.GetElapsedTime(since, Math.Max(good, bad));
    }

    private static async Task<(Outcome Outcome, Heard? Heard, string Note)> Hear(Func<Task<Heard>> question)
    {
        try
        {
            var heard = await question();
            if (heard.IsOk) return (Outcome.Acknowledged, heard, "");
            return heard.Status switch
            {
                HttpStatusCode.ServiceUnavailable when heard.HasRetryAfter => (Outcome.Refused, heard, ""),
                HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => (Outcome.Unanswered, heard, ""),
                _ => (Outcome.Wrong, heard, heard.ToString()),
            };
        }
        catch (OperationCanceledException)
        {
            return (Outcome.Hung, null, "no answer at all");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (Outcome.Unanswered, null, "");
        }
    }
}
