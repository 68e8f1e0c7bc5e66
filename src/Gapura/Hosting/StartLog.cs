namespace Gapura.Hosting;

/// <summary>
/// What is written to the log. Why a start failed is said once, in a sentence, by whoever started us; the framework would
/// print its stack twice, so it is not heard before the server has started.
/// </summary>
internal sealed class StartLog
{
    private IHostApplicationLifetime? _lifetime;

    private bool HasStarted => _lifetime?.ApplicationStarted.IsCancellationRequested == true;

    public void Follow(IHostApplicationLifetime lifetime) => _lifetime = lifetime;

    public bool Hears(LogLevel level) => level >= LogLevel.Warning && HasStarted;
}

internal static class Logs
{
    private static readonly string[] LoudAtStart = ["Microsoft.Extensions.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    public static StartLog AddLog(this ILoggingBuilder logging)
    {
        var start = new StartLog();
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // All it says lies below a warning; but where it may speak at all, every request is given an activity and a scope,
        // and a waiting screen keeps them: 30 MB for ten thousand.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        foreach (var category in LoudAtStart) logging.AddFilter(category, start.Hears);
        return start;
    }
}
