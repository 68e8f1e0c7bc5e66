using System.Text.Json;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What anybody may read, and whether a stranger can do with it what it is for.</summary>
public sealed class MetadataTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/jwks.json")]
    public async Task Who_asks_for_the_head_alone_gets_it_and_any_other_method_is_405(string path)
    {
        var (whole, head) = ((await server.Get(path)).IsOk(), (await server.Send(HttpMethod.Head, path, null)).IsOk());
        Assert.Equal(("", whole["Content-Type"], whole["Content-Length"], whole["Cache-Control"]), (head.Text, head["Content-Type"], head["Content-Length"], head["Cache-Control"]));
        Assert.Equal("GET, HEAD", (await server.Post(path, "{}")).IsRefused("method_not_allowed", 405)["Allow"]);
    }

    [Theory]
    [InlineData("/oauth/authorize")]
    [InlineData("/oauth/userinfo")]
    [InlineData("/oauth/logout")]
    public async Task Where_a_form_may_come_too_any_other_method_is_405(string path) =>
        Assert.Equal("GET, POST", (await server.Send(HttpMethod.Put, path, null)).IsRefused("method_not_allowed", 405)["Allow"]);

    [Fact]
    public async Task The_metadata_names_every_endpoint_under_the_issuer()
    {
        var reply = await server.Get("/.well-known/oauth-authorization-server");
        Assert.Equal("application/json; charset=utf-8", reply["Content-Type"]);
        Assert.Equal(
            [
                "issuer: http://localhost:5080",
                "authorization_endpoint: http://localhost:5080/oauth/authorize",
                "token_endpoint: http://localhost:5080/oauth/token",
                "userinfo_endpoint: http://localhost:5080/oauth/userinfo",
                "jwks_uri: http://localhost:5080/.well-known/jwks.json",
                "registration_endpoint: http://localhost:5080/oauth/register",
                "scopes_supported: openid profile email phone npwp offline_access basic_info update_basic_info keys_op",
                "response_types_supported: code",
                "response_modes_supported: query form_post web_message",
                "grant_types_supported: authorization_code refresh_token client_credentials urn:ietf:params:oauth:grant-type:token-exchange urn:ietf:params:oauth:grant-type:device_code urn:openid:params:grant-type:ciba",
                "acr_values_supported: urn:gapura:acr:password urn:gapura:acr:phone urn:gapura:acr:both",
                "subject_types_supported: public pairwise",
                "id_token_signing_alg_values_supported: RS256 ES256",
                "token_endpoint_auth_methods_supported: client_secret_basic client_secret_post private_key_jwt none",
                "token_endpoint_auth_signing_alg_values_supported: ES256 PS256 RS256",
                "claims_supported: sub name preferred_username email phone_number npwp auth_time amr acr sid",
                "claims_parameter_supported: True",
                "request_parameter_supported: True",
                "request_object_signing_alg_values_supported: ES256 PS256 RS256",
                "request_uri_parameter_supported: False",
                "prompt_values_supported: none login consent select_account",
                "ui_locales_supported: id en",
                "code_challenge_methods_supported: S256",
                "introspection_endpoint: http://localhost:5080/oauth/introspect",
                "introspection_endpoint_auth_methods_supported: client_secret_basic client_secret_post private_key_jwt",
                "introspection_endpoint_auth_signing_alg_values_supported: ES256 PS256 RS256",
                "revocation_endpoint: http://localhost:5080/oauth/revoke",
                "revocation_endpoint_auth_methods_supported: client_secret_basic client_secret_post private_key_jwt none",
                "revocation_endpoint_auth_signing_alg_values_supported: ES256 PS256 RS256",
                "authorization_response_iss_parameter_supported: True",
                "device_authorization_endpoint: http://localhost:5080/oauth/device_authorization",
                "backchannel_authentication_endpoint: http://localhost:5080/oauth/bc-authorize",
                "backchannel_token_delivery_modes_supported: poll ping push",
                "backchannel_user_code_parameter_supported: False",
                "pushed_authorization_request_endpoint: http://localhost:5080/oauth/par",
                "end_session_endpoint: http://localhost:5080/oauth/logout",
                "backchannel_logout_supported: True",
                "backchannel_logout_session_supported: True",
                "frontchannel_logout_supported: True",
                "frontchannel_logout_session_supported: True",
                "tls_client_certificate_bound_access_tokens: False",
                "dpop_signing_alg_values_supported: ES256 PS256",
                "introspection_signing_alg_values_supported: ES256",
            ],
            reply.Json.EnumerateObject().Select(m => $"{m.Name}: {(m.Value.ValueKind == JsonValueKind.Array ? string.Join(' ', m.Value.EnumerateArray()) : m.Value)}"));
        Assert.Equal(reply.Text, (await server.Get("/.well-known/openid-configuration")).Text);
        Assert.Equal("public, max-age=300", reply["Cache-Control"]);
        Assert.Equal("*", (await server.Get("/.well-known/oauth-authorization-server", ("Origin", "https://anybody.example")))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task The_key_set_holds_public_keys_and_nothing_private()
    {
        var reply = await server.Get("/.well-known/jwks.json", ("Origin", "https://anybody.example"));
        Assert.Equal("public, max-age=300", reply["Cache-Control"]);
        Assert.Equal("*", reply["Access-Control-Allow-Origin"]);
        var keys = reply.IsOk().Json.GetProperty("keys").EnumerateArray().ToList();
        Assert.Equal(2, keys.Count);
        Assert.Equal(["kty", "use", "alg", "kid", "crv", "x", "y"], keys[0].EnumerateObject().Select(m => m.Name));
        Assert.Equal(["EC", "sig", "ES256", "P-256"], ((string[])["kty", "use", "alg", "crv"]).Select(m => keys[0].GetProperty(m).GetString()));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", keys[0].GetProperty("x").GetString());
        Assert.Equal(["kty", "use", "alg", "kid", "n", "e"], keys[1].EnumerateObject().Select(m => m.Name));
        Assert.Equal(["RSA", "sig", "RS256", "AQAB"], ((string[])["kty", "use", "alg", "e"]).Select(m => keys[1].GetProperty(m).GetString()));
        Assert.Matches("^[A-Za-z0-9_-]{342}$", keys[1].GetProperty("n").GetString());
    }

    [Fact]
    public async Task A_rotated_key_is_published_before_it_signs_and_after()
    {
        await using var own = await GapuraServer.Start();
        var old = await Kids(own);
        await own.Get<SigningKeys>().Rotate(SigningAlgorithm.Es256, atOnce: false, Ct);
        await own.Follow();
        Assert.Equal(2, (await Kids(own)).Count);
        own.Clock.Pass(SigningKeys.PublishedAhead - TimeSpan.FromSeconds(1));
        var before = (await own.SignIn()).Access;
        Assert.Equal(old.Single(), Kid(before));
        own.Clock.Pass(TimeSpan.FromSeconds(1));
        var after = (await own.SignIn()).Access;
        Assert.NotEqual(Kid(before), Kid(after));
        Assert.Equal(2, (await Kids(own)).Count);
        foreach (var token in (string[])[before, after])
            Assert.True((await own.Introspect(token, own.ApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
        own.Clock.Pass(TimeSpan.FromMinutes(30));
        Assert.Equal([Kid(after)], await Kids(own));
    }

    [Fact]
    public async Task A_stranger_verifies_an_access_token_with_the_key_set_alone()
    {
        Stranger.Needs(await Stranger.IsThere("node", "--version"), "Node.js is missing. https://nodejs.org");
        var (access, _) = await server.SignIn();
        var keys = (await server.Get("/.well-known/jwks.json")).Text;
        foreach (var (token, verdict) in ((string, string)[])[(access, "true"), (access[..^4] + (access[^4] == 'A' ? 'B' : 'A') + access[^3..], "false")])
        {
            var (code, output, error) = await Stranger.Run(Stranger.Repository, "node", "-e", """
                const [token, keys] = process.argv.slice(1), [header, claims, signature] = token.split('.');
                const { kid, alg, typ } = JSON.parse(Buffer.from(header, 'base64url'));
                const jwk = JSON.parse(keys).keys.find(k => k.kid === kid);
                const key = require('crypto').createPublicKey({ key: jwk, format: 'jwk' });
                const good = require('crypto').verify('sha256', Buffer.from(`${header}.${claims}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
                console.log(JSON.stringify({ good, alg, typ, claims: JSON.parse(Buffer.from(claims, 'base64url')) }));
                """, token, keys);
            Assert.True(code == 0, error);
            var answer = JsonDocument.Parse(output).RootElement;
            Assert.Equal((verdict, "ES256", "at+jwt"), (answer.GetProperty("good").GetRawText(), answer.GetProperty("alg").GetString(), answer.GetProperty("typ").GetString()));
            Assert.Equal("http://localhost:5080", answer.GetProperty("claims").GetProperty("iss").GetString());
            Assert.Equal(["iss", "aud", "sub", "client_id", "iat", "exp", "auth_time", "jti", "grant_id", "nonce"], answer.GetProperty("claims").EnumerateObject().Select(m => m.Name));
        }
    }

    private static async Task<IReadOnlyList<string?>> Kids(GapuraServer own) =>
        [.. (await own.Get("/.well-known/jwks.json")).IsOk().Json.GetProperty("keys").EnumerateArray().Where(k => k.GetProperty("alg").GetString() == "ES256").Select(k => k.GetProperty("kid").GetString())];

    private static string? Kid(string token) => JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement.GetProperty("kid").GetString();
}
