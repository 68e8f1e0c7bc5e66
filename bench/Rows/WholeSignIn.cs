using Gapura.Bench.Driving;
using Gapura.Bench.Report;

namespace Gapura.Bench.Rows;

/// <summary>
/// A whole sign-in: a screen opens a code, a phone scans it, the phone approves, the screen collects. Each step for all
/// sign-ins before the next begins, so that everything is signed before it is measured; the costs are added up.
/// </summary>
internal static class WholeSignIn
{
    private const double MostMicroseconds = 250;
    private const double MostCommits = 2;

    public static async Task<Row> Of(Ground ground, Effort effort, string key, CancellationToken ct)
    {
        for (var round = 0; round < 3; round++)
        {
            await Run(ground, effort.Warm / 8, ct);
            await ground.Server.Settled(ct);
        }

        await ground.Server.CountAllocations(async () => (await Run(ground, effort.Warm / 8, ct))[0].Figures.Count, ct);

        var count = effort.Count / 3;

        // What the warm-up left behind is tidied first: it is not this one's growth.
        if (ground.Store.LogBytes() is not null) ground.Store.Execute("CHECKPOINT");
        var tables = ground.Store.Tables();
        var before = (Size: ground.Store.Size(), Log: ground.Store.LogBytes(), Commits: ground.Store.Commits());
        var steps = await Run(ground, count, ct);
        var (commits, log, size) = (ground.Store.Commits() - before.Commits, ground.Store.LogBytes() - before.Log, ground.Store.Size() - before.Size);

        var grown = ground.Store.Tables().Select(t => (t.Key, Bytes: (t.Value - tables.GetValueOrDefault(t.Key)) / (double)count)).Where(t => t.Bytes >= 1).ToDictionary(t => t.Key, t => t.Bytes, StringComparer.Ordinal);

        var processor = steps.Sum(s => s.Microseconds);
        var perSignIn = commits / (double)count;
        return new Row
        {
            Key = key, Name = $"whole sign-in: open, scan, approve, collect, {ground.Store.Name}", PerSecond = 1 / steps.Sum(s => 1 / s.Figures.PerSecond),
            P50 = steps.Sum(s => s.Figures.P50), P99 = steps.Sum(s => s.Figures.P99), Processor = processor,
            DatabaseProcessor = commits is null ? null : steps.Sum(s => s.DatabaseProcessor) * 1e6 / count,
            Allocated = ground.Server.AllocatedPerRequest, Megabytes = steps[^1].Megabytes, Others = steps.Average(s => s.Others),
            LogBytes = log / (double)count, DiskBytes = size / (double)count, Commits = perSignIn, TableBytes = grown,
            Figure = perSignIn is null ? null : FormattableString.Invariant($"{perSignIn:0.00} commits"),
            Target = $"≤ {MostMicroseconds:0} µs of the server" + (perSignIn is null ? "" : $", ≤ {MostCommits:0} commits"),
            IsMet = processor <= MostMicroseconds && (perSignIn is null || perSignIn <= MostCommits + 0.05),
            Note = string.Join(", ", steps.Zip(Steps, (s, name) => FormattableString.Invariant($"{name} {s.Microseconds:0} µs")))
                + FormattableString.Invariant($"; a sign-in takes {size / (double)count:N0} bytes on disk") + (grown.Count == 0 ? "" : $" ({string.Join(", ", grown.OrderByDescending(t => t.Value).Select(t => FormattableString.Invariant($"{t.Key} {t.Value:N0}")))})") + (log is null ? "" : FormattableString.Invariant($" and {log / (double)count:N0} bytes of write-ahead log")),
        };
    }

    private static readonly string[] Steps = ["open", "scan", "approve", "collect"];

    private static async Task<IReadOnlyList<Metered>> Run(Ground ground, int count, CancellationToken ct)
    {
        string[] nonces = [.. Enumerable.Range(0, count).Select(_ => Ground.NewNonce())];
        var sessions = new string[count];
        var phones = Enumerable.Range(0, count).Select(i => ground.People[i % ground.People.Count].Phone).ToArray();
        byte[][] opens = [.. nonces.Select(Ground.Open)];
        var opened = await Step(opens, (i, _, body) => sessions[i] = Answer.Member(body, "sessionId") ?? "");
        byte[][] scans = [.. sessions.Select((s, i) => Ground.Scan(s, phones[i]))];
        byte[][] approvals = [.. sessions.Select((s, i) => Ground.Approve(s, phones[i], nonces[i]))];
        var scanned = await Step(scans);
        var approved = await Step(approvals);
        var missing = 0;
        var collected = await Step(opens, (_, _, body) => missing += Answer.Member(body, "accessToken") is null ? 1 : 0);
        return missing == 0 ? [opened, scanned, approved, collected] : throw new InvalidOperationException($"{missing} of {count} screens collected nothing.");

        async Task<Metered> Step(byte[][] requests, Answered? answered = null)
        {
            var metered = await Meter.Run(ground.Server, ground.Store, () => Task.FromResult(Load.Run(ground.Server.Port, Effort.Connections, requests, answered, ct: ct)));
            metered.Figures.Whole("A whole sign-in");
            return metered;
        }
    }
}
