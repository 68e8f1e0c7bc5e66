namespace Gapura.Process.Tests.Running;

/// <summary>How much was asked for.</summary>
internal static class Asked
{
    /// <summary>The full counts; otherwise a tenth or so.</summary>
    public static bool Full { get; } = Environment.GetEnvironmentVariable("GAPURA_TEST_FULL") == "1";

    /// <summary>What is missing on this machine is a failure, not a reason to skip.</summary>
    public static bool Must { get; } = Environment.GetEnvironmentVariable("GAPURA_TEST_MUST") == "1";
}
