using System.Text.Json.Nodes;
using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Storage;

namespace Gapura.OpenId.Neighbours;

/// <summary><c>GET /v1/user/me</c> and <c>POST /v1/user/update</c>: who the person is, and their picture.</summary>
internal static class UserEndpoints
{
    public static async Task<IResult> Me(HttpContext context, Bearers bearers, AccountRegister accounts, CancellationToken ct)
    {
        var (bearer, refused) = await bearers.Require(context, scope: null, fresh: false, ct);
        if (bearer is null) return refused!;
        var image = bearer.May(Scopes.BasicInfo) ? await accounts.Image(bearer.Account.Id, ct) : null;
        return Results.Json(Answer(bearer, image), NeighbourJson.Wire.JsonObject);
    }

    public static async Task<IResult> Update(HttpContext context, Bearers bearers, AccountRegister accounts, AuditLog audit, Visitors visitors, Database database, TimeProvider time, CancellationToken ct)
    {
        var (bearer, refused) = await bearers.Require(context, Scopes.UpdateBasicInfo, fresh: false, ct);
        if (bearer is null) return refused!;
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (!Picture.IsOne(fields["image"])) return Refusals.InvalidRequest.Because("image must be an https address of at most 2000 characters, or a data: URL in base64 of a PNG, JPEG or WebP of at most 8 KiB.").AsCode();

        var (from, accountId) = (visitors.Of(context), bearer.Account.Id);
        await database.Write(async sql =>
        {
            if (!await accounts.SetImage(sql, accountId, fields["image"]!)) return;
            await audit.Note(sql, new AuditEntry
            {
                Id = PublicId.New(time), At = time.GetUtcNow(), Action = AuditAction.ImageChanged, Actor = bearer.Hand(from).Actor, AccountId = accountId, ClientId = bearer.Platform.ClientId,
                GrantId = bearer.Token.GrantId, Browser = from.Browser, System = from.System, Network = from.Network, Country = from.Country,
            });
        }, ct);
        return Results.Json(new DoneAnswer("ok"), NeighbourJson.Wire.DoneAnswer);
    }

    // Flat as the table has it, and once more under "user", where public client code reads it. A member is absent where the
    // person did not agree to it, null where they have no such thing.
    private static JsonObject Answer(Bearer bearer, string? image)
    {
        var answer = Person(bearer, image);
        answer["user"] = Person(bearer, image);
        return answer;
    }

    private static JsonObject Person(Bearer bearer, string? image)
    {
        var (account, basic) = (bearer.Account, bearer.May(Scopes.BasicInfo));
        var person = new JsonObject { ["id"] = bearer.Subject };
        if (basic) person["name"] = account.Name.Length > 0 ? account.Name : null;
        if (basic) person["email"] = account.Email;
        if (bearer.May(Scopes.Phone)) person["phone"] = account.Phone;
        if (basic) person["image"] = image;
        return person;
    }
}
