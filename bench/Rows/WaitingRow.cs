using Gapura.Bench.Report;
using Gapura.Bench.Waiting;

namespace Gapura.Bench.Rows;

/// <summary>How soon one of many waiting screens hears of its phone.</summary>
internal static class WaitingRow
{
    private const int Screens = 10_000;
    private const int Wakes = 500;
    private const double MostMilliseconds = 100;

    public static async Task<Row> Of(CancellationToken ct)
    {
        var waiting = await WaitingBench.OfGapura(Screens, Wakes, ct);
        return new()
        {
            Key = "waiting", Name = $"wake-up of one of {Screens:N0} waiting screens, from the phone's request on", P50 = waiting.WholeP50, P99 = waiting.WholeP99, Megabytes = waiting.MegabytesWaiting,
            Target = $"p99 ≤ {MostMilliseconds:0} ms", IsMet = waiting.WholeP99 <= MostMilliseconds, Note = FormattableString.Invariant($"{waiting.ProcessorSecondsIn10Idle:0.00} s of processor in ten idle seconds"),
        };
    }
}
