using Xunit;

namespace Gapura.Tests;

/// <summary>Numbers worth reading: in the test's own output, and in the file the test command prints at its end.</summary>
internal static class Measured
{
    private static readonly string? Numbers = Environment.GetEnvironmentVariable("GAPURA_TEST_NUMBERS");

    public static void Say(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Numbers is not null) File.AppendAllText(Numbers, line + "\n");
    }
}
