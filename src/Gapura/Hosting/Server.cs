namespace Gapura.Hosting;

/// <summary>The server: what <c>gapura serve</c> runs.</summary>
internal static class Server
{
    public static async Task<int> Run(Settings settings, TextWriter output, CancellationToken ct)
    {
        await output.WriteLineAsync($"The server of {settings.Tokens.Issuer} is not built yet.".AsMemory(), ct);
        return 1;
    }
}
