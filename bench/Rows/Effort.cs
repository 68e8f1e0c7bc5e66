namespace Gapura.Bench.Rows;

/// <summary>How long and how much is measured.</summary>
/// <param name="WarmSeconds">Before wrk counts.</param>
/// <param name="Seconds">While wrk counts.</param>
/// <param name="Warm">Requests of our own driver before it counts.</param>
/// <param name="Count">Requests it counts.</param>
/// <param name="Accounts">What the growth row grows to.</param>
/// <param name="Rotations">How many refresh tokens are rotated.</param>
internal sealed record Effort(string Name, int WarmSeconds, int Seconds, int Warm, int Count, long Accounts, int Platforms, int Rotations)
{
    public const int Connections = 64;

    public static Effort Quick { get; } = new("quick", 3, 3, 8_000, 20_000, 20_000, 100, 30_000);

    public static Effort Usual { get; } = new("usual", 6, 10, 20_000, 60_000, 100_000, 1_000, 100_000);

    public static Effort Long { get; } = new("long", 10, 30, 20_000, 100_000, 10_000_000, 10_000, 1_000_000);
}
