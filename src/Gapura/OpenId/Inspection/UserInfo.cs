using System.Text.Json.Serialization;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Tokens;

namespace Gapura.OpenId.Inspection;

/// <summary><c>/oauth/userinfo</c> (OpenID Connect Core 1.0 section 5.3): what the person agreed to let this platform know, as it is now.</summary>
internal static class UserInfo
{
    public static async Task<IResult> Tell(HttpContext context, ShownTokens tokens, Grants grants, AccountRegister accounts, NpwpReleases releases, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (token, refused) = tokens.Read(context);
        if (token is null) return refused!;
        if (token.Scope is not { } scope || !Scopes.Has(scope, Scopes.OpenId)) return ShownTokens.Refuse(context, Refusals.InvalidToken);
        if (await grants.Standing(token.GrantId, ct) is not { } grant || await accounts.Active(grant.AccountId, ct) is not { } account) return ShownTokens.Refuse(context, Refusals.InvalidToken);

        var npwp = Scopes.Has(scope, Scopes.Npwp) ? account.Npwp : null;
        if (npwp is not null) await releases.Note(account, token.ClientId, NpwpWay.UserInfo, ct);
        var profile = Scopes.Has(scope, Scopes.Profile);
        return Results.Json(new UserInfoAnswer
        {
            Subject = token.Subject,
            Name = profile && account.Name.Length > 0 ? account.Name : null, PreferredUsername = profile ? account.Username : null,
            Email = Scopes.Has(scope, Scopes.Email) ? account.Email : null, PhoneNumber = Scopes.Has(scope, Scopes.Phone) ? account.Phone : null,
            Npwp = npwp,
        }, UserInfoJson.Default.UserInfoAnswer);
    }
}

/// <summary>Members of OpenID Connect Core 1.0 section 5.1, and <c>npwp</c>.</summary>
internal sealed record UserInfoAnswer
{
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("preferred_username")]
    public string? PreferredUsername { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }

    [JsonPropertyName("phone_number")]
    public string? PhoneNumber { get; init; }

    /// <summary>15 or 16 digits, leading zeros kept.</summary>
    [JsonPropertyName("npwp")]
    public string? Npwp { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserInfoAnswer))]
internal sealed partial class UserInfoJson : JsonSerializerContext;
