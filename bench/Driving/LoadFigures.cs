namespace Gapura.Bench.Driving;

/// <summary>What a driver saw of a run.</summary>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Failed">Answers with a status of 400 and above; they count among <paramref name="Count"/>.</param>
/// <param name="Complaint">The first of them; null for none.</param>
internal sealed record LoadFigures(long Count, double Seconds, double P50, double P99, long Failed, string? Complaint = null)
{
    public double PerSecond => Count / Seconds;

    /// <exception cref="InvalidOperationException">Something was refused: such a run measures nothing.</exception>
    public LoadFigures Whole(string what) => Failed == 0 ? this : throw new InvalidOperationException($"{what}: {Failed} of {Count} requests were refused, the first with {Complaint ?? "a status above 399"}.");
}
