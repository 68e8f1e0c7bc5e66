namespace Gapura.Cluster.Load;

/// <summary>Somebody who is told to come back comes back.</summary>
internal static class Again
{
    private const int Times = 5;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <param name="refused">Called for each 503.</param>
    /// <returns>The first answer that is not a 503 with Retry-After, or the last one.</returns>
    public static async Task<Heard> Ask(Func<Task<Heard>> question, Action? refused = null)
    {
        for (var tries = 1; ; tries++)
        {
            var heard = await question();
            if ((int)heard.Status != 503 || !heard.HasRetryAfter || tries == Times) return heard;
            refused?.Invoke();
            await Task.Delay(Wait);
        }
    }
}
