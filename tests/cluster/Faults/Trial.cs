using System.Diagnostics;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>One fault after the other, each on a cluster that is whole again; a line for each, and the table at the end.</summary>
internal sealed class Trial(Site site, Pace pace, TextWriter output)
{
    // What cannot be tried on this machine is a failure where everything must be.
    private static readonly bool Must = Environment.GetEnvironmentVariable("GAPURA_TEST_MUST") == "1";

    public async Task<IReadOnlyList<Row>> Run(IReadOnlyList<Fault> faults)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await site.Start();
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or System.Data.Common.DbException)
        {
            await output.WriteLineAsync($"The cluster does not start: {e.Message}\n0 passed, 1 failed");
            return [new Row("start") { Broken = [e.Message] }];
        }

        await output.WriteLineAsync($"Two PostgreSQL, {site.Nodes.Count} nodes and HAProxy run after {clock.Elapsed.TotalSeconds:0} s.\n\n{Row.Heading}");
        List<Row> rows = [];
        foreach (var fault in faults)
        {
            var begun = Stopwatch.StartNew();
            var row = await Try(fault);
            await output.WriteLineAsync(row.ToString());
            foreach (var line in row.Broken) await output.WriteLineAsync($"    broken: {line}");
            if (!row.WasSkipped) foreach (var line in row.Notes) await output.WriteLineAsync($"    {line}");
            rows.Add(row);
            var stuck = await Mend(fault.Name);
            if (Environment.GetEnvironmentVariable("GAPURA_CLUSTER_LOGS") is not null) await output.WriteLineAsync($"    ({begun.Elapsed.TotalSeconds:0} s)");
            if (stuck is null) continue;
            await output.WriteLineAsync($"    The cluster could not be made whole again: {stuck}");
            rows.AddRange(faults.Skip(rows.Count).Select(f => new Row(f.Name) { Broken = ["not tried"] }));
            break;
        }

        await output.WriteLineAsync($"\n| {Row.Heading}\n|{string.Concat(Enumerable.Repeat(" --- |", 9))}");
        foreach (var row in rows) await output.WriteLineAsync($"| {row}");
        var failed = rows.Count(r => !r.Passed);
        await output.WriteLineAsync($"\nAfter {clock.Elapsed.TotalSeconds:0} s:\n{rows.Count(r => r is { Passed: true, WasSkipped: false })} passed, {failed} failed");
        return rows;
    }

    private async Task<Row> Try(Fault fault)
    {
        try
        {
            var row = await fault.Run(site, pace);
            return row.WasSkipped && Must ? row with { Broken = ["skipped, where everything must be tried"], WasSkipped = false } : row;
        }
        catch (Exception e)
        {
            return new Row(fault.Name) { Broken = [e is InvalidOperationException or TimeoutException ? e.Message : e.ToString()] };
        }
    }

    /// <returns>Why not; null when everything is there again.</returns>
    private async Task<string?> Mend(string after)
    {
        try
        {
            await site.Mend();
            return null;
        }
        catch (Exception e)
        {
            return $"after {after}: {e.Message}";
        }
    }
}
