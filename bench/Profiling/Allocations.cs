using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Etlx;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Gapura.Bench.Profiling;

/// <summary>
/// Which types were allocated, and where: the runtime tells of one object in each hundred kilobytes (AllocationTick), with its
/// stack. Written by the process itself into a trace, read after its end.
/// </summary>
internal sealed class Allocations : IDisposable
{
    private readonly string _file = Path.ChangeExtension(Path.GetTempFileName(), ".nettrace");

    /// <summary>For the process: the collector's events (0x1) with details (5), and what it compiled, for their stacks.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("DOTNET_EnableEventPipe", "1"),
        new("DOTNET_EventPipeOutputPath", _file),
        new("DOTNET_EventPipeCircularMB", "512"),
        new("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x19:5"),
    ];

    /// <param name="requests">How many were answered, warm-up included.</param>
    public IReadOnlyList<string> Report(int requests)
    {
        var converted = TraceLog.CreateFromEventPipeDataFile(_file);
        try
        {
            Dictionary<string, long> byType = [], byPlace = [], byCaller = [];
            using var log = new TraceLog(converted);
            foreach (var one in log.Events)
            {
                if (one is not GCAllocationTickTraceData tick) continue;
                var bytes = tick.AllocationAmount64;
                string[] frames = [.. Frames(tick).Take(60)];
                var own = frames.FirstOrDefault(f => f.StartsWith("Gapura.", StringComparison.Ordinal)) ?? "(outside our code)";
                Count(byType, tick.TypeName, bytes);
                Count(byPlace, $"{tick.TypeName}  in  {frames.FirstOrDefault() ?? "?"}  for  {own}", bytes);
                foreach (var frame in frames.Distinct()) Count(byCaller, frame, bytes);
            }

            return ["-- types, bytes a request", .. Top(byType), "-- types, where, and for which of our methods", .. Top(byPlace), "-- methods, with everything they call", .. Top(byCaller)];

            IEnumerable<string> Top(Dictionary<string, long> counts) => counts.OrderByDescending(c => c.Value).Take(45).Select(c => FormattableString.Invariant($"{c.Value / (double)requests,9:N0}  {c.Key}"));
        }
        finally
        {
            File.Delete(converted);
        }
    }

    public void Dispose() => File.Delete(_file);

    private static IEnumerable<string> Frames(TraceEvent tick)
    {
        for (var frame = tick.CallStack(); frame is not null; frame = frame.Caller) yield return frame.CodeAddress.FullMethodName;
    }

    private static void Count(Dictionary<string, long> counts, string key, long bytes) => counts[key] = counts.GetValueOrDefault(key) + bytes;
}
