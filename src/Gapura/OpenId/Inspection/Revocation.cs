using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Inspection;

/// <summary>
/// <c>POST /oauth/revoke</c> (RFC 7009): ends the grant a token belongs to. 200 also for a token that means nothing. As
/// documented beside QRAuth the token may come alone: whoever holds it may end it, and a token names its client anyway.
/// </summary>
internal static class Revocation
{
    public static async Task<IResult> Revoke(
        HttpContext context, ClientAuthentication clients, RefreshTokens refreshTokens, Mint mint, Grants grants, Database database, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        string? clientId = null;
        if (!clients.IsSilent(context, fields))
        {
            var (calling, unknown) = await clients.Identify(context, fields, ct);
            if (calling is null) return ClientAuthentication.Refuse(context, unknown);
            clientId = calling.Platform.ClientId;
        }

        if (fields.Text("token", 1, 8192) is not { } token) return Refusals.InvalidRequest.Because("token is missing.").AsCode();

        if (mint.Read(token) is { GrantId: { } grantId } access && (clientId ?? access.ClientId) == access.ClientId) await database.Write(sql => grants.Revoke(sql, grantId), ct);
        else await refreshTokens.Revoke(new Secret(token), clientId, ct);
        return Results.Ok();
    }
}
