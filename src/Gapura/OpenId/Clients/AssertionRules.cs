using Gapura.Platforms;

namespace Gapura.OpenId.Clients;

/// <summary>
/// What a client assertion must say (RFC 7523 section 3, OpenID Connect Core 1.0 section 9), once its signature is known to
/// be the platform's. A platform that follows FAPI 2.0 names the issuer alone, as one text (Security Profile section 5.3.2.1).
/// </summary>
internal static class AssertionRules
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private const int LongestId = 200;

    /// <param name="here">The address of the endpoint that was called.</param>
    /// <returns>A sentence, or null for one that holds.</returns>
    public static string? Problem(Members claims, Platform platform, string issuer, string here, DateTimeOffset now)
    {
        if (claims.Text("iss") != platform.ClientId || claims.Text("sub") != platform.ClientId) return "iss and sub of client_assertion must both be the client_id.";
        if (!IsForUs(claims, platform, issuer, here)) return platform.Client.FollowsFapi ? $"aud of client_assertion must be the one text {issuer}." : $"aud of client_assertion must name {issuer}.";
        if (SignedTimes.Problem(claims, now, Longest) is { } problem) return $"client_assertion: {problem}";
        return claims.Text("jti") is { Length: >= 1 and <= LongestId } ? null : $"client_assertion: jti must be 1 to {LongestId} characters.";
    }

    // RFC 7523 knows the token endpoint by its address, RFC 9126 and CIBA the endpoint that is called.
    private static bool IsForUs(Members claims, Platform platform, string issuer, string here)
    {
        var audience = claims.Texts("aud");
        if (platform.Client.FollowsFapi) return !claims.IsArray("aud") && audience is [var only] && only == issuer;
        return audience.Any(a => a == issuer || a == $"{issuer}/oauth/token" || a == here);
    }
}
