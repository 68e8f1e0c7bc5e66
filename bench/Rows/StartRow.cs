using Gapura.Bench.Report;
using Gapura.Bench.Running;

namespace Gapura.Bench.Rows;

/// <summary>From nothing to the first answer, and what it takes to sit there. Without the hook of the other rows.</summary>
internal static class StartRow
{
    private const int Starts = 5;
    private const double MostSeconds = 0.5;
    private const double MostMegabytes = 100;

    public static async Task<IReadOnlyList<Row>> Of(CancellationToken ct)
    {
        await using var installation = await Installation.Make();
        List<double> seconds = [], processor = [];
        for (var i = 0; i < Starts; i++)
        {
            await using var started = await installation.Serve(isGauged: false);
            seconds.Add(started.FirstAnswer.TotalSeconds);
            processor.Add(started.Processor.TotalSeconds);
        }

        await using var idle = await installation.Serve(isGauged: false);
        await Task.Delay(TimeSpan.FromSeconds(5), ct);
        var median = seconds.Order().ElementAt(Starts / 2);
        return
        [
            new() { Key = "start", Name = $"start to first answer, the middle one of {Starts}", Figure = FormattableString.Invariant($"{median:0.00} s"), Note = FormattableString.Invariant($"{processor.Order().ElementAt(Starts / 2):0.00} s of processor"), Target = $"≤ {MostSeconds:0.0} s", IsMet = median <= MostSeconds },
            new() { Key = "idle", Name = "memory when idle", Megabytes = idle.Megabytes, Target = $"≤ {MostMegabytes:0} MB", IsMet = idle.Megabytes <= MostMegabytes },
        ];
    }
}
