using System.Text.Json.Serialization;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId;

/// <summary><c>POST /oauth/token</c> (RFC 6749 section 6): a refresh token for new tokens.</summary>
internal static class TokenEndpoint
{
    public static async Task<IResult> Refresh(HttpContext context, ClientAuthentication clients, PlatformRegister platforms, RefreshTokens refreshTokens, Mint mint, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();

        // 1. Who asks. Browsers and phones have no secret to show: they say who they are, and the token speaks for them.
        var client = clients.IsTried(context, fields) ? clients.Authenticate(context, fields) : platforms.Active(fields["client_id"] ?? "");
        if (client is null) return ClientAuthentication.Refuse(context);

        // 2. What they ask for.
        if (fields["grant_type"] is null) return Refusals.InvalidRequest.Because("grant_type is missing.").AsCode();
        if (fields["grant_type"] != "refresh_token") return Refusals.UnsupportedGrantType.AsCode();
        if (fields.Text("refresh_token", 1, 200) is not { } token) return Refusals.InvalidRequest.Because("refresh_token is missing.").AsCode();

        // 3. One rotation, in one transaction.
        if (await refreshTokens.Rotate(new Secret(token), client.ClientId, ct) is not { } rotated) return Refusals.InvalidGrant.AsCode();
        return Results.Json(
            new TokenAnswer(mint.AccessToken(rotated.Grant).Reveal(), "Bearer", mint.AccessTokenSeconds, rotated.Successor.Reveal()), TokenJson.Default.TokenAnswer);
    }
}

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string RefreshToken)
{
    public override string ToString() => "***";
}

[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class TokenJson : JsonSerializerContext;
