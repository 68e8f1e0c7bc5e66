using System.Diagnostics;
using System.Text.Json;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Floods;

public sealed class FloodTests
{
    private const int Connections = 8;

    // Measured: the heap breathes by a few MB between collections. A leak of 16 bytes a call would be 16 MB.
    private const double MostGrowth = 15;

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Postgres)]
    public async Task A_flood_of_qrAuth_calls_writes_no_row_and_takes_no_memory(Kind kind)
    {
        // The million is for one database: what is asked never reaches either.
        var calls = kind == Kind.Sqlite ? Asked.Of(100_000, 1_000_000) : 100_000;
        await using var installed = await Installed.On(kind);
        await using var server = await RunningServer.Start(installed);
        var seen = new HashSet<ulong>();
        await Flood(server, calls / 100, seen);
        await installed.Store.Quiet(installed.Data);
        var (rows, size) = (await installed.Store.Rows(installed.Data), await installed.Store.Size(installed.Data));

        var warm = await Flood(server, calls / 10, seen);
        var before = server.Megabytes;
        var clock = Stopwatch.StartNew();
        var rest = await Flood(server, calls - calls / 10 - calls / 100, seen);
        var perSecond = (calls - calls / 10 - calls / 100) / clock.Elapsed.TotalSeconds;
        var after = server.Megabytes;

        Measured.Say($"{calls:N0} qrAuth calls, {kind}: {perSecond:N0} a second, {before:0.0} MB after a tenth, {after:0.0} MB at the end");
        Assert.Equal(calls, seen.Count);
        Assert.All([.. warm, .. rest], IsDocumented);
        Assert.Equal(rows, await installed.Store.Rows(installed.Data));
        Assert.Equal(size, await installed.Store.Size(installed.Data));
        Assert.InRange(after - before, double.NegativeInfinity, MostGrowth);
        Assert.Equal("", server.Complaints);
    }

    private static async Task<List<(string Nonce, string Body)>> Flood(RunningServer server, int calls, HashSet<ulong> seen)
    {
        var pipelines = Enumerable.Range(0, Connections).Select(_ => new Pipeline(server.Port)).ToList();
        await Task.WhenAll(pipelines.Select((p, i) => Task.Run(() => p.Ask(calls / Connections + (i < calls % Connections ? 1 : 0)))));
        foreach (var pipeline in pipelines) seen.UnionWith(pipeline.Seen);
        return [.. pipelines.SelectMany(p => p.Sample)];
    }

    private static void IsDocumented((string Nonce, string Body) answer)
    {
        var json = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(["clientId", "sessionId", "expires"], json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(Installed.ClientId, json.GetProperty("clientId").GetString());
        Assert.Matches($"^nu\\.id:1:{Installed.ClientId}:[A-Za-z0-9]{{32}}:{json.GetProperty("expires").GetInt64()}$", json.GetProperty("sessionId").GetString());
        Assert.DoesNotContain(answer.Nonce, answer.Body, StringComparison.Ordinal);
    }
}
