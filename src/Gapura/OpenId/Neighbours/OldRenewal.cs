using System.Text.Json.Serialization;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Neighbours;

/// <summary>
/// <c>POST /oauth/refreshAccessToken</c>: a new access token for a refresh token that stays as it is, without a secret, as
/// documented. Why that is safe enough, and for whom: <c>docs/decisions/0008-a-refresh-token-that-is-not-traded.md</c>.
/// </summary>
internal static class OldRenewal
{
    public static async Task<IResult> Renew(HttpContext context, ClientAuthentication clients, RefreshTokens refreshTokens, Mint mint, OldWays ways, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();

        // 1. load_client: by name; one that shows a secret must show the right one, one with a key of its own must use it
        var (client, unknown) = await clients.Identify(context, fields, ct);
        if (client is null || (client.Platform.Client.HasOwnKey && !client.IsAuthenticated)) return ClientAuthentication.Refuse(context, unknown);

        // 2. check_grant_type
        if (fields["grant_type"] is not { } grantType) return Refusals.InvalidRequest.Because("grant_type is missing.").AsCode();
        if (grantType != "refresh_token") return Refusals.UnsupportedGrantType.AsCode();
        if (fields.Text("refresh_token", 1, 200) is not { } token) return Refusals.InvalidRequest.Because("refresh_token is missing.").AsCode();

        // 3. check_refresh_token
        if (await refreshTokens.Shown(new Secret(token), grant => grant.ClientId == client.Platform.ClientId && IsRenewedHere(grant), ct) is not { } grant) return Refusals.InvalidGrant.AsCode();
        ways.Renewed(client.Platform, grant.Id);
        return Results.Json(new RenewedAnswer(mint.AccessToken(grant).Reveal(), mint.AccessTokenSeconds), NeighbourJson.Wire.RenewedAnswer);
    }

    /// <summary>A door's, or one of the documented code flow. Whoever asked for more, or bound it to a key, uses the token endpoint.</summary>
    public static bool IsRenewedHere(Grant grant) => grant.Sender is null && (grant.Door is Door.Qr or Door.Seamless || (grant.Door is Door.OpenId && Scopes.IsDocumented(grant.Scope)));
}

internal sealed record RenewedAnswer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn)
{
    public override string ToString() => "***";
}
