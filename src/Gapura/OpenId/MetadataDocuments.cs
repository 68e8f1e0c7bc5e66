using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.OpenId.Authorization;
using Gapura.OpenId.Clients;
using Gapura.OpenId.Exchange;
using Gapura.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gapura.OpenId;

/// <summary>What anybody may read about us: where things are (RFC 8414, OpenID Connect Discovery 1.0) and which keys our tokens verify with (RFC 7517).</summary>
internal sealed class MetadataDocuments(TokenOptions options, CertificateOptions certificates, IEnumerable<IGrantType> grantTypes, SigningKeys keys)
{
    // Nothing in it changes while the server runs.
    private readonly byte[] _metadata = Written(Members(options.Issuer.Text, [.. grantTypes.Select(g => g.Name)], AuthenticationMethods.Of(certificates), certificates.IsAsked));
    private volatile PublishedKeys? _keys;

    public static IResult ServerMetadata(HttpContext context, MetadataDocuments documents) => Public(context, documents._metadata);

    public static IResult KeySet(HttpContext context, MetadataDocuments documents) => Public(context, documents.Keys());

    private static FileContentHttpResult Public(HttpContext context, byte[] document)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Bytes(document, "application/json; charset=utf-8");
    }

    // Written anew only when a key came or went: what is published is looked at each time.
    private byte[] Keys()
    {
        SigningKey[] published = [.. SigningAlgorithm.All.SelectMany(keys.Published)];
        if (_keys is { } known && known.Of.AsSpan().SequenceEqual(published)) return known.Document;
        var document = JsonSerializer.SerializeToUtf8Bytes(new KeySet([.. published.Select(PublicKey.Of)]), MetadataJson.Default.KeySet);
        _keys = new PublishedKeys(published, document);
        return document;
    }

    private sealed record PublishedKeys(SigningKey[] Of, byte[] Document);

    // One member a line, in the order of the registry's specifications.
    private static IEnumerable<(string Name, object Value)> Members(string at, string[] grantTypes, string[] authentication, bool takesCertificates) =>
    [
        // RFC 8414, OpenID Connect Discovery 1.0 section 3
        ("issuer", at),
        ("authorization_endpoint", $"{at}/oauth/authorize"),
        ("token_endpoint", $"{at}/oauth/token"),
        ("userinfo_endpoint", $"{at}/oauth/userinfo"),
        ("jwks_uri", $"{at}/.well-known/jwks.json"),
        ("registration_endpoint", $"{at}/oauth/register"),
        ("scopes_supported", Scopes.All),
        ("response_types_supported", (string[])["code"]),
        ("response_modes_supported", (string[])["query", "form_post", "web_message"]),
        ("grant_types_supported", grantTypes),
        ("acr_values_supported", Acr.All),
        ("subject_types_supported", (string[])["public", "pairwise"]),
        ("id_token_signing_alg_values_supported", (string[])["RS256", "ES256"]),
        ("token_endpoint_auth_methods_supported", (string[])[.. authentication, "none"]),
        ("token_endpoint_auth_signing_alg_values_supported", AcceptedAlgorithms.All),
        ("claims_supported", (string[])["sub", "name", "preferred_username", "email", "phone_number", "npwp", "auth_time", "amr", "acr", "sid"]),
        ("claims_parameter_supported", true),
        ("request_parameter_supported", true),
        ("request_object_signing_alg_values_supported", AcceptedAlgorithms.All),
        ("request_uri_parameter_supported", false),
        ("prompt_values_supported", (string[])["none", "login", "consent", "select_account"]),
        ("ui_locales_supported", (string[])["id", "en"]),
        ("code_challenge_methods_supported", (string[])["S256"]),
        ("introspection_endpoint", $"{at}/oauth/introspect"),
        ("introspection_endpoint_auth_methods_supported", authentication),
        ("introspection_endpoint_auth_signing_alg_values_supported", AcceptedAlgorithms.All),
        ("revocation_endpoint", $"{at}/oauth/revoke"),
        ("revocation_endpoint_auth_methods_supported", (string[])[.. authentication, "none"]),
        ("revocation_endpoint_auth_signing_alg_values_supported", AcceptedAlgorithms.All),

        // RFC 9207
        ("authorization_response_iss_parameter_supported", true),

        // RFC 8628
        ("device_authorization_endpoint", $"{at}/oauth/device_authorization"),

        // CIBA Core 1.0 section 4
        ("backchannel_authentication_endpoint", $"{at}/oauth/bc-authorize"),
        ("backchannel_token_delivery_modes_supported", (string[])["poll", "ping", "push"]),
        ("backchannel_user_code_parameter_supported", false),

        // RFC 9126
        ("pushed_authorization_request_endpoint", $"{at}/oauth/par"),

        // OpenID Connect RP-Initiated Logout, Back-Channel Logout and Front-Channel Logout 1.0
        ("end_session_endpoint", $"{at}/oauth/logout"),
        ("backchannel_logout_supported", true),
        ("backchannel_logout_session_supported", true),
        ("frontchannel_logout_supported", true),
        ("frontchannel_logout_session_supported", true),

        // RFC 8705, RFC 9449, RFC 9701
        ("tls_client_certificate_bound_access_tokens", takesCertificates),
        ("dpop_signing_alg_values_supported", AcceptedAlgorithms.Strict),
        ("introspection_signing_alg_values_supported", (string[])[SigningAlgorithm.Es256.Name]),
    ];

    private static byte[] Written(IEnumerable<(string Name, object Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members) Write(json, name, value);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        if (value is string text) json.WriteString(name, text);
        else if (value is bool truth) json.WriteBoolean(name, truth);
        else
        {
            json.WriteStartArray(name);
            foreach (var word in (IEnumerable<string>)value) json.WriteStringValue(word);
            json.WriteEndArray();
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeySet))]
internal sealed partial class MetadataJson : JsonSerializerContext;
