namespace Gapura.Cluster.Faults;

/// <summary>What came of one fault: a line of the table.</summary>
internal sealed record Row(string Fault)
{
    public int Attempted { get; init; }

    public int Acknowledged { get; init; }

    public int Lost { get; init; }

    public int Doubled { get; init; }

    /// <summary>503 with Retry-After.</summary>
    public int Refused { get; init; }

    /// <summary>Connections that broke, and 502 and 504 of the balancer.</summary>
    public int Unanswered { get; init; }

    /// <summary>The longest time in which nothing written was acknowledged.</summary>
    public TimeSpan? Pause { get; init; }

    public TimeSpan? Recovered { get; init; }

    /// <summary>What did not hold; empty when the fault was borne.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];

    /// <summary>Figures worth reading beside those.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool WasSkipped { get; init; }

    public bool Passed => Broken.Count == 0 && Lost == 0 && Doubled == 0;

    public static string Heading { get; } =
        $"{"fault",-22} | attempted | acknowledged | lost | doubled | refused (503) | no answer | longest pause ms | recovered after ms |";

    public override string ToString() => WasSkipped
        ? $"{Fault,-22} | skipped: {string.Join("; ", Notes)}"
        : $"{Fault,-22} | {Attempted,9} | {Acknowledged,12} | {Lost,4} | {Doubled,7} | {Refused,13} | {Unanswered,9} | {Milliseconds(Pause),16} | {Milliseconds(Recovered),18} | {(Passed ? "" : "FAILED")}";

    private static string Milliseconds(TimeSpan? span) => span is { } some ? some.TotalMilliseconds.ToString("0") : "–";
}
