namespace Gapura.OpenId.Logout;

/// <summary>When a platform that did not hear of a sign-out is told again: soon at first, then ever more seldom, for six hours. Pure.</summary>
internal static class LogoutPatience
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)];

    /// <param name="tries">How often it was tried, from 1.</param>
    /// <param name="since">How long ago the session ended.</param>
    /// <returns>Null when it is given up: the platform's own sessions have ended by then.</returns>
    public static TimeSpan? Next(int tries, TimeSpan since) => since < Longest ? Waits[Math.Clamp(tries - 1, 0, Waits.Length - 1)] : null;
}
