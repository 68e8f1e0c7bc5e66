using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Client.Tests.Running;

namespace Gapura.Client.Tests.Tokens;

/// <summary>What an API with <c>AddGapuraTokens()</c> lets in, and what it does not. Each begins with a good token.</summary>
public sealed class TokenTests(Server server)
{
    [Fact]
    public async Task A_signed_in_persons_token_is_let_in_and_its_claims_keep_their_names()
    {
        await using var api = await NewApi();
        var me = await api.Get((await server.SignIn()).AccessToken);
        Assert.Equal(200, me.Status);
        Assert.Equal((Server.ClientId, server.Issuer), (me.Text("client_id"), me.Text("iss")));
        Assert.Matches("^[0-9a-z]{26}$", me.Text("sub"));
    }

    [Fact]
    public async Task Without_a_token_the_answer_says_how_one_is_shown()
    {
        await using var api = await NewApi();
        var heard = await api.Get(null);
        Assert.Equal(401, heard.Status);
        Assert.Equal("Bearer realm=\"Gapura\", DPoP algs=\"ES256 PS256\"", heard.Challenge);
    }

    [Fact]
    public async Task A_token_for_another_audience_is_refused()
    {
        var token = (await server.SignIn()).AccessToken;
        await using var api = await NewApi(o => o.Audience = "https://another.example");
        (await api.Get(token)).Refused(401, "invalid_token", "It is not for this audience.");
    }

    [Fact]
    public async Task A_token_of_another_issuer_is_refused()
    {
        var token = (await server.SignIn()).AccessToken;

        // The same keys under another name.
        await using var api = await NewApi(o => o.Issuer = server.Issuer.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
        (await api.Get(token)).Refused(401, "invalid_token", "It is not for this audience.");
        await using var generous = await NewApi(o => (o.Issuer, o.Audience) = (server.Issuer.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), server.Issuer));
        (await generous.Get(token)).Refused(401, "invalid_token", "It is another issuer's.");
    }

    [Fact]
    public async Task An_expired_token_is_refused_once_the_clocks_have_had_their_leeway()
    {
        var token = (await server.SignIn()).AccessToken;
        await using var api = await NewApi();
        api.Clock.Ahead = TimeSpan.FromSeconds(900 + 290);
        Assert.Equal(200, (await api.Get(token)).Status);
        api.Clock.Ahead = TimeSpan.FromSeconds(900 + 301);
        (await api.Get(token)).Refused(401, "invalid_token", "It has expired.");
    }

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        var token = (await server.SignIn()).AccessToken;
        await using var api = await NewApi();
        foreach (var none in (string[])["none", "None", "NONE"])
            (await api.Get(With(token, h => h["alg"] = none, _ => [], sign: true))).Refused(401, "invalid_token", "Its alg must be ES256.");
        (await api.Get(With(token, _ => { }, _ => [], sign: true))).Refused(401, "invalid_token", "Its signature is not the issuer's.");
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_secret_is_refused()
    {
        var token = (await server.SignIn()).AccessToken;
        var jwks = JsonDocument.Parse(await Server.Http.GetStringAsync(new Uri(server.Issuer + "/.well-known/jwks.json"))).RootElement.GetProperty("keys");
        var key = jwks.EnumerateArray().First(k => k.GetProperty("kty").GetString() == "EC");
        await using var api = await NewApi();
        foreach (var secret in (byte[][])[Encoding.UTF8.GetBytes(key.GetRawText()), Base64Url.DecodeFromChars(key.GetProperty("x").GetString())])
            (await api.Get(With(token, h => h["alg"] = "HS256", text => HMACSHA256.HashData(secret, text), sign: true))).Refused(401, "invalid_token", "Its alg must be ES256.");
    }

