using System.Text.Json.Serialization;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Tokens;

namespace Gapura.OpenId.Inspection;

/// <summary><c>/oauth/userinfo</c> (OpenID Connect Core 1.0 section 5.3): what the person agreed to let this platform know, as it is now.</summary>
internal static class UserInfo
{
    public static async Task<IResult> Tell(HttpContext context, Mint mint, Grants grants, AccountRegister accounts, NpwpReleases releases, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Bearer(context) is not { } text) return Refuse(context, Refusals.InvalidToken, said: false);
        if (mint.Read(text) is not { } token || token.Scope is not { } scope || !Scopes.Has(scope, Scopes.OpenId)) return Refuse(context, Refusals.InvalidToken, said: true);
        if (await grants.Standing(token.GrantId, ct) is not { } grant || await accounts.Active(grant.AccountId, ct) is not { } account) return Refuse(context, Refusals.InvalidToken, said: true);

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

    // In the header only: an address is kept in logs, and a body is not a GET's (RFC 6750 section 2).
    private static string? Bearer(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    /// <param name="said">Whether a token was shown: only then is there an error to tell (RFC 6750 section 3.1).</param>
    private static IResult Refuse(HttpContext context, Refusal refusal, bool said)
    {
        context.Response.Headers.WWWAuthenticate = said ? $"Bearer realm=\"Gapura\", error=\"{refusal.Code}\", error_description=\"{refusal.English}\"" : "Bearer realm=\"Gapura\"";
        return refusal.AsCode();
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
