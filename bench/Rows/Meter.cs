using System.Diagnostics;
using Gapura.Bench.Driving;
using Gapura.Bench.Report;
using Gapura.Bench.Running;
using Gapura.Bench.Stores;

namespace Gapura.Bench.Rows;

/// <summary>What one run under load cost, and whom.</summary>
/// <param name="Figures">What the driver saw.</param>
/// <param name="Processor">Of the server, seconds; the following three likewise.</param>
/// <param name="Machine">Everything that ran.</param>
/// <param name="Wall">Seconds between the first look and the last.</param>
internal sealed record Metered(LoadFigures Figures, double Processor, double DatabaseProcessor, double Load, double Machine, double Wall, double? Allocated, double Megabytes)
{
    public double Microseconds => Processor * 1e6 / Figures.Count;

    public Row Row(string key, string name) => new()
    {
        Key = key, Name = name, PerSecond = Figures.PerSecond, P50 = Figures.P50, P99 = Figures.P99, Processor = Microseconds,
        DatabaseProcessor = DatabaseProcessor > 0 ? DatabaseProcessor * 1e6 / Figures.Count : null,
        Allocated = Allocated, Megabytes = Megabytes, Others = Others,
    };

    /// <summary>How much of the machine went to somebody else.</summary>
    public double Others => Math.Max(0, Machine - Processor - DatabaseProcessor - Load) / (Wall * Environment.ProcessorCount);

    /// <summary>Processors that the server could have had: those of the machine, less what the load and strangers took of them.</summary>
    public double Available => Environment.ProcessorCount - (Machine - Processor - DatabaseProcessor) / Wall;
}

internal static class Meter
{
    private const int Rounds = 4;

    /// <summary>Shows a server a list in rounds, waits after each until its compiler is done with what it learned, and counts allocations in the last.</summary>
    public static async Task Warm(Measured server, IReadOnlyList<byte[]> requests, CancellationToken ct, int connections = Effort.Connections)
    {
        var rounds = requests.Chunk(requests.Count / Rounds + 1).ToList();
        foreach (var round in rounds[..^1])
        {
            Load.Run(server.Port, connections, round, ct: ct).Whole("Warming up");
            await server.Settled(ct);
        }

        await server.CountAllocations(() => Task.FromResult(Load.Run(server.Port, connections, rounds[^1], ct: ct).Whole("Warming up").Count), ct);
    }

    /// <summary>The same with wrk.</summary>
    public static async Task Warm(Measured server, IReadOnlyList<byte[]> requests, int seconds, CancellationToken ct)
    {
        for (var round = 1; round < Rounds; round++)
        {
            await Round();
            await server.Settled(ct);
        }

        await server.CountAllocations(Round, ct);

        async Task<long> Round() => (await Wrk.Run(server.Port, Effort.Connections, Math.Max(1, seconds / Rounds), requests, ct)).Whole("Warming up").Count;
    }

    public static async Task<Metered> Run(Measured server, Store? store, Func<Task<LoadFigures>> load)
    {
        var clock = Stopwatch.GetTimestamp();
        var before = (Server: server.Processor.TotalSeconds, Store: store?.Processor ?? 0, Load: Processors.OfLoad(), Machine: Processors.OfMachine());
        var figures = await load();
        var wall = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        return new Metered(figures, server.Processor.TotalSeconds - before.Server, (store?.Processor ?? 0) - before.Store, Processors.OfLoad() - before.Load, Processors.OfMachine() - before.Machine, wall,
            server.AllocatedPerRequest, server.Megabytes);
    }
}