    [Fact]
    public async Task A_token_by_another_key_is_refused_under_an_unknown_name_and_under_a_known_one()
    {
        var token = (await server.SignIn()).AccessToken;
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var api = await NewApi();
        (await api.Get(With(token, _ => { }, text => mine.SignData(text, HashAlgorithmName.SHA256), sign: true))).Refused(401, "invalid_token", "Its signature is not the issuer's.");
        (await api.Get(With(token, h => h["kid"] = "mine", text => mine.SignData(text, HashAlgorithmName.SHA256), sign: true))).Refused(401, "invalid_token", "The issuer has no key of its kid.");
        (await api.Get(With(token, h => h.Remove("kid"), text => mine.SignData(text, HashAlgorithmName.SHA256), sign: true))).Refused(401, "invalid_token", "The issuer has no key of its kid.");
        (await api.Get(With(token, h => h["jwk"] = new JsonObject { ["kty"] = "EC" }, text => mine.SignData(text, HashAlgorithmName.SHA256), sign: true))).Refused(401, "invalid_token", "Its signature is not the issuer's.");
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var token = (await server.SignIn()).AccessToken;
        await using var api = await NewApi();
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        claims["sub"] = "somebody-else";
        (await api.Get($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}")).Refused(401, "invalid_token", "Its signature is not the issuer's.");
        (await api.Get(With(token, h => h["typ"] = "JWT", _ => [], sign: false))).Refused(401, "invalid_token", "Its typ must be at+jwt");
        (await api.Get(With(token, h => h["crit"] = new JsonArray("b64"), _ => [], sign: false))).Refused(401, "invalid_token", "Its crit names members");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.")]
    [InlineData("gpr_refresh")]
    public async Task What_is_no_token_is_refused(string text)
    {
        await using var api = await NewApi();
        var heard = await api.Get(text);
        Assert.Equal((401, "invalid_token"), (heard.Status, heard.Text("error")));
        heard = await api.Get(new string('a', 12_000) + "." + new string('b', 12_000) + ".c");
        Assert.Equal(401, heard.Status);
    }

    [Fact]
    public async Task A_token_without_the_scope_of_a_policy_is_forbidden()
    {
        await using var api = await NewApi();
        (await api.Get((await server.SignIn()).AccessToken, "/write")).Refused(403, "insufficient_scope", "not given for this");
    }

    [Fact]
    public async Task After_a_revocation_only_who_asks_hears_of_it()
    {
        var tokens = await server.SignIn();
        await using var offline = await NewApi();
        await using var always = await NewApi(o => o.Introspect = IntrospectWhen.Always);
        await using var later = await NewApi(o => o.Introspect = IntrospectWhen.OlderThan(TimeSpan.FromMinutes(2)));
        var me = await always.Get(tokens.AccessToken);
        Assert.Equal((200, Server.Username, Server.Npwp), (me.Status, me.Text("username"), me.Text("npwp")));
        Assert.Equal("true", (await offline.Get(tokens.AccessToken, "/fresh")).Body);

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = tokens.RefreshToken!, ["client_id"] = Server.ClientId, ["client_secret"] = server.ApiKey });
        using var revoked = await Server.Http.PostAsync(new Uri(server.Issuer + "/oauth/revoke"), form);
        Assert.True(revoked.IsSuccessStatusCode);

        Assert.Equal(200, (await offline.Get(tokens.AccessToken)).Status);
        Assert.Equal("false", (await offline.Get(tokens.AccessToken, "/fresh")).Body);
        (await always.Get(tokens.AccessToken)).Refused(401, "invalid_token", "revoked");
        Assert.Equal(200, (await later.Get(tokens.AccessToken)).Status);
        later.Clock.Ahead = TimeSpan.FromMinutes(3);
        (await later.Get(tokens.AccessToken)).Refused(401, "invalid_token", "revoked");
    }

    private Task<Api> NewApi(Action<GapuraTokenOptions>? more = null) => Api.Start(o =>
    {
        (o.Issuer, o.ClientId, o.ApiKey, o.Timeout) = (server.Issuer, Server.ApiClientId, server.ResourceApiKey, TimeSpan.FromSeconds(30));
        more?.Invoke(o);
    });

    /// <summary>The token with another header, signed anew or with its old signature.</summary>
    private static string With(string token, Action<JsonObject> header, Func<byte[], byte[]> signature, bool sign)
    {
        var parts = token.Split('.');
        var changed = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject();
        header(changed);
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(changed.ToJsonString()))}.{parts[1]}";
        return $"{text}.{(sign ? Base64Url.EncodeToString(signature(Encoding.ASCII.GetBytes(text))) : parts[2])}";
    }
}
