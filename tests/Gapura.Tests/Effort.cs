namespace Gapura.Tests;

/// <summary>How much a test does: <c>GAPURA_TEST_FULL=1</c> asks for the counts that are promised, otherwise fewer show the same.</summary>
internal static class Effort
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("GAPURA_TEST_FULL") == "1";

    public static int Of(int usual, int full) => IsFull ? full : usual;
}
