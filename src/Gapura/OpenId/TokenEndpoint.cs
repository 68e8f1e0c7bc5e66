using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId;

/// <summary><c>POST /oauth/token</c> (RFC 6749 sections 4.1.3 and 6): a code, or a refresh token, for tokens.</summary>
internal static class TokenEndpoint
{
    private const int LongestText = 2_000;

    public static async Task<IResult> Token(
        HttpContext context, ClientAuthentication clients, PlatformRegister platforms, AuthorizationCodes codes, RefreshTokens refreshTokens, Mint mint, TimeProvider time, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();

        // 1. Who asks. Browsers and phones have no secret to show: they say who they are, and the code or the token speaks for them.
        var client = clients.IsTried(context, fields) ? clients.Authenticate(context, fields) : platforms.Active(fields["client_id"] ?? "");
        if (client is null) return ClientAuthentication.Refuse(context);

        // 2. What they ask for.
        return fields["grant_type"] switch
        {
            null => Refusals.InvalidRequest.Because("grant_type is missing.").AsCode(),
            "authorization_code" => await Exchange(context, fields, client, clients, codes, refreshTokens, mint, time, ct),
            "refresh_token" => await Refresh(fields, client, refreshTokens, mint, ct),
            _ => Refusals.UnsupportedGrantType.AsCode(),
        };
    }

    private static async Task<IResult> Exchange(
        HttpContext context, RequestFields fields, Platform client, ClientAuthentication clients, AuthorizationCodes codes, RefreshTokens refreshTokens, Mint mint, TimeProvider time, CancellationToken ct)
    {
        // A platform with a backend shows its key: PKCE alone would let anybody's program speak for it (RFC 6749 section 3.2.1).
        if (!clients.IsTried(context, fields) && clients.HasKey(client)) return ClientAuthentication.Refuse(context);
        if (fields.Text("code", 1, 200) is not { } code) return Refusals.InvalidRequest.Because("code is missing.").AsCode();
        if (fields.Text("redirect_uri", 1, LongestText) is not { } redirectUri) return Refusals.InvalidRequest.Because("redirect_uri is missing.").AsCode();
        if (fields.Text("code_verifier", 1, LongestText) is not { } verifier) return Refusals.InvalidRequest.Because("code_verifier is missing.").AsCode();

        // 3. One code, spent in the transaction that issues what it is for.
        var spent = await codes.Spend(new Secret(code), client.ClientId, redirectUri, verifier,
            async (sql, grant) => Scopes.Has(grant.Scope, Scopes.OfflineAccess) ? (Secret?)await refreshTokens.Issue(sql, grant.Id) : null, ct);
        if (spent is not var (details, grant, refreshToken)) return Refusals.InvalidGrant.Because("The authorization code is not valid, has expired, was used, or its client, redirect_uri or code_verifier does not fit.").AsCode();
        var accessToken = mint.AccessToken(grant, token => token with { SignedInAt = details.SignedInAt });
        return Answer(accessToken, refreshToken, grant, mint, Scopes.Has(grant.Scope, Scopes.OpenId) ? IdTokenOf(details, grant, accessToken, mint, time) : null);
    }

    private static async Task<IResult> Refresh(RequestFields fields, Platform client, RefreshTokens refreshTokens, Mint mint, CancellationToken ct)
    {
        if (fields.Text("refresh_token", 1, 200) is not { } token) return Refusals.InvalidRequest.Because("refresh_token is missing.").AsCode();

        // 3. One rotation, in one transaction.
        if (await refreshTokens.Rotate(new Secret(token), client.ClientId, ct) is not { } rotated) return Refusals.InvalidGrant.AsCode();
        return Answer(mint.AccessToken(rotated.Grant), rotated.Successor, rotated.Grant, mint, idToken: null);
    }

    private static Secret IdTokenOf(AuthorizationCode code, Grant grant, Secret accessToken, Mint mint, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return mint.IdToken(new IdToken
        {
            Subject = grant.AccountId, ClientId = grant.ClientId, IssuedAt = now, ExpiresAt = now.AddSeconds(mint.AccessTokenSeconds), SignedInAt = code.SignedInAt,
            Methods = code.Methods, Nonce = code.Nonce, AccessTokenHash = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken.Reveal())).AsSpan(0, 16)),
        });
    }

    private static IResult Answer(Secret accessToken, Secret? refreshToken, Grant grant, Mint mint, Secret? idToken) => Results.Json(
        new TokenAnswer(accessToken.Reveal(), "Bearer", mint.AccessTokenSeconds, refreshToken?.Reveal(), idToken?.Reveal(), grant.Scope.Length > 0 ? grant.Scope : null), TokenJson.Wire.TokenAnswer);
}

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("id_token")] string? IdToken,
    [property: JsonPropertyName("scope")] string? Scope)
{
    public override string ToString() => "***";
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class TokenJson : JsonSerializerContext
{
    public static TokenJson Wire => Default;
}
