namespace Gapura.OpenId.Clients;

/// <summary>When a signed text is good (RFC 7519 section 4.1). Clocks may differ by thirty seconds, either way.</summary>
internal static class SignedTimes
{
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <param name="longest">From now to its end.</param>
    /// <returns>What is wrong with <c>exp</c>, <c>nbf</c> or <c>iat</c>; null when nothing is.</returns>
    public static string? Problem(Members claims, DateTimeOffset now, TimeSpan longest)
    {
        if (claims.Instant("exp") is not { } expires) return "exp is missing.";
        if (now >= expires + Skew) return "It has expired (exp).";
        if (expires > now + longest + Skew) return $"exp is more than {longest.TotalMinutes:0} minutes ahead.";
        foreach (var name in (string[])["nbf", "iat"])
        {
            if (!claims.Has(name)) continue;
            if (claims.Instant(name) is not { } from) return $"{name} is not a time.";
            if (from > now + Skew) return $"{name} is in the future.";
        }

        return null;
    }
}
