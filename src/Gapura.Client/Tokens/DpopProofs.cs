using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gapura.Client.Tokens;

/// <summary>Checks the proof beside a bound token (RFC 9449 section 4.3), in the order of the specification.</summary>
internal sealed class DpopProofs(DpopReplays replays, TimeProvider time)
{
    public const string Header = "DPoP";
    public const string Algorithms = "ES256 PS256";

    /// <summary>How wrong the clock of whoever made the proof may be, either way.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int Longest = 8 * 1024;
    private const int LongestId = 200;
    private const int ShortestRsaKey = 2048;
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <param name="here">The address that was called, as clients know it.</param>
    /// <param name="accessToken">What is shown with it.</param>
    /// <param name="thumbprint">The token's <c>cnf.jkt</c>.</param>
    /// <returns>What is wrong, one sentence; null when nothing is.</returns>
    public async Task<string?> Problem(HttpRequest request, Uri here, string accessToken, string thumbprint)
    {
        // 1. check_single_header
        if (request.Headers[Header] is not [{ } text] || text.Contains(',', StringComparison.Ordinal)) return "There must be one DPoP header, with a proof.";

        // 2. read_proof: typ, alg, jwk
        if (text.Length > Longest || Parse(text) is not { } proof) return "The proof is not a signed JWT.";
        if (proof.Typ != "dpop+jwt") return "The proof's typ must be dpop+jwt.";
        if (proof.TryGetHeaderValue<object>("crit", out _)) return "The proof's crit names members that are not understood here.";
        if (Key(proof) is not { } key) return "The proof's alg must be ES256 or PS256, and its jwk the public key to it (RSA: of 2048 bits or more).";

        // 3. check_signature
        var signed = await Handler.ValidateTokenAsync(proof, new TokenValidationParameters
        {
            IssuerSigningKey = key, ValidAlgorithms = [proof.Alg], TypeValidator = (type, _, _) => type, RequireSignedTokens = true, TryAllIssuerSigningKeys = true,
            ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false,
        });
        if (!signed.IsValid) return "The proof is not signed by its jwk.";

        // 4. check_request: htm, htu, ath
        if (Text(proof, "htm") != request.Method) return "The proof's htm is not this request's method.";
        if (!IsSame(Text(proof, "htu"), here)) return $"The proof's htu is not this address, {here}.";
        if (Text(proof, "ath") != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)))) return "The proof's ath is not the hash of the access token.";

        // 5. check_time
        if (!proof.TryGetPayloadValue<long>("iat", out var seconds) || seconds is < 0 or > 253_402_300_799) return "The proof's iat is missing.";
        if ((time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Window) return $"The proof's iat is more than {Window.TotalSeconds:0} seconds from our time.";

        // 6. check_binding, spend_proof
        if (Base64UrlEncoder.Encode(key.ComputeJwkThumbprint()) != thumbprint) return "The token is bound to another key than the proof's.";
        if (Text(proof, "jti") is not { Length: >= 1 and <= LongestId } id) return $"The proof's jti must be 1 to {LongestId} characters.";
        return replays.TryAdd(thumbprint, id) ? null : "The proof was used before: every request needs its own jti.";
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

    private static JsonWebKey? Key(JsonWebToken proof)
    {
        if (!proof.TryGetHeaderValue<System.Text.Json.JsonElement>("jwk", out var jwk) || jwk.ValueKind != System.Text.Json.JsonValueKind.Object) return null;
        try
        {
            var key = new JsonWebKey(jwk.GetRawText());
            if (key.HasPrivateKey) return null;

            // Strangers choose these keys: none is remembered.
            key.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false };
            return proof.Alg switch
            {
                "ES256" => key is { Kty: "EC", Crv: "P-256" } ? key : null,
                "PS256" => key.Kty == "RSA" && key.KeySize >= ShortestRsaKey ? key : null,
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or SecurityTokenException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonWebToken proof, string name) => proof.TryGetPayloadValue<string>(name, out var value) ? value : null;

    // Without query and fragment, and normalised as RFC 3986 sections 6.2.2 and 6.2.3 say.
    private static bool IsSame(string? address, Uri here) =>
        address?.Length <= 2_000 && Uri.TryCreate(address, UriKind.Absolute, out var there) && there.UserInfo.Length == 0
        && there.Scheme == here.Scheme && there.Host == here.Host && there.Port == here.Port && there.AbsolutePath == here.AbsolutePath;
}
