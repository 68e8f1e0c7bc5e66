using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Sessions;

namespace Gapura.OpenId.Neighbours;

/// <summary>
/// The keys that sign in as the person, for a platform they allowed it: <c>GET /v1/keys</c>; <c>POST /v1/keys/challenge</c> →
/// sign its text → <c>POST /v1/keys/register</c>; <c>POST /v1/keys/delete</c>. Whatever adds a key needs a sign-in of the last minutes.
/// </summary>
internal static class KeyEndpoints
{
    public static async Task<IResult> List(HttpContext context, Bearers bearers, DeviceRegister devices, CancellationToken ct)
    {
        var (bearer, refused) = await bearers.Require(context, Scopes.KeysOp, fresh: false, ct);
        if (bearer is null) return refused!;
        var keys = (await devices.Of(bearer.Account.Id, ct)).Where(d => d.RevokedAt is null);
        return Results.Json([.. keys.Select(d => new KeyAnswer(d.Id, d.Name, d.PublicKey, "ecdsa", bearer.Subject))], NeighbourJson.Wire.IReadOnlyListKeyAnswer);
    }

    public static async Task<IResult> Challenge(HttpContext context, Bearers bearers, DeviceChallenges challenges, CancellationToken ct)
    {
        var (bearer, refused) = await bearers.Require(context, Scopes.KeysOp, fresh: true, ct);
        if (bearer is null) return refused!;

        // Its subject is what this platform may know of the person, which need not be the account's id.
        var (text, expiresAt) = challenges.Issue(ChallengePurpose.Enrol, bearer.Subject);
        return Results.Json(new KeyChallengeAnswer(text, expiresAt.ToUnixTimeSeconds()), NeighbourJson.Wire.KeyChallengeAnswer);
    }

    public static async Task<IResult> Register(HttpContext context, Bearers bearers, KeyRegistration registration, Visitors visitors, CancellationToken ct)
    {
        var (bearer, refused) = await bearers.Require(context, Scopes.KeysOp, fresh: true, ct);
        if (bearer is null) return refused!;
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        var (registered, no) = await registration.Register(bearer, fields, bearer.Hand(visitors.Of(context)), ct);
        return registered is null ? no!.AsCode() : Results.Json(new RegisteredAnswer(registered), NeighbourJson.Wire.RegisteredAnswer);
    }

    public static async Task<IResult> Delete(HttpContext context, Bearers bearers, DeviceRegister devices, Visitors visitors, CancellationToken ct)
    {
        var (bearer, refused) = await bearers.Require(context, Scopes.KeysOp, fresh: false, ct);
        if (bearer is null) return refused!;
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (fields.Text("id", 1, 64) is not { } id) return Refusals.InvalidRequest.Because("id must be a text of 1 to 64 characters.").AsCode();
        return await devices.Revoke(id, bearer.Account.Id, bearer.Hand(visitors.Of(context)), ct)
            ? Results.Json(new DoneAnswer("ok"), NeighbourJson.Wire.DoneAnswer)
            : Refusals.NotFound.AsCode();
    }
}
