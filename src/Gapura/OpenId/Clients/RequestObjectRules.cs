using Gapura.Platforms;

namespace Gapura.OpenId.Clients;

/// <summary>What a signed request must say beside its parameters (RFC 9101 sections 4 and 6.3, FAPI 2.0 Message Signing section 5.3.1).</summary>
internal static class RequestObjectRules
{
    /// <summary>No request is good for longer, from <c>nbf</c> or, where there is none, from now.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    /// <returns>A sentence, or null for one that holds.</returns>
    public static string? Problem(Members claims, Platform platform, string issuer, DateTimeOffset now)
    {
        if (claims.Has("request") || claims.Has("request_uri")) return "A request holds no other request.";
        if (claims.Text("client_id") != platform.ClientId) return "client_id must be the client's.";
        if (claims.Has("iss") && claims.Text("iss") != platform.ClientId) return "iss must be the client_id.";

        // Who signs both must not have the one taken for the other (RFC 9101 section 10.8).
        if (claims.Text("sub") == platform.ClientId) return "sub must not be the client_id: that is a client assertion.";
        if (!claims.Texts("aud").Contains(issuer)) return $"aud must name {issuer}.";
        return TimeProblem(claims, platform, now);
    }

    private static string? TimeProblem(Members claims, Platform platform, DateTimeOffset now)
    {
        if (claims.Instant("exp") is not { } expires) return "exp is missing.";
        if (now >= expires) return "It has expired (exp).";
        if (claims.Has("iat") && (claims.Instant("iat") is not { } issued || issued > now + SignedTimes.Skew)) return "iat is in the future.";
        if (!claims.Has("nbf")) return platform.Client.FollowsFapi ? "nbf is missing." : expires > now + Longest + SignedTimes.Skew ? "exp is more than 60 minutes ahead." : null;
        if (claims.Instant("nbf") is not { } from) return "nbf is not a time.";
        if (from > now + SignedTimes.Skew) return "nbf is in the future.";
        if (now - from > Longest) return "nbf is more than 60 minutes ago.";
        return expires - from > Longest ? "exp is more than 60 minutes after nbf." : null;
    }
}
