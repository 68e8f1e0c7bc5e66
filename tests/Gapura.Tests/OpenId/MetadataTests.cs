using System.Text.Json;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What anybody may read, and whether a stranger can do with it what it is for.</summary>
public sealed class MetadataTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_metadata_names_every_endpoint_under_the_issuer()
    {
        var reply = await server.Get("/.well-known/oauth-authorization-server");
        reply.Is(200, """{"issuer":"http://localhost:5080","authorization_endpoint":"http://localhost:5080/oauth/authorize","token_endpoint":"http://localhost:5080/oauth/token","userinfo_endpoint":"http://localhost:5080/oauth/userinfo","introspection_endpoint":"http://localhost:5080/oauth/introspect","revocation_endpoint":"http://localhost:5080/oauth/revoke","jwks_uri":"http://localhost:5080/.well-known/jwks.json","scopes_supported":["openid","profile","email","phone","npwp","offline_access"],"response_types_supported":["code"],"response_modes_supported":["query"],"grant_types_supported":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:device_code","urn:openid:params:grant-type:ciba"],"code_challenge_methods_supported":["S256"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256"],"prompt_values_supported":["none","login","consent","select_account"],"claims_supported":["sub","name","preferred_username","email","phone_number","npwp"],"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","none"],"introspection_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],"revocation_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","none"],"ui_locales_supported":["id","en"],"device_authorization_endpoint":"http://localhost:5080/oauth/device_authorization","backchannel_authentication_endpoint":"http://localhost:5080/oauth/bc-authorize","backchannel_token_delivery_modes_supported":["poll","ping","push"],"backchannel_user_code_parameter_supported":false,"authorization_response_iss_parameter_supported":true,"request_parameter_supported":false,"request_uri_parameter_supported":false,"claims_parameter_supported":false}""");
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
        var key = Assert.Single(reply.IsOk().Json.GetProperty("keys").EnumerateArray());
        Assert.Equal(["kty", "use", "alg", "kid", "crv", "x", "y"], key.EnumerateObject().Select(m => m.Name));
        Assert.Equal(("EC", "sig", "ES256", "P-256"), (key.GetProperty("kty").GetString(), key.GetProperty("use").GetString(), key.GetProperty("alg").GetString(), key.GetProperty("crv").GetString()));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", key.GetProperty("x").GetString());
    }

    [Fact]
    public async Task A_rotated_key_is_published_before_it_signs_and_after()
    {
        await using var own = await GapuraServer.Start();
        var old = await Kids(own);
        await own.Get<SigningKeys>().Rotate(atOnce: false, Ct);
        await own.Follow();
        Assert.Equal(2, (await Kids(own)).Count);
        var before = (await own.SignIn()).Access;
        Assert.Equal(old.Single(), Kid(before));
        own.Clock.Pass(SigningKeys.PublishedAhead);
        var after = (await own.SignIn()).Access;
        Assert.NotEqual(Kid(before), Kid(after));
        Assert.Equal(2, (await Kids(own)).Count);
        foreach (var token in (string[])[before, after])
            Assert.True((await own.Introspect(token, own.ApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
        own.Clock.Pass(TimeSpan.FromMinutes(20));
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
        [.. (await own.Get("/.well-known/jwks.json")).IsOk().Json.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString())];

    private static string? Kid(string token) => JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement.GetProperty("kid").GetString();
}
