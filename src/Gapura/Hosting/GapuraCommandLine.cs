namespace Gapura.Hosting;

/// <summary>The command line as a library: what <c>gapura</c> does, with somebody else's console.</summary>
public static class GapuraCommandLine
{
    /// <returns>The exit code: 0 done, 1 refused with one sentence on <paramref name="error"/>, 2 wrong usage.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct) =>
        throw new NotSupportedException("The command line is not part of this build yet.");
}
