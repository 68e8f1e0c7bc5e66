using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Kernel;
using Gapura.SeamlessLogin.Pages;
using Gapura.Tokens;

namespace Gapura.SeamlessLogin;

/// <summary>
/// <c>POST /seamlesslogin/collect</c>: the platform's return page fetches what the popup could not say to the page that
/// opened it. 200 is the documented message. The code came in an address; only whoever opened the popup has its verifier.
/// </summary>
internal static class PopupCollect
{
    private const int LongestText = 200;

    public static async Task<IResult> Collect(HttpContext context, AuthorizationCodes codes, NamedTokens named, HandingOver handing, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";

        // 1. read_request: what is missing is said, and spends nothing
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (fields.Text("code", 1, LongestText) is not { } code) return Refusals.InvalidRequest.Because("code is missing.").AsCode();
        if (fields.Text("code_verifier", 1, LongestText) is not { } verifier) return Refusals.InvalidRequest.Because("code_verifier is missing.").AsCode();
        if (context.Request.Headers.Origin is not [{ Length: > 0 } origin]) return Refusals.InvalidRequest.Because("The Origin header is missing: only a page collects. A backend redeems the code at /oauth/token.").AsCode();

        // 2. spend_code
        return await codes.Spend(new Secret(code), new Redeemer.Page(origin, verifier), (sql, _, grant) => named.Tell(sql, grant), ct) is var (details, grant, account)
            ? Results.Json(handing.Message(grant, account, details.SignedInAt, state: null), CollectJson.Wire.PopupMessage)
            : Refusals.InvalidGrant.Because("The code is not valid, has expired, was used, is not for a page, or the origin or code_verifier does not fit.").AsCode();
    }
}

[JsonSerializable(typeof(PopupMessage))]
internal sealed partial class CollectJson : JsonSerializerContext
{
    public static CollectJson Wire { get; } = new(new JsonSerializerOptions(WireJson.Options));
}
