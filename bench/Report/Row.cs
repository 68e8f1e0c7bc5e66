namespace Gapura.Bench.Report;

/// <summary>One line of the table. What was not measured, or means nothing there, is null.</summary>
internal sealed record Row
{
    /// <summary>What <c>--only</c> names.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>Answers a second.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P50 { get; init; }

    public double? P99 { get; init; }

    /// <summary>Processor of the server's process, microseconds a request.</summary>
    public double? Processor { get; init; }

    /// <summary>The same of the database's processes.</summary>
    public double? DatabaseProcessor { get; init; }

    /// <summary>Bytes the server's runtime allocated, a request.</summary>
    public double? Allocated { get; init; }

    /// <summary>Resident at the end, MB.</summary>
    public double? Megabytes { get; init; }

    /// <summary>Of what it is compared with, 1 for as fast.</summary>
    public double? Ratio { get; init; }

    /// <summary>What the row is about where it is none of these, with its unit.</summary>
    public string? Figure { get; init; }

    /// <summary>The same without its unit, for reckoning with.</summary>
    public double? Value { get; init; }

    /// <summary>What the target says, as it stands in the table; empty for none.</summary>
    public string Target { get; init; } = "";

    public bool? IsMet { get; init; }

    /// <summary>Below the table, beside its name.</summary>
    public string? Note { get; init; }

    /// <summary>Bytes of write-ahead log, one request or sign-in.</summary>
    public double? LogBytes { get; init; }

    /// <summary>Bytes on disk that stay.</summary>
    public double? DiskBytes { get; init; }

    /// <summary>The same by table.</summary>
    public IReadOnlyDictionary<string, double>? TableBytes { get; init; }

    /// <summary>Transactions that wrote.</summary>
    public double? Commits { get; init; }

    /// <summary>Share of the machine that neither the server nor its database nor the load used: somebody else's. 0 to 1.</summary>
    public double? Others { get; init; }
}
