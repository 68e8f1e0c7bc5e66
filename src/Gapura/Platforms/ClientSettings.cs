using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.Platforms;

/// <summary>
/// What a platform registered as a client of OAuth 2.0 and OpenID Connect, under the names of the registry that RFC 7591
/// section 4.1 founded. Kept as one JSON text: a new member needs no new column, and absent means the usual.
/// </summary>
internal sealed record ClientSettings
{
    public static readonly ClientSettings Usual = new();

    /// <summary>The way it shows who it is: <c>client_secret_basic</c> and <c>client_secret_post</c> (its API key), <c>private_key_jwt</c>, <c>tls_client_auth</c>, <c>self_signed_tls_client_auth</c>, <c>none</c>; null: by API key if it has one.</summary>
    [JsonPropertyName("token_endpoint_auth_method")]
    public string? AuthenticationMethod { get; init; }

    /// <summary>Its public keys (RFC 7517), a key set as JSON text.</summary>
    [JsonPropertyName("jwks")]
    public JsonElement? Jwks { get; init; }

    /// <summary>Where its public keys are fetched from; https.</summary>
    [JsonPropertyName("jwks_uri")]
    public string? JwksUri { get; init; }

    /// <summary>Subject of its certificate (RFC 8705 section 2.1.2), as RFC 4514 writes it.</summary>
    [JsonPropertyName("tls_client_auth_subject_dn")]
    public string? CertificateSubject { get; init; }

    /// <summary>What signs its ID tokens; what every library expects unless told otherwise.</summary>
    [JsonPropertyName("id_token_signed_response_alg")]
    public string? IdTokenAlgorithm { get; init; }

    /// <summary><c>public</c> (the account's id) or <c>pairwise</c> (a name of the person that only this platform's sector knows).</summary>
    [JsonPropertyName("subject_type")]
    public string? SubjectType { get; init; }

    /// <summary>Whose host names the sector; null: the host of the first redirect URI.</summary>
    [JsonPropertyName("sector_identifier_uri")]
    public string? SectorIdentifierUri { get; init; }

    /// <summary>Where a person may be sent after signing out; exact strings.</summary>
    [JsonPropertyName("post_logout_redirect_uris")]
    public IReadOnlyList<string>? PostLogoutRedirectUris { get; init; }

    [JsonPropertyName("backchannel_logout_uri")]
    public string? BackChannelLogoutUri { get; init; }

    [JsonPropertyName("frontchannel_logout_uri")]
    public string? FrontChannelLogoutUri { get; init; }

    [JsonPropertyName("frontchannel_logout_session_required")]
    public bool? FrontChannelLogoutSessionRequired { get; init; }

    /// <summary>Requests must be pushed first (RFC 9126).</summary>
    [JsonPropertyName("require_pushed_authorization_requests")]
    public bool? RequirePushedRequests { get; init; }

    /// <summary>Requests must be signed (RFC 9101).</summary>
    [JsonPropertyName("require_signed_request_object")]
    public bool? RequireSignedRequests { get; init; }

    /// <summary>Tokens must be bound to a key of the client's (RFC 9449).</summary>
    [JsonPropertyName("dpop_bound_access_tokens")]
    public bool? DpopBound { get; init; }

    /// <summary>Tokens must be bound to the client's certificate (RFC 8705 section 3).</summary>
    [JsonPropertyName("tls_client_certificate_bound_access_tokens")]
    public bool? CertificateBound { get; init; }

    /// <summary>Beyond the code flow and refreshing, which everybody has: <c>client_credentials</c> and the URNs of RFC 8628, RFC 8693 and CIBA.</summary>
    [JsonPropertyName("grant_types")]
    public IReadOnlyList<string>? GrantTypes { get; init; }

    /// <summary>What it may ask for in its own name (client credentials): words separated by spaces, which its resource APIs understand.</summary>
    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    /// <summary>CIBA: <c>poll</c>, <c>ping</c> or <c>push</c>.</summary>
    [JsonPropertyName("backchannel_token_delivery_mode")]
    public string? BackChannelDelivery { get; init; }

    [JsonPropertyName("backchannel_client_notification_endpoint")]
    public string? BackChannelNotificationEndpoint { get; init; }

    /// <summary>Name, email and the like stand in the ID token too, for clients that ask nowhere else. Of our own naming.</summary>
    [JsonPropertyName("gapura_claims_in_id_token")]
    public bool? ScopeClaimsInIdToken { get; init; }

    [JsonPropertyName("client_uri")]
    public string? ClientUri { get; init; }

    [JsonPropertyName("policy_uri")]
    public string? PolicyUri { get; init; }

    [JsonPropertyName("tos_uri")]
    public string? TermsUri { get; init; }

    /// <summary>Old ways it is still let in by, each logged: words of our own, <c>no-grant-type</c>, <c>query-parameters</c>, <c>server-made-keys</c>.</summary>
    [JsonPropertyName("gapura_quirks")]
    public IReadOnlyList<string>? Quirks { get; init; }

    /// <summary>SHA-256 in hex of what manages this registration (RFC 7592); null for a platform an operator registered.</summary>
    [JsonPropertyName("gapura_registration_token_hash")]
    public string? RegistrationTokenHash { get; init; }

    /// <summary>Whether it shows who it is by a key of its own and never by an API key.</summary>
    [JsonIgnore]
    public bool HasOwnKey => AuthenticationMethod is "private_key_jwt" or "tls_client_auth" or "self_signed_tls_client_auth";

    /// <summary>Whether it asked for what FAPI 2.0 asks for, requests that are pushed and tokens that are bound: then it is held to the rest of it too.</summary>
    [JsonIgnore]
    public bool FollowsFapi => RequirePushedRequests == true && (DpopBound == true || CertificateBound == true);

    /// <summary>What signs its ID tokens and logout tokens; null for the usual. Who follows FAPI 2.0 takes no PKCS #1 v1.5 (Security Profile section 5.4.1).</summary>
    [JsonIgnore]
    public string? SignedAnswers => IdTokenAlgorithm ?? (FollowsFapi ? "ES256" : null);

    public bool MayUse(string grantType) => GrantTypes?.Contains(grantType) == true;

    public bool Has(string quirk) => Quirks?.Contains(quirk) == true;

    public static ClientSettings Read(string json) => JsonSerializer.Deserialize(json, ClientSettingsJson.Default.ClientSettings) ?? Usual;

    public string Write() => JsonSerializer.Serialize(this, ClientSettingsJson.Default.ClientSettings);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClientSettings))]
internal sealed partial class ClientSettingsJson : JsonSerializerContext;
