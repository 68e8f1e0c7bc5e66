using System.CommandLine;
using Gapura.Bench.Driving;
using Gapura.Bench.Profiling;
using Gapura.Bench.Rows;
using Gapura.Bench.Stores;

namespace Gapura.Bench;

/// <summary><c>bench/profile ROW</c>: where one row's processor time and memory go.</summary>
internal static class ProfileCommand
{
    private const int People = 2_000;

    public static Command Build()
    {
        Argument<string> row = new("row") { Description = string.Join(", ", Loads.Keys) };
        row.AcceptOnlyFromAmong([.. Loads.Keys]);
        Option<int> count = new("--count") { Description = "Requests that are looked at", DefaultValueFactory = _ => 20_000 };
        Option<bool> postgres = new("--postgres") { Description = "On PostgreSQL instead of SQLite" };
        Option<int> port = new("--postgres-port") { Description = "Where a PostgreSQL of its own is started", DefaultValueFactory = _ => 55_490 };
        var command = new Command("profile", "Where the processor time and the memory of one row go: perf, and the runtime's own events.") { row, count, postgres, port };
        command.SetAction(async (said, ct) =>
        {
            using var server = said.GetValue(postgres) ? PostgresServer.Start(said.GetValue(port)) : null;
            Store Fresh() => server is null ? new SqliteStore() : new PostgresStore(server);
            await Processor(said.GetValue(row)!, said.GetValue(count), Fresh(), ct);
            await Memory(said.GetValue(row)!, said.GetValue(count), Fresh(), ct);
        });
        return command;
    }

    private static async Task Processor(string row, int count, Store store, CancellationToken ct)
    {
        await using var ground = await Ground.On(store, People, environment: PerfRecord.Environment);
        var requests = Loads.Of(row, ground, count * 2);
        await Meter.Warm(ground.Server, requests[..count], ct);
        await using var perf = new PerfRecord(ground.Server.Id);
        await Task.Delay(500, ct);
        var metered = await Meter.Run(ground.Server, ground.Store, () => Task.FromResult(Load.Run(ground.Server.Port, Effort.Connections, requests[count..], ct: ct)));
        Console.WriteLine($"== {row}, {store.Name}: {metered.Microseconds:0.0} µs of processor, {metered.Allocated:N0} bytes a request; {metered.Figures.PerSecond:N0} /s");
        Print("== processor, percent, by library", await perf.Report("dso", withCallees: false, 0.5, ct));
        Print("== processor, percent, each method by itself", await perf.Report("symbol", withCallees: false, 0.5, ct));
        Print("== processor, percent, each method with everything it calls", await perf.Report("symbol", withCallees: true, 1, ct));
    }

    private static async Task Memory(string row, int count, Store store, CancellationToken ct)
    {
        using var allocations = new Allocations();
        await using var ground = await Ground.On(store, People, environment: allocations.Environment);

        // What making the requests allocates in the server is in the trace too: few of them show little of it.
        var requests = Loads.Of(row, ground, count);
        Load.Run(ground.Server.Port, Effort.Connections, requests, ct: ct).Whole(row);
        await ground.Server.Stop(ct);
        Print("== memory (opening codes for the requests included, where there are any)", allocations.Report(count));
    }

    private static void Print(string head, IReadOnlyList<string> lines) => Console.WriteLine($"{head}\n{string.Join('\n', lines)}\n");
}
