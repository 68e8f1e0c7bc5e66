using System.Text.Json.Serialization;
using Gapura.Tokens;

namespace Gapura.OpenId;

/// <summary>What anybody may read about us: where things are (RFC 8414, OpenID Connect Discovery 1.0) and which keys our tokens verify with (RFC 7517).</summary>
internal static class MetadataDocuments
{
    public static IResult ServerMetadata(HttpContext context, TokenOptions options)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        var at = options.Issuer.Text;
        string[] authentication = ["client_secret_basic", "client_secret_post", "none"];
        return Results.Json(
            new ServerMetadata(
                at, $"{at}/oauth/authorize", $"{at}/oauth/token", $"{at}/oauth/userinfo", $"{at}/oauth/introspect", $"{at}/oauth/revoke", $"{at}/.well-known/jwks.json",
                Scopes.All, ["code"], ["query"], ["authorization_code", "refresh_token", DeviceFlow.DeviceGrant.Urn, Ciba.CibaGrant.Urn], ["S256"], ["public"], ["ES256"], ["none", "login", "consent", "select_account"],
                ["sub", "name", "preferred_username", "email", "phone_number", "npwp"], authentication, authentication[..2], authentication, ["id", "en"],
                DeviceAuthorizationEndpoint: $"{at}/oauth/device_authorization", BackChannelEndpoint: $"{at}/oauth/bc-authorize", BackChannelDeliveries: ["poll", "ping", "push"], BackChannelUserCode: false,
                IssParameter: true, RequestParameter: false, RequestUriParameter: false, ClaimsParameter: false),
            MetadataJson.Default.ServerMetadata);
    }

    public static IResult KeySet(HttpContext context, SigningKeys keys)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Json(new KeySet([.. keys.Published.Select(k => new PublicKey("EC", "sig", "ES256", k.Id, "P-256", k.X, k.Y))]), MetadataJson.Default.KeySet);
    }
}

internal sealed record ServerMetadata(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("authorization_endpoint")] string AuthorizationEndpoint,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("userinfo_endpoint")] string UserInfoEndpoint,
    [property: JsonPropertyName("introspection_endpoint")] string IntrospectionEndpoint,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> Scopes,
    [property: JsonPropertyName("response_types_supported")] string[] ResponseTypes,
    [property: JsonPropertyName("response_modes_supported")] string[] ResponseModes,
    [property: JsonPropertyName("grant_types_supported")] string[] GrantTypes,
    [property: JsonPropertyName("code_challenge_methods_supported")] string[] CodeChallengeMethods,
    [property: JsonPropertyName("subject_types_supported")] string[] SubjectTypes,
    [property: JsonPropertyName("id_token_signing_alg_values_supported")] string[] IdTokenAlgorithms,
    [property: JsonPropertyName("prompt_values_supported")] string[] Prompts,
    [property: JsonPropertyName("claims_supported")] string[] Claims,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] string[] TokenAuthentication,
    [property: JsonPropertyName("introspection_endpoint_auth_methods_supported")] string[] IntrospectionAuthentication,
    [property: JsonPropertyName("revocation_endpoint_auth_methods_supported")] string[] RevocationAuthentication,
    [property: JsonPropertyName("ui_locales_supported")] string[] UiLocales,
    [property: JsonPropertyName("device_authorization_endpoint")] string DeviceAuthorizationEndpoint,
    [property: JsonPropertyName("backchannel_authentication_endpoint")] string BackChannelEndpoint,
    [property: JsonPropertyName("backchannel_token_delivery_modes_supported")] string[] BackChannelDeliveries,
    [property: JsonPropertyName("backchannel_user_code_parameter_supported")] bool BackChannelUserCode,
    [property: JsonPropertyName("authorization_response_iss_parameter_supported")] bool IssParameter,
    [property: JsonPropertyName("request_parameter_supported")] bool RequestParameter,
    [property: JsonPropertyName("request_uri_parameter_supported")] bool RequestUriParameter,
    [property: JsonPropertyName("claims_parameter_supported")] bool ClaimsParameter);

internal sealed record KeySet([property: JsonPropertyName("keys")] PublicKey[] Keys);

internal sealed record PublicKey(
    [property: JsonPropertyName("kty")] string KeyType,
    [property: JsonPropertyName("use")] string Use,
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("kid")] string Id,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y);

[JsonSerializable(typeof(ServerMetadata))]
[JsonSerializable(typeof(KeySet))]
internal sealed partial class MetadataJson : JsonSerializerContext;
