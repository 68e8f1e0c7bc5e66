using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Tests.OpenId.Clients;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>FAPI 2.0's Security Profile over HTTP: the whole way, and each thing that must not go.</summary>
public abstract class FapiContract : IAsyncLifetime
{
    private const string NotKnown = "invalid_client";
    private readonly GapuraServer _server;
    private FapiFlow _flow = null!;

    private protected FapiContract(GapuraServer server) => _server = server;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        _flow = await FapiFlow.Start(_server);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _flow.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Pushed_proved_and_bound_it_goes_the_whole_way()
    {
        var answer = await _flow.ToCallback();
        Assert.Equal(("the state", _server.Issuer), (answer["state"], answer["iss"]));
        var tokens = (await _flow.Redeem(answer["code"])).IsOk().Json;
        Assert.Equal("DPoP", tokens.Text("token_type"));
        Assert.Equal("ES256", Header(tokens.IdToken()).GetProperty("alg").GetString());
        Assert.Equal("the nonce", CodeFlow.Claims(tokens.IdToken()).Text("nonce"));
        (await _flow.Key.UserInfo(tokens.Text("access_token")!, ("nonce", _flow.Nonce))).IsOk();
    }

    public static TheoryData<string, string?> Tolerated => new()
    {
        { "state", null }, { "nonce", null }, { "nonce", new string('n', 64) }, { "nonce", new string('n', 384) }, { "state", new string('s', 384) },
        { "scope", "offline_access profile npwp openid" }, { "something_unknown", "1" },
    };

    [Theory]
    [MemberData(nameof(Tolerated))]
    public async Task What_may_be_left_out_or_long_or_unknown_is_no_mistake(string name, string? value)
    {
        var answer = await _flow.ToCallback((name, value));
        var claims = CodeFlow.Claims((await _flow.Redeem(answer["code"])).IsOk().Json.IdToken());
        Assert.Equal(name == "state" ? value : "the state", answer.GetValueOrDefault("state"));
        Assert.Equal(name == "nonce" ? value : "the nonce", claims.TryGetProperty("nonce", out var nonce) ? nonce.GetString() : null);
    }

