using System.Globalization;

namespace Gapura.Process.Tests.Running;

/// <summary>How much was asked for.</summary>
internal static class Asked
{
    private static readonly int Percent = int.Parse(Environment.GetEnvironmentVariable("GAPURA_TEST_EFFORT") is { Length: > 0 } said ? said : "0", CultureInfo.InvariantCulture);

    /// <summary>What is missing on this machine is a failure, not a reason to skip.</summary>
    public static bool Must { get; } = Environment.GetEnvironmentVariable("GAPURA_TEST_MUST") == "1";

    /// <summary>The share in percent of the full counts that GAPURA_TEST_EFFORT names, and at least a few.</summary>
    public static int Of(int usual, int full) => Math.Max(usual, full * Percent / 100);
}
