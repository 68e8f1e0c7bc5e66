using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Inspection;

/// <summary>
/// <c>POST /oauth/introspect</c> (RFC 7662): a resource API asks whether a token stands now. A platform may ask about its
/// own tokens, one registered as a resource API about everybody's. Everything that is not so is <c>{"active":false}</c>.
/// </summary>
internal sealed class Introspection(
    ClientAuthentication clients, PlatformRegister platforms, Mint mint, Grants grants, RefreshTokens refreshTokens, NpwpReleases releases, Subjects subjects, RevokedTokens revoked, TokenOptions options, TimeProvider time)
{
    private static readonly IntrospectionAnswer Inactive = new() { Active = false };

    public static Task<IResult> Introspect(HttpContext context, Introspection introspection, CancellationToken ct) => introspection.Answer(context, ct);

    private async Task<IResult> Answer(HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        var (client, unknown) = await clients.Identify(context, fields, ct);
        if (client is not { IsAuthenticated: true, Platform: var caller }) return ClientAuthentication.Refuse(context, unknown);
        if (fields.Text("token", 1, 8192) is not { } text) return Refusals.InvalidRequest.Because("token is missing.").AsCode();

        var answer = text.Contains('.', StringComparison.Ordinal) ? await AboutAccessToken(text, caller, ct) : await AboutRefreshToken(new Secret(text), caller, ct);
        return IntrospectionJwt.IsAskedFor(context) ? IntrospectionJwt.Of(answer, caller.ClientId, mint, options, time) : new JsonAnswer<IntrospectionAnswer>(answer, IntrospectionJson.Wire.IntrospectionAnswer);
    }

    private async Task<IntrospectionAnswer> AboutAccessToken(string text, Platform caller, CancellationToken ct)
    {
        if (mint.ReadForAnyone(text) is not { } token || !MayAsk(caller, token) || platforms.Active(token.ClientId) is null) return Inactive;
        if (token.GrantId is null) return await revoked.Holds(token.Id, ct) ? Inactive : About(token);
        if (await grants.Holder(token.GrantId, ct) is not { } holder) return Inactive;

        // The tax number is told to whoever answers for taxes and customs, or was handed it with the token.
        var npwp = caller.IsResourceApi || token.Npwp is not null ? holder.Npwp : null;
        if (npwp is not null) await releases.Note(holder.AccountId, caller.ClientId, NpwpWay.Introspection, ct);
        return About(token) with
        {
            Subject = SubjectFor(caller, token.ClientId, token.Subject, holder.AccountId),
            Username = MayName(caller, holder, token) ? holder.Username : null,
            Npwp = npwp,
        };
    }

    private IntrospectionAnswer About(AccessToken token) => new()
    {
        Active = true, Subject = token.Subject, ClientId = token.ClientId, TokenType = token.Sender?.Method == SenderKey.Dpop ? "DPoP" : "Bearer", Issuer = options.Issuer.Text,
        Audience = token.Audience ?? options.Audience, Scope = token.Scope, Actor = ActorOf(token.Actor), IssuedAt = token.IssuedAt.ToUnixTimeSeconds(), Expires = token.ExpiresAt.ToUnixTimeSeconds(), Id = token.Id, Confirmation = ConfirmationOf(token.Sender),
    };

    // A refresh token is nobody's business but its own platform's.
    private async Task<IntrospectionAnswer> AboutRefreshToken(Secret token, Platform caller, CancellationToken ct) =>
        await refreshTokens.Find(token, ct) is { } found && found.Grant.ClientId == caller.ClientId
            ? new IntrospectionAnswer { Active = true, Subject = subjects.Of(found.Grant.AccountId, caller), ClientId = found.Grant.ClientId, Issuer = options.Issuer.Text, Expires = found.ExpiresAt.ToUnixTimeSeconds() }
            : Inactive;

    private static Dictionary<string, string>? ActorOf(string? actor) => actor is null ? null : new(StringComparer.Ordinal) { ["sub"] = actor };

    private static Dictionary<string, string>? ConfirmationOf(SenderKey? sender) => sender is null ? null : new(StringComparer.Ordinal) { [sender.Method] = sender.Thumbprint };

    // At the hall the user name is part of the profile, which the person agreed to or not; at the doors it is what they hand over.
    private static bool MayName(Platform caller, GrantHolder holder, AccessToken token) =>
        caller.IsResourceApi || !holder.IsOf(Door.OpenId) || (token.Scope is { } scope && Scopes.Has(scope, Scopes.Profile));

    // A platform hears the name it knows; an API that answers to everybody must know who it is, whoever they came by.
    private static string SubjectFor(Platform caller, string clientId, string subject, string accountId) => caller.IsResourceApi && caller.ClientId != clientId ? accountId : subject;

    // A platform about its own, an API about what is meant for it.
    private bool MayAsk(Platform caller, AccessToken token) => caller.ClientId == token.ClientId || (caller.IsResourceApi && token.Audience is { } audience && (audience == (caller.IsSandbox ? options.SandboxAudience : options.Audience) || audience == caller.ClientId));
}

/// <summary>Members of RFC 7662 section 2.2, and <c>npwp</c>. Times are Unix seconds.</summary>
internal sealed record IntrospectionAnswer
{
    [JsonPropertyName("active")]
    public required bool Active { get; init; }

    [JsonPropertyName("sub")]
    public string? Subject { get; init; }

    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("npwp")]
    public string? Npwp { get; init; }

    /// <summary>Who acts for the person (RFC 8693 section 4.1); null where it is the client itself.</summary>
    [JsonPropertyName("act")]
    public IReadOnlyDictionary<string, string>? Actor { get; init; }

    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    [JsonPropertyName("token_type")]
    public string? TokenType { get; init; }

    [JsonPropertyName("iss")]
    public string? Issuer { get; init; }

    [JsonPropertyName("aud")]
    public string? Audience { get; init; }

    [JsonPropertyName("iat")]
    public long? IssuedAt { get; init; }

    [JsonPropertyName("exp")]
    public long? Expires { get; init; }

    [JsonPropertyName("jti")]
    public string? Id { get; init; }

    /// <summary>The key it is bound to: <c>jkt</c> (RFC 9449 section 6.2) or <c>x5t#S256</c> (RFC 8705 section 3.2); null for a bearer.</summary>
    [JsonPropertyName("cnf")]
    public IReadOnlyDictionary<string, string>? Confirmation { get; init; }
}

[JsonSerializable(typeof(IntrospectionAnswer))]
internal sealed partial class IntrospectionJson : JsonSerializerContext
{
    public static IntrospectionJson Wire { get; } = new(new JsonSerializerOptions(WireJson.Options));
}
