using System.Text.Json;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.Platforms;

/// <summary>What may be registered. Starts valid and breaks one thing.</summary>
public sealed class ClientSettingsRulesTests
{
    private const string Key = """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    private static readonly ClientSettings Valid = new()
    {
        AuthenticationMethod = "private_key_jwt", Jwks = Keys(Key), IdTokenAlgorithm = "ES256", SubjectType = "pairwise", PostLogoutRedirectUris = ["https://app.example.com/bye"],
        BackChannelLogoutUri = "https://app.example.com/out", RequirePushedRequests = true, RequireSignedRequests = true, DpopBound = true, GrantTypes = ["authorization_code", ClientWords.Ciba], Scope = "openid customs:read",
        BackChannelDelivery = "ping", BackChannelNotificationEndpoint = "https://app.example.com/ciba", ClientUri = "https://app.example.com", Quirks = ["query-parameters"],
    };

    [Fact]
    public void What_is_valid_and_what_is_usual_pass()
    {
        Assert.Null(Fault(Valid));
        Assert.Null(Fault(ClientSettings.Usual));
    }

    public static TheoryData<string, string> Broken => new()
    {
        { """{"token_endpoint_auth_method":"client_secret_jwt"}""", "token_endpoint_auth_method" },
        { """{"token_endpoint_auth_method":"private_key_jwt"}""", "token_endpoint_auth_method" },
        { """{"token_endpoint_auth_method":"self_signed_tls_client_auth"}""", "token_endpoint_auth_method" },
        { """{"token_endpoint_auth_method":"tls_client_auth"}""", "token_endpoint_auth_method" },
        { """{"id_token_signed_response_alg":"none"}""", "id_token_signed_response_alg" },
        { """{"id_token_signed_response_alg":"HS256"}""", "id_token_signed_response_alg" },
        { """{"subject_type":"secret"}""", "subject_type" },
        { """{"grant_types":["password"]}""", "grant_types" },
        { """{"grant_types":["implicit"]}""", "grant_types" },
        { """{"gapura_quirks":["anything"]}""", "gapura_quirks" },
        { """{"scope":"two  spaces"}""", "scope" },
        { """{"scope":"a\"b"}""", "scope" },
        { """{"jwks_uri":"http://app.example.com/keys"}""", "jwks_uri" },
        { """{"jwks_uri":"ftp://app.example.com/keys"}""", "jwks_uri" },
        { """{"backchannel_logout_uri":"https://app.example.com/out#f"}""", "backchannel_logout_uri" },
        { """{"frontchannel_logout_uri":"out"}""", "frontchannel_logout_uri" },
        { """{"post_logout_redirect_uris":["https://*.example.com/"]}""", "post_logout_redirect_uris" },
        { """{"client_uri":"javascript:alert(1)"}""", "client_uri" },
        { """{"policy_uri":"https://user@app.example.com/"}""", "policy_uri" },
        { """{"tos_uri":"https://app.example.com/a b"}""", "tos_uri" },
        { """{"sector_identifier_uri":"http://app.example.com/sector"}""", "sector_identifier_uri" },
        { """{"backchannel_token_delivery_mode":"ping","grant_types":["urn:openid:params:grant-type:ciba"]}""", "backchannel_client_notification_endpoint" },
        { """{"backchannel_token_delivery_mode":"poll"}""", "backchannel_token_delivery_mode" },
        { """{"require_signed_request_object":true}""", "require_signed_request_object" },
        { """{"dpop_bound_access_tokens":true,"tls_client_certificate_bound_access_tokens":true}""", "dpop_bound_access_tokens" },
        { """{"jwks":{"keys":[KEY]},"jwks_uri":"https://app.example.com/keys"}""", "jwks" },
        { """{"jwks":{"keys":[]}}""", "jwks" },
        { """{"jwks":[KEY]}""", "jwks" },
        { """{"jwks":{"keys":[{"kty":"oct","k":"AAAA"}]}}""", "jwks" },
        { """{"jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}]}}""", "jwks" },
        { """{"jwks":{"keys":[{"kty":"EC","crv":"secp256k1","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}}""", "jwks" },
        { """{"jwks":{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}}""", "jwks" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void One_broken_thing_is_named(string json, string member) => Assert.Equal(member, Fault(ClientSettings.Read(json.Replace("KEY", Key, StringComparison.Ordinal)))?.Member);

    [Theory]
    [InlineData("d")]
    [InlineData("p")]
    [InlineData("k")]
    [InlineData("oth")]
    public void A_private_key_is_never_kept(string member) => Assert.Contains("private", Fault(Valid with { Jwks = Keys(Key[..^1] + $",\"{member}\":\"AAAA\"}}") })!.Sentence, StringComparison.Ordinal);

    [Fact]
    public void Two_hosts_of_redirect_URIs_need_a_sector()
    {
        string[] uris = ["https://app.example.com/cb", "https://other.example.com/cb"];
        Assert.Equal("sector_identifier_uri", Fault(Valid, uris)?.Member);
        Assert.Null(Fault(Valid with { SubjectType = "public" }, uris));
        Assert.Null(Fault(Valid with { SectorIdentifierUri = "https://sector.example.com/uris.json" }, uris));
    }

    private static SettingsFault? Fault(ClientSettings client, params string[] uris) =>
        ClientSettingsRules.Fault(Seed.Platform("app", new FakeClock()) with { Client = client, RedirectUris = uris.Length > 0 ? uris : ["https://app.example.com/cb"] });

    private static JsonElement Keys(string key) => JsonDocument.Parse($$"""{"keys":[{{key}}]}""").RootElement;
}
