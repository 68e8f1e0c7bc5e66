using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Inspection;

/// <summary><c>POST /oauth/revoke</c> (RFC 7009): ends the grant a token belongs to. 200 also for a token that means nothing.</summary>
internal static class Revocation
{
    public static async Task<IResult> Revoke(
        HttpContext context, ClientAuthentication clients, RefreshTokens refreshTokens, Mint mint, Grants grants, Database database, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        var (calling, unknown) = await clients.Identify(context, fields, ct);
        if (calling is not { Platform: var client }) return ClientAuthentication.Refuse(context, unknown);
        if (fields.Text("token", 1, 8192) is not { } token) return Refusals.InvalidRequest.Because("token is missing.").AsCode();

        if (mint.Read(token) is { GrantId: { } grantId } access && access.ClientId == client.ClientId) await database.Write(sql => grants.Revoke(sql, grantId), ct);
        else await refreshTokens.Revoke(new Secret(token), client.ClientId, ct);
        return Results.Ok();
    }
}