    [Theory]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("redirect_uri", "https://app.example.com/cb?more=1", "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x", "invalid_request")]
    public async Task A_wrong_request_is_refused_when_it_is_pushed(string name, string? value, string code) => (await _flow.Push((name, value))).IsRefused(code);

    [Fact]
    public async Task A_parameter_pushed_twice_is_refused_and_so_is_every_method_but_POST()
    {
        var twice = _flow.Fields().Select(p => (p.Key, p.Value!)).Append(("scope", "openid"));
        (await _server.PostForm("/oauth/par", twice)).IsRefused("invalid_request", "A parameter appears twice.");
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete]) Assert.Equal(405, (await _server.Send(method, "/oauth/par")).Status);
    }

    [Fact]
    public async Task What_was_not_pushed_is_asked_of_nobody()
    {
        var refused = CodeFlow.Answer((await _flow.Code.Authorize(("client_id", _flow.Client.ClientId))).IsSeeOther()["Location"]!);
        Assert.Equal(("invalid_request", "the state", _server.Issuer), (refused["error"], refused["state"], refused["iss"]));
        (await _flow.Push(("client_assertion", null), ("client_assertion_type", null))).IsRefused(NotKnown, 401);
    }

    [Fact]
    public async Task A_pushed_request_is_looked_at_again_until_it_is_answered()
    {
        var uri = (await _flow.Push()).RequestUri();
        Assert.StartsWith("/sign-in?", (await _flow.Authorize(uri)).IsSeeOther()["Location"], StringComparison.Ordinal);
        var answer = await _flow.Code.Follow(await _flow.Authorize(uri));
        (await _flow.Redeem(answer["code"])).IsOk();
        (await _flow.Authorize(uri)).IsPage("This sign-in request cannot be accepted", 400);
    }

    [Fact]
    public async Task Without_a_proof_of_a_key_there_are_no_tokens_and_the_code_is_not_spent()
    {
        var code = (await _flow.ToCallback())["code"];
        (string, string)[] bare = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CodeFlow.Callback), ("code_verifier", _flow.Code.Verifier), ("client_assertion_type", SigningClient.AssertionType)];
        (await _server.PostForm("/oauth/token", [.. bare, ("client_assertion", _flow.Client.Assertion())])).IsRefused("invalid_dpop_proof");
        (await _flow.Key.Token([.. bare[..4], ("client_id", _flow.Client.ClientId)], ("nonce", _flow.Nonce))).IsRefused(NotKnown, 401);
        var access = (await _flow.Redeem(code)).IsOk().Json.Text("access_token")!;
        (await _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {access}"))).IsRefused("invalid_token", 401);
    }

    [Fact]
    public async Task Another_client_that_proves_itself_gets_nothing_for_the_code()
    {
        using var thief = await FapiFlow.Start(_server);
        var code = (await _flow.ToCallback())["code"];
        (await thief.Redeem(code, changed: ("code_verifier", _flow.Code.Verifier))).IsRefused("invalid_grant");
        (await _flow.Redeem(code)).IsRefused("invalid_grant");
    }

    [Theory]
    [InlineData("code_verifier", null)]
    [InlineData("code_verifier", "0123456789012345678901234567890123456789012")]
    [InlineData("redirect_uri", "https://app.example.com/CB")]
    public async Task A_code_without_what_belongs_to_it_is_worth_nothing(string name, string? value) =>
        (await _flow.Redeem((await _flow.ToCallback())["code"], null, (name, value))).IsRefused("invalid_grant");

    [Fact]
    public async Task A_code_is_late_after_a_minute_and_a_second_use_ends_the_first()
    {
        var (old, used) = ((await _flow.ToCallback())["code"], (await _flow.ToCallback())["code"]);
        var access = (await _flow.Redeem(used)).IsOk().Json.Text("access_token")!;
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await _flow.Redeem(used)).IsRefused("invalid_grant");
        (await _flow.Key.UserInfo(access, ("nonce", _flow.Nonce))).IsRefused("invalid_token", 401);
        _server.Clock.Pass(TimeSpan.FromSeconds(60));
        (await _flow.Redeem(old)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_code_bound_when_it_was_pushed_is_redeemed_by_that_key_alone()
    {
        using var signer = Signer.Es256();
        var other = new DpopKey(_server, signer);
        (string, string)[] Proof() => [("DPoP", _flow.Key.Proof("POST", "/oauth/par", null, ("nonce", _flow.Nonce)))];
        async Task<string> Code() => (await _flow.Code.Follow(await _flow.Authorize((await _flow.PushWith(Proof())).RequestUri())))["code"];
        (await _flow.Redeem(await Code(), other)).IsRefused("invalid_grant");
        (await _flow.Redeem(await Code())).IsOk();
        (await _flow.Redeem((await _flow.ToCallback(("dpop_jkt", _flow.Key.Thumbprint)))["code"], other)).IsRefused("invalid_grant");
        (await _flow.PushWith(Proof(), ("dpop_jkt", other.Thumbprint))).IsRefused("invalid_dpop_proof", "dpop_jkt is not the key of the DPoP proof.");
        (await _flow.PushWith(Proof(), ("dpop_jkt", _flow.Key.Thumbprint))).RequestUri();
    }

    [Fact]
    public async Task Its_refresh_token_stays_the_same_and_serves_whoever_proves_to_be_its_client()
    {
        using var signer = Signer.Es256();
        var token = (await _flow.Redeem((await _flow.ToCallback())["code"])).IsOk().NextRefreshToken();
        Assert.All(await AtOnce.Run(20, _ => _flow.Refresh(token)), reply => Assert.Equal(token, reply.NextRefreshToken()));
        using var thief = await FapiFlow.Start(_server);
        (await thief.Refresh(token)).IsRefused("invalid_grant");
        (string, string)[] bare = [("grant_type", "refresh_token"), ("refresh_token", token)];
        (await _flow.Key.Token([.. bare, ("client_id", _flow.Client.ClientId)], ("nonce", _flow.Nonce))).IsRefused("invalid_grant");
        (await _server.PostForm("/oauth/token", [.. bare, ("client_assertion_type", SigningClient.AssertionType), ("client_assertion", _flow.Client.Assertion())])).IsRefused("invalid_dpop_proof");

        // What binds it is the client's own key; the proof may be by a new one, to which the new access token is bound.
        var other = new DpopKey(_server, signer);
        var access = (await _flow.Refresh(token, other)).IsOk().Json.Text("access_token")!;
        (await other.UserInfo(access, ("nonce", _flow.Nonce))).IsOk();
        (await _flow.Key.UserInfo(access, ("nonce", _flow.Nonce))).IsRefused("invalid_token", 401);
        for (var days = 0; days < 60; days += 29)
        {
            _server.Clock.Pass(TimeSpan.FromDays(29));
            Assert.Equal(token, (await _flow.Refresh(token)).NextRefreshToken());
        }

        _server.Clock.Pass(TimeSpan.FromDays(30));
        (await _flow.Refresh(token)).IsRefused("invalid_grant");
    }

    [Theory]
    [InlineData("iat", 10, true)]
    [InlineData("iat", -10, true)]
    [InlineData("iat", 60, true)]
    [InlineData("iat", 61, false)]
    [InlineData("iat", 300, false)]
    [InlineData("nbf", 61, false)]
    [InlineData("exp", -61, false)]
    public async Task A_proof_from_more_than_a_minute_ahead_is_none_whatever_its_nonce(string name, int seconds, bool good)
    {
        var access = (await _flow.Redeem((await _flow.ToCallback())["code"])).IsOk().Json.Text("access_token")!;
        var reply = await _flow.Key.UserInfo(access, ("nonce", _flow.Nonce), (name, _server.Clock.Now.ToUnixTimeSeconds() + seconds));
        if (good) reply.IsOk();
        else reply.IsRefused("invalid_dpop_proof", 401);
    }

    public static TheoryData<string, string?, int?> Spoiled => new()
    {
        { "aud", "https://elsewhere.example.go.id", null }, { "aud", "ISSUER/oauth/token", null }, { "aud", "ISSUER/oauth/par", null }, { "aud", "[ISSUER]", null }, { "sub", null, null }, { "iss", "other", null },
        { "exp", null, -300 }, { "nbf", null, 61 }, { "iat", null, 300 },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task An_assertion_that_is_spoiled_pushes_nothing(string name, string? text, int? seconds)
    {
        JsonNode? value = seconds is { } by ? _server.Clock.Now.ToUnixTimeSeconds() + by : text == "[ISSUER]" ? new JsonArray(_server.Issuer) : text?.Replace("ISSUER", _server.Issuer, StringComparison.Ordinal);
        (await _flow.Push(("client_assertion", _flow.Client.Assertion((name, value))))).IsRefused(NotKnown, 401);
    }

    [Fact]
    public async Task An_assertion_from_a_clock_that_is_eight_seconds_ahead_is_good() =>
        (await _flow.Push(("client_assertion", _flow.Client.Assertion(("nbf", _server.Clock.Now.ToUnixTimeSeconds() + 8))))).RequestUri();

    private static JsonElement Header(string jwt) => JsonDocument.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[0])).RootElement;
}

public sealed class FapiOnSqlite(ServerOn<SqliteStore> on) : FapiContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class FapiOnPostgres(ServerOn<PostgresStore> on) : FapiContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;
