using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Tests.OpenId.Clients;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Every signed text the hall reads, unsigned, signed with a public key for a secret, meant for another server, or from a clock that is five minutes off.</summary>
public sealed class ForgeryTests(GapuraServer server) : IClassFixture<GapuraServer>, IAsyncLifetime
{
    private readonly Signer _signer = Signer.Es256();
    private SigningClient _client = null!;

    private long Now => server.Clock.Now.ToUnixTimeSeconds();

    public async ValueTask InitializeAsync()
    {
        server.Clock.Pass(TimeSpan.FromMinutes(15));
        if (server.Get<Gapura.Platforms.PlatformRegister>().Active(CodeFlow.ClientId) is null) await CodeFlow.Register(server);
        _client = await SigningClient.Register(server, _signer);
    }

    public ValueTask DisposeAsync()
    {
        _signer.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_forged_access_token_opens_nothing()
    {
        var token = (await SignIn()).Text("access_token")!;
        var head = Header(token);
        foreach (var forged in await Ours(token, ("typ", "at+jwt"), ("kid", head.Text("kid"))))
        {
            (await server.Get("/oauth/userinfo", ("Authorization", $"Bearer {forged}"))).IsRefused("invalid_token", 401);
            (await server.Introspect(forged, server.ResourceApiKey)).Is(200, """{"active":false}""");
        }
    }

    [Fact]
    public async Task A_forged_hint_names_nobody_when_signing_in_and_ends_nothing_when_signing_out()
    {
        var flow = new CodeFlow(server);
        var token = (await SignIn(flow)).IdToken();
        foreach (var forged in await Ours(token, ("typ", "JWT"), ("kid", Header(token).Text("kid"))))
        {
            Assert.Equal("invalid_request", CodeFlow.Answer((await flow.Authorize(("id_token_hint", forged), ("prompt", "none"))).IsSeeOther()["Location"]!)["error"]);
            (await flow.Browser.Logout(("id_token_hint", forged))).IsPage("cannot be accepted", 400);
        }

        Assert.True(await flow.Browser.IsSignedIn());
        Assert.True(CodeFlow.Answer((await flow.Authorize(("id_token_hint", token), ("prompt", "none"))).IsSeeOther()["Location"]!).ContainsKey("code"));
    }

    [Fact]
    public async Task A_forged_assertion_proves_nobody()
    {
        foreach (var forged in Forgeries.Of(_signer.Jwk, _client.Claims(), ("kid", "one"))) (await _client.Ask(forged)).IsRefused("invalid_client", 401);
        (await _client.Ask(_client.Assertion())).IsOk();
    }

    [Fact]
    public async Task A_forged_request_asks_for_nothing()
    {
        var claims = new JsonObject { ["iss"] = _client.ClientId, ["aud"] = server.Issuer, ["exp"] = Now + 60, ["client_id"] = _client.ClientId, ["redirect_uri"] = CodeFlow.Callback, ["response_type"] = "code", ["scope"] = "openid" };
        foreach (var forged in Forgeries.Of(_signer.Jwk, claims, ("kid", "one"))) (await Push(forged)).IsRefused("invalid_request_object");
        claims["aud"] = "https://elsewhere.example.go.id";
        (await Push(_signer.Sign(claims))).IsRefused("invalid_request_object", $"request: aud must name {server.Issuer}.");
    }

    [Fact]
    public async Task A_forged_proof_proves_no_key()
    {
        var key = new DpopKey(server, _signer);
        var jwk = _signer.Jwk;
        jwk.Remove("kid");
        foreach (var forged in Forgeries.Of(jwk, key.Claims("POST", "/oauth/token", null), ("typ", "dpop+jwt"), ("jwk", jwk)))
            (await server.PostForm("/oauth/token", [("grant_type", "authorization_code"), ("client_id", CodeFlow.ClientId)], ("DPoP", forged))).IsRefused("invalid_dpop_proof");
    }

    [Fact]
    public async Task What_was_meant_for_another_server_is_nothing_here()
    {
        foreach (var elsewhere in (string[])["https://elsewhere.example.go.id", "https://elsewhere.example.go.id/oauth/token", server.Issuer + "/", server.Issuer + ".example"])
            (await _client.Ask(_client.Assertion(("aud", elsewhere)))).IsRefused("invalid_client", 401);

        // Nor is a code or a token of a server of another name, which says its name in the answer.
        await using var other = await GapuraServer.Start(("Issuer", "http://127.0.0.1:5081"));
        await CodeFlow.Register(other);
        var answer = await new CodeFlow(other).ToCallback();
        Assert.Equal("http://127.0.0.1:5081", answer["iss"]);
        (await new CodeFlow(server).Exchange(answer["code"])).IsRefused("invalid_grant");
        (await server.Get("/oauth/userinfo", ("Authorization", $"Bearer {(await SignIn(new CodeFlow(other))).Text("access_token")}"))).IsRefused("invalid_token", 401);
    }

    [Theory]
    [InlineData("exp", -300)]
    [InlineData("iat", 300)]
    [InlineData("nbf", 300)]
    public async Task From_a_clock_that_is_five_minutes_off_an_assertion_is_none(string name, int seconds) =>
        (await _client.Ask(_client.Assertion((name, Now + seconds)))).IsRefused("invalid_client", 401);

    [Fact]
    public async Task What_expired_five_minutes_ago_opens_nothing_and_still_names_the_person()
    {
        var flow = new CodeFlow(server);
        var tokens = await SignIn(flow);
        server.Clock.Pass(TimeSpan.FromMinutes(20));
        (await server.Get("/oauth/userinfo", ("Authorization", $"Bearer {tokens.Text("access_token")}"))).IsRefused("invalid_token", 401);
        Assert.True(CodeFlow.Answer((await flow.Authorize(("id_token_hint", tokens.IdToken()), ("prompt", "none"))).IsSeeOther()["Location"]!).ContainsKey("code"));
    }

    private static async Task<JsonElement> SignIn(CodeFlow flow) => (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json;

    private Task<JsonElement> SignIn() => SignIn(new CodeFlow(server));

    // By every key we publish, whichever the forger takes.
    private async Task<IReadOnlyList<string>> Ours(string token, params (string Name, JsonNode? Value)[] header)
    {
        var claims = JsonNode.Parse(CodeFlow.Claims(token).GetRawText())!.AsObject();
        var keys = JsonNode.Parse((await server.Get("/.well-known/jwks.json")).IsOk().Text)!["keys"]!.AsArray();
        return [.. keys.SelectMany(key => Forgeries.Of(key!.AsObject(), claims, header))];
    }

    private Task<Reply> Push(string request) => server.PostForm("/oauth/par", [("request", request), ("client_assertion_type", SigningClient.AssertionType), ("client_assertion", _client.Assertion())]);

    private static JsonElement Header(string jwt) => JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(jwt.Split('.')[0])).RootElement;
}
