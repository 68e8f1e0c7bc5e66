using System.Globalization;

namespace Gapura.Tests;

/// <summary>
/// How much a test does. <c>GAPURA_TEST_EFFORT</c> is a share in percent of the counts that are promised, 100 for all of
/// them; without it a few show the same.
/// </summary>
internal static class Effort
{
    private static readonly int Percent = int.Parse(Environment.GetEnvironmentVariable("GAPURA_TEST_EFFORT") is { Length: > 0 } said ? said : "0", CultureInfo.InvariantCulture);

    public static int Of(int usual, int full) => Math.Max(usual, full * Percent / 100);
}
