using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>One way to hurt the cluster.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
internal sealed record Fault(string Name, Func<Site, Pace, Task<Row>> Run);

/// <summary>How long things last.</summary>
/// <param name="Before">Load before anything happens.</param>
/// <param name="After">Load after the cause has ended, at least.</param>
/// <param name="Away">PostgreSQL is not there.</param>
/// <param name="Stopped">A node stands still.</param>
/// <param name="Hole">Bytes vanish.</param>
internal sealed record Pace(TimeSpan Before, TimeSpan After, TimeSpan Away, TimeSpan Stopped, TimeSpan Hole, bool IsQuick)
{
    public static Pace Quick { get; } = new(S(1), S(1.5), S(2), S(5), S(6), IsQuick: true);

    public static Pace Whole { get; } = new(S(2), S(4), S(4), S(20), S(15), IsQuick: false);

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}

/// <summary>When what caused the trouble was over.</summary>
/// <param name="Ended">By <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="EveryNode">Whether recovery means that each node is ready; else it is enough that the cluster answers.</param>
internal sealed record Cause(long Ended, bool EveryNode = true);
