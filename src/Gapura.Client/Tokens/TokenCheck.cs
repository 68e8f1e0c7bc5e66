using Gapura.Client.Wire;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gapura.Client.Tokens;

/// <summary>Whether a JWT is the issuer's, for us, and good now. Steps in the order of RFC 9068 section 4.</summary>
internal sealed class TokenCheck(IssuerKeys keys, string issuer, TimeProvider time)
{
    private const int Longest = 16 * 1024;
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <param name="audience">Null where whose it is shows in another way.</param>
    /// <returns>The token, or one sentence for whoever showed it.</returns>
    /// <exception cref="GapuraException">There are no keys to check it with.</exception>
    public async Task<(JsonWebToken? Token, string? Problem)> Read(string text, TokenKind kind, string? audience, TimeSpan skew, CancellationToken ct)
    {
        // 1. read_header
        if (text.Length > Longest || !Handler.CanReadToken(text) || Parse(text) is not { } read) return (null, "It is not a JWT.");
        if (!kind.Algorithms.Contains(read.Alg)) return (null, $"Its alg must be {string.Join(" or ", kind.Algorithms)}.");
        if (!kind.Types.Contains(read.Typ, StringComparer.OrdinalIgnoreCase)) return (null, $"Its typ must be {kind.Types[0]}: {kind.Instead}");

        // Members that must be understood, and none is (RFC 7515 section 4.1.11).
        if (read.TryGetHeaderValue<object>("crit", out _)) return (null, "Its crit names members that are not understood here.");

        // 2. load_key
        if (string.IsNullOrEmpty(read.Kid) || await keys.Find(read.Kid, ct) is not { } key) return (null, "The issuer has no key of its kid.");

        // 3. check_signature, check_issuer, check_audience, check_lifetime
        var result = await Handler.ValidateTokenAsync(read, new TokenValidationParameters
        {
            IssuerSigningKey = key, ValidAlgorithms = kind.Algorithms, TryAllIssuerSigningKeys = false, RequireSignedTokens = true,
            ValidIssuer = IssuerAddress.Text(issuer), ValidAudience = audience, RequireAudience = true, ValidateAudience = audience is not null, IgnoreTrailingSlashWhenValidatingAudience = false, RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && time.GetUtcNow().UtcDateTime < end + skew,
        });
        return result.IsValid ? ((JsonWebToken)result.SecurityToken, null) : (null, Sentence(result.Exception));
    }

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static string Sentence(Exception? because) => because switch
    {
        SecurityTokenExpiredException or SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => "It has expired.",
        SecurityTokenInvalidAudienceException => "It is not for this audience.",
        SecurityTokenInvalidIssuerException => "It is another issuer's.",
        _ => "Its signature is not the issuer's.",
    };
}

/// <summary>What a kind of JWT must look like.</summary>
/// <param name="Types"><c>typ</c>, the usual one first.</param>
/// <param name="Instead">What the caller probably did.</param>
internal sealed record TokenKind(string[] Types, string[] Algorithms, string Instead)
{
    /// <summary>RFC 9068 section 4.</summary>
    public static TokenKind Access { get; } = new(["at+jwt", "application/at+jwt"], ["ES256"], "show an access token, not an ID token.");

    public static TokenKind Id { get; } = new(["JWT"], ["RS256", "ES256"], "this is no ID token.");
}
