using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Clients that other people wrote and partners install, from discovery to the last token, with nothing changed for us.</summary>
public sealed class StrangerClientsTests(StrangerServer strangers) : IClassFixture<StrangerServer>
{
    private string Sub => strangers.Server.Account.Id;

    private string Person => $$"""{"sub":"{{Sub}}","name":"Coba Jualan","preferred_username":"cobajualan","npwp":"018263453454543"}""";

    [Fact]
    public async Task With_openid_client_a_platform_with_a_backend_goes_the_whole_way()
    {
        var said = await strangers.Run("openid-client.mjs", await strangers.Register("backend", keyed: true));
        Assert.Equal(Sub, said.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal(Person, said.GetProperty("person").GetRawText());
        Assert.Equal("[true,false]", said.GetProperty("active").GetRawText());
    }

    [Fact]
    public async Task With_oauth4webapi_a_public_client_signs_in()
    {
        var said = await strangers.Run("oauth4webapi.mjs", await strangers.Register("public"));
        Assert.Equal(Sub, said.GetProperty("person").GetProperty("sub").GetString());
        Assert.Equal(JsonValueKind.Null, said.GetProperty("refresh").ValueKind);
    }

    [Theory, InlineData("client_secret_basic"), InlineData("client_secret_post")]
    public async Task With_Authlib_a_Python_backend_goes_the_whole_way(string authentication)
    {
        await NeedsAuthlib();
        var said = await strangers.Run("authlib_code.py", await strangers.Register(authentication, keyed: true), ("authentication", authentication));
        Assert.Equal(Person, JsonNode.Parse(said.GetProperty("person").GetRawText())!.ToJsonString());
        Assert.Equal("[true, false]", said.GetProperty("active").GetRawText());
    }

    [Fact]
    public async Task With_Auth_js_an_app_that_names_only_the_issuer_knows_the_person()
    {
        var app = await strangers.Register("auth-js", keyed: true, "https://app.example.com/api/auth/callback/gapura");
        var said = await strangers.Run("auth-js.mjs", app, ("provider", "oidc"));
        Assert.Equal("https://app.example.com/inside", said.GetProperty("landed").GetString());
        Assert.Equal(Sub, said.GetProperty("account").GetProperty("id").GetString());
        Assert.Equal("Coba Jualan", said.GetProperty("user").GetProperty("name").GetString());
    }

    [Fact]
    public async Task With_Auth_js_an_app_written_for_the_documented_pages_beside_QRAuth_knows_the_person()
    {
        var app = await strangers.Register("auth-js-oauth", keyed: true, "https://app.example.com/api/auth/callback/gapura");
        var said = await strangers.Run("auth-js.mjs", app, ("provider", "oauth"));
        Assert.Equal("https://app.example.com/inside", said.GetProperty("landed").GetString());
        Assert.Equal(Sub, said.GetProperty("account").GetProperty("id").GetString());
        Assert.Equal("Coba Jualan", said.GetProperty("user").GetProperty("name").GetString());
    }

    [Fact]
    public async Task With_openid_client_a_request_is_pushed_and_answered_by_a_form()
    {
        var said = await strangers.Run("openid-client-par.mjs", await strangers.Register("pushes", keyed: true));
        Assert.Equal("""["request_uri","client_id"]""", said.GetProperty("asked").GetRawText());
        Assert.Equal(CodeFlow.Callback, said.GetProperty("address").GetString());
        Assert.Equal(Sub, said.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task With_openid_client_a_device_without_a_keyboard_is_let_in_by_a_person_who_compares_its_code()
    {
        var platform = await strangers.Register("television", settings: new ClientSettings { GrantTypes = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"] });
        var said = await strangers.Run("openid-client-device.mjs", platform);
        Assert.True(said.GetProperty("compared").GetBoolean());
        Assert.Equal(Sub, said.GetProperty("sub").GetString());
    }

    [Theory, InlineData("ES256"), InlineData("RS256")]
    public async Task With_openid_client_a_platform_shows_who_it_is_by_a_key_of_its_own_at_every_endpoint(string algorithm)
    {
        var key = OwnKey.New(algorithm);
        var said = await strangers.Run("openid-client-own-key.mjs", await strangers.Register($"own-key-{algorithm}", settings: key.Settings), ("key", key.Private));
        Assert.Equal(Sub, said.GetProperty("sub").GetString());
        Assert.Equal("[true,false]", said.GetProperty("active").GetRawText());
    }

    [Fact]
    public async Task With_openid_client_a_platform_that_follows_FAPI_signs_its_request_binds_its_tokens_and_gets_signed_answers()
    {
        var key = OwnKey.New("ES256");
        var platform = await strangers.Register("fapi", settings: key.Settings with { RequirePushedRequests = true, RequireSignedRequests = true, DpopBound = true });
        var said = await strangers.Run("openid-client-fapi.mjs", platform, ("key", key.Private), ("idTokenAlgorithm", "ES256"));
        Assert.Equal("dpop", said.GetProperty("type").GetString());
        Assert.Equal(Sub, said.GetProperty("person").GetProperty("sub").GetString());
        Assert.Equal(401, said.GetProperty("bearer").GetInt32());
        Assert.True(said.GetProperty("active").GetBoolean());
        Assert.True(said.GetProperty("bound").GetBoolean());

        // The first proof had no nonce of ours, and the client knew what to do.
        Assert.Contains("/oauth/par 400", said.GetProperty("asked").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_Authlib_a_platform_shows_who_it_is_by_a_key_it_does_not_name()
    {
        await NeedsAuthlib();
        var key = OwnKey.New("RS256");
        var said = await strangers.Run("authlib_own_key.py", await strangers.Register("own-key-authlib", settings: key.Settings), ("key", key.Private));
        Assert.Equal(Sub, said.GetProperty("person").GetProperty("sub").GetString());
        Assert.True(said.GetProperty("other").GetBoolean());
    }

    [Theory, InlineData("ES256"), InlineData("RS256")]
    public async Task With_jose_a_resource_API_and_a_client_verify_our_tokens_by_our_published_keys(string algorithm)
    {
        var app = await strangers.Register($"jose-{algorithm}", settings: new ClientSettings { IdTokenAlgorithm = algorithm });
        var flow = new CodeFlow(strangers.Server);
        var tokens = (await flow.Exchange((await flow.ToCallback(("client_id", app.ClientId)))["code"], changed: ("client_id", app.ClientId))).IsOk().Json;
        var said = await strangers.Run("jose.mjs", app, ("tokens", new JsonObject
        {
            ["id"] = new JsonObject { ["jwt"] = tokens.GetProperty("id_token").GetString(), ["audience"] = app.ClientId, ["algorithms"] = new JsonArray(algorithm), ["requiredClaims"] = new JsonArray("sub", "iat", "exp", "nonce", "auth_time") },
            ["access"] = new JsonObject { ["jwt"] = tokens.GetProperty("access_token").GetString(), ["typ"] = "at+jwt", ["algorithms"] = new JsonArray("ES256"), ["requiredClaims"] = new JsonArray("aud", "sub", "iat", "exp", "jti", "client_id") },
        }));
        Assert.Equal(Sub, said.GetProperty("id").GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal(app.ClientId, said.GetProperty("access").GetProperty("claims").GetProperty("client_id").GetString());
    }

    private static async Task NeedsAuthlib() =>
        Stranger.Needs(await Stranger.IsThere("/usr/bin/python3", "-c", "import authlib, requests"), "Authlib is not here. Debian: apt-get install python3-authlib python3-requests");
}
