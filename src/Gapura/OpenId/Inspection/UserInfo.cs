using System.Text.Json.Serialization;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.OpenId.Authorization;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Gapura.Tokens;
using Microsoft.AspNetCore.Http.Features;

namespace Gapura.OpenId.Inspection;

/// <summary><c>/oauth/userinfo</c> (OpenID Connect Core 1.0 section 5.3): what the person agreed to let this platform know, as it is now.</summary>
internal sealed class UserInfo(ShownTokens tokens, Grants grants, AccountRegister accounts, PlatformRegister platforms, ReleasedClaims released)
{
    public static Task<IResult> TellByGet(HttpContext context, UserInfo userInfo, CancellationToken ct) => userInfo.Tell(context, inForm: null, ct);

    public static async Task<IResult> TellByPost(HttpContext context, UserInfo userInfo, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";

        // A POST without a body shows its token in the header, whatever it says its body is.
        if (context.Request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false) return await userInfo.Tell(context, inForm: null, ct);
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();

        // In one way alone (RFC 6750 section 2): of two, nobody knows which one was meant.
        return fields["access_token"] is { Length: > 0 } inForm && context.Request.Headers.Authorization.Count > 0
            ? ShownTokens.Refuse(context, Refusals.InvalidRequest.Because("The access token is shown twice, in the header and in the form."))
            : await userInfo.Tell(context, fields["access_token"], ct);
    }

    private async Task<IResult> Tell(HttpContext context, string? inForm, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (token, refused) = tokens.Read(context, inForm);
        if (token is null) return refused!;
        if (token.Scope is not { } scope || !Scopes.Has(scope, Scopes.OpenId) || platforms.Active(token.ClientId) is null) return ShownTokens.Refuse(context, Refusals.InvalidToken);
        if (await grants.Standing(token.GrantId, ct) is not { } grant || await accounts.Active(grant.AccountId, ct) is not { } account) return ShownTokens.Refuse(context, Refusals.InvalidToken);

        // Single claims are the whole grant's: a token of less (RFC 6749 section 6) tells no more than its words.
        var names = ReleasedClaims.Names(scope, scope == grant.Scope ? ClaimsRequest.Stored(grant.Claims).UserInfo : []);
        var claims = await released.Of(account, token.ClientId, names, NpwpWay.UserInfo, ct);
        return Results.Json(new(claims.Prepend(KeyValuePair.Create("sub", token.Subject)), StringComparer.Ordinal), UserInfoJson.Default.DictionaryStringString);
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class UserInfoJson : JsonSerializerContext;
