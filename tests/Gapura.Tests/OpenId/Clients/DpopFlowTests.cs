using System.Text.Json;
using Gapura.OpenId.Clients;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>Tokens bound to a key (RFC 9449), over HTTP: from the code to userinfo, and every way a thief would go.</summary>
public abstract class DpopFlowContract : IAsyncLifetime
{
    private readonly GapuraServer _server;
    private readonly Signer _signer = Signer.Es256(), _thief = Signer.Es256();
    private readonly DpopKey _key, _other;
    private string _clientId = "";

    private protected DpopFlowContract(GapuraServer server) =>
        (_server, _key, _other) = (server, new DpopKey(server, _signer), new DpopKey(server, _thief));

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        _clientId = await SigningClient.Add(_server, new());
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _signer.Dispose();
        _thief.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Tokens_are_bound_to_the_key_that_asked_for_them()
    {
        var tokens = await SignIn();
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        var access = Text(tokens, "access_token");
        Assert.Equal(_key.Thumbprint, CodeFlow.Claims(access).GetProperty("cnf").GetProperty("jkt").GetString());
        var reply = (await _key.UserInfo(access)).IsOk();
        Assert.NotNull(reply["DPoP-Nonce"]);
        (await _server.Get("/oauth/userinfo", ("Authorization", $"dpop {access}"), ("DPoP", _key.Proof("GET", "/oauth/userinfo", access)))).IsOk();
        (await _server.Get("/v1/user/me", ("Authorization", $"DPoP {access}"), ("DPoP", _key.Proof("GET", "/v1/user/me", access)))).IsOk();
        var answer = (await _server.Introspect(access, _server.ResourceApiKey)).IsOk().Json;
        Assert.Equal(("DPoP", _key.Thumbprint), (Text(answer, "token_type"), Text(answer.GetProperty("cnf"), "jkt")));
    }

    [Fact]
    public async Task A_stolen_token_opens_nothing()
    {
        var access = Text(await SignIn(), "access_token");
        foreach (var path in (string[])["/oauth/userinfo", "/v1/user/me"])
        {
            var bearer = await _server.Get(path, ("Authorization", $"Bearer {access}"));
            bearer.IsRefused("invalid_token", "This token is bound to a key: show it as DPoP, with a proof.", 401);
            Assert.Equal("DPoP error=\"invalid_token\", error_description=\"This token is bound to a key: show it as DPoP, with a proof.\", algs=\"ES256 PS256\"", bearer["WWW-Authenticate"]);
            (await _server.Get(path, ("Authorization", $"DPoP {access}"))).IsRefused("invalid_dpop_proof", "DPoP: The DPoP header is missing.", 401);
            (await _server.Get(path, ("Authorization", $"DPoP {access}"), ("DPoP", _other.Proof("GET", path, access)))).IsRefused("invalid_token", "This token is bound to another key than the proof's.", 401);
        }

        (await _key.UserInfo(access, ("ath", "AAAA"))).IsRefused("invalid_dpop_proof", "DPoP: ath is not the hash of the access token.", 401);
        (await _key.UserInfo(access, ("ath", null))).IsRefused("invalid_dpop_proof", 401);
        (await _key.UserInfo(access, ("htm", "POST"))).IsRefused("invalid_dpop_proof", 401);
        (await _key.UserInfo(access, ("htu", "http://localhost:5080/v1/user/me"))).IsRefused("invalid_dpop_proof", 401);
    }

    [Fact]
    public async Task A_bearers_token_is_not_shown_as_a_bound_one()
    {
        var flow = new CodeFlow(_server);
        var tokens = (await flow.Exchange((await flow.ToCallback(("client_id", _clientId)))["code"], changed: ("client_id", _clientId))).IsOk().Json;
        Assert.Equal("Bearer", Text(tokens, "token_type"));
        (await _key.UserInfo(Text(tokens, "access_token"))).IsRefused("invalid_token", 401);
    }

    [Fact]
    public async Task A_proof_is_good_once_and_two_at_a_time_are_none()
    {
        var access = Text(await SignIn(), "access_token");
        var proof = _key.Proof("GET", "/oauth/userinfo", access);
        (await _server.Get("/oauth/userinfo", ("Authorization", $"DPoP {access}"), ("DPoP", proof))).IsOk();
        (await _server.Get("/oauth/userinfo", ("Authorization", $"DPoP {access}"), ("DPoP", proof))).IsRefused("invalid_dpop_proof", "DPoP: It was used before: every request needs its own jti.", 401);
        (await _server.Get("/oauth/userinfo", ("Authorization", $"DPoP {access}"), ("DPoP", _key.Proof("GET", "/oauth/userinfo", access)), ("DPoP", _key.Proof("GET", "/oauth/userinfo", access))))
            .IsRefused("invalid_dpop_proof", 401);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_helped_by_a_nonce_and_one_that_is_very_wrong_by_nothing()
    {
        var access = Text(await SignIn(), "access_token");
        var now = _server.Clock.Now.ToUnixTimeSeconds();
        foreach (var seconds in (int[])[-10, 10]) (await _key.UserInfo(access, ("iat", now + seconds))).IsOk();
        var asked = await _key.UserInfo(access, ("iat", now - 240));
        asked.IsRefused("use_dpop_nonce", 401);
        Assert.StartsWith("DPoP error=\"use_dpop_nonce\"", asked["WWW-Authenticate"], StringComparison.Ordinal);
        var nonce = asked["DPoP-Nonce"]!;
        (await _key.UserInfo(access, ("iat", now - 240), ("nonce", nonce))).IsOk();
        (await _key.UserInfo(access, ("iat", now + 240), ("nonce", nonce))).IsOk();
        (await _key.UserInfo(access, ("iat", now - 301), ("nonce", nonce))).IsRefused("invalid_dpop_proof", 401);
        (await _key.UserInfo(access, ("nonce", Slip.In(nonce)))).IsRefused("use_dpop_nonce", 401);
        (await _key.UserInfo(access, ("nonce", "mine"))).IsRefused("use_dpop_nonce", 401);
        _server.Clock.Pass(TimeSpan.FromMinutes(5));
        var stale = await _key.UserInfo(access, ("nonce", nonce));
        stale.IsRefused("use_dpop_nonce", 401);
        Assert.NotEqual(nonce, stale["DPoP-Nonce"]);
        (await _key.UserInfo(access, ("nonce", stale["DPoP-Nonce"]))).IsOk();
    }

    [Fact]
    public async Task A_code_bound_to_a_key_is_redeemed_by_it_alone()
    {
        var flow = new CodeFlow(_server);
        async Task<string> Code() => (await flow.ToCallback(("client_id", _clientId), ("dpop_jkt", _key.Thumbprint)))["code"];
        (await _other.Token(Redeem(flow, await Code()))).IsRefused("invalid_grant");
        (await _server.PostForm("/oauth/token", Redeem(flow, await Code()))).IsRefused("invalid_grant");
        (await _key.Token(Redeem(flow, await Code()))).IsOk();
    }

    [Fact]
    public async Task A_refresh_token_is_renewed_by_its_key_alone()
    {
        var refresh = Text(await SignIn(), "refresh_token");
        (string, string)[] fields = [("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", _clientId)];
        (await _server.PostForm("/oauth/token", fields)).IsRefused("invalid_grant");
        (await _other.Token(fields)).IsRefused("invalid_grant");
        var renewed = (await _key.Token(fields)).IsOk().Json;
        Assert.Equal("DPoP", Text(renewed, "token_type"));
        (await _key.UserInfo(Text(renewed, "access_token"))).IsOk();
    }

    [Fact]
    public async Task A_bad_proof_spends_no_code()
    {
        var flow = new CodeFlow(_server);
        var fields = Redeem(flow, (await flow.ToCallback(("client_id", _clientId)))["code"]);
        (await _key.Token(fields, ("htm", "GET"))).IsRefused("invalid_dpop_proof");
        (await _server.PostForm("/oauth/token", fields, ("DPoP", "nonsense"))).IsRefused("invalid_dpop_proof", "DPoP: It is not a signed JWT.");
        (await _server.PostForm("/oauth/token", fields, ("DPoP", ""))).IsRefused("invalid_dpop_proof");
        var asked = await _key.Token(fields, ("iat", _server.Clock.Now.ToUnixTimeSeconds() - 120));
        asked.IsRefused("use_dpop_nonce");
        (await _key.Token(fields, ("iat", _server.Clock.Now.ToUnixTimeSeconds() - 120), ("nonce", asked["DPoP-Nonce"]))).IsOk();
    }

    [Fact]
    public async Task Who_registered_bound_tokens_gets_no_others_and_who_follows_FAPI_always_shows_a_nonce()
    {
        var flow = new CodeFlow(_server);
        var bound = await SigningClient.Add(_server, new() { DpopBound = true });
        var fields = Redeem(flow, (await flow.ToCallback(("client_id", bound)))["code"]).Where(f => f.Name != "client_id").Append(("client_id", bound)).ToList();
        (await _server.PostForm("/oauth/token", fields)).IsRefused("invalid_dpop_proof");
        (await _key.Token(fields)).IsOk();

        using var signer = Signer.Es256();
        var fapi = await SigningClient.Register(_server, signer, s => s with { RequirePushedRequests = true, DpopBound = true });
        (string, string)[] asking = [("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", CodeFlow.Callback), ("client_assertion_type", SigningClient.AssertionType)];
        var asked = await _key.Token([.. asking, ("client_assertion", fapi.Assertion())]);
        asked.IsRefused("use_dpop_nonce");
        (await _key.Token([.. asking, ("client_assertion", fapi.Assertion())], ("nonce", asked["DPoP-Nonce"]))).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Who_registers_bound_tokens_later_has_what_was_given_before_bound_at_its_renewal()
    {
        var flow = new CodeFlow(_server);
        var clientId = await SigningClient.Add(_server, new());
        var fields = Redeem(flow, (await flow.ToCallback(("client_id", clientId)))["code"]).Where(f => f.Name != "client_id").Append(("client_id", clientId)).ToList();
        var refresh = (await _server.PostForm("/oauth/token", fields)).NextRefreshToken();
        Assert.True(await _server.Get<Gapura.Platforms.PlatformRegister>().SetClient(clientId, c => c with { DpopBound = true }, TestContext.Current.CancellationToken));
        await _server.Follow();

        (string, string)[] Renewal(string token) => [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", clientId)];
        var renewed = await _key.Token(Renewal(refresh));
        Assert.Equal("DPoP", Text(renewed.IsOk().Json, "token_type"));
        (await _key.UserInfo(Text(renewed.Json, "access_token"))).IsOk();
        (await _other.Token(Renewal(renewed.NextRefreshToken()))).IsRefused("invalid_grant");
        (await _key.Token(Renewal(renewed.NextRefreshToken()))).IsOk();
    }

    [Fact]
    public async Task A_partners_page_may_send_a_proof_and_read_the_nonce()
    {
        var allowed = await _server.Send(HttpMethod.Options, "/oauth/token", null, ("Origin", GapuraServer.Domain), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,dpop"));
        Assert.Equal("content-type,dpop", allowed["Access-Control-Allow-Headers"]);
        var reply = await _server.Send(HttpMethod.Get, "/oauth/userinfo", null, ("Origin", GapuraServer.Domain));
        Assert.Equal("DPoP-Nonce,WWW-Authenticate", reply["Access-Control-Expose-Headers"]);
    }

    [Fact]
    public async Task A_nonce_of_one_node_is_known_to_all_and_nothing_is_stored()
    {
        var rows = await _server.Rows();
        var nonces = _server.Get<DpopNonces>();
        Assert.True(nonces.IsFresh(nonces.Current()));
        Assert.Equal(nonces.Current(), new DpopNonces(_server.Get<Gapura.Storage.HandleKeys>(), _server.Clock).Current());
        foreach (var bad in (string[])["", ".", "1.a", nonces.Current() + "0", "99999999999." + new string('0', 32), "-1." + new string('0', 32)]) Assert.False(nonces.IsFresh(bad));
        Assert.Equal(rows, await _server.Rows());
    }

    private async Task<JsonElement> SignIn()
    {
        var flow = new CodeFlow(_server);
        return (await _key.Token(Redeem(flow, (await flow.ToCallback(("client_id", _clientId)))["code"]))).IsOk().Json;
    }

    private List<(string Name, string Value)> Redeem(CodeFlow flow, string code) =>
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CodeFlow.Callback), ("code_verifier", flow.Verifier), ("client_id", _clientId)];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}

public sealed class DpopFlowOnSqlite(ServerOn<SqliteStore> on) : DpopFlowContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class DpopFlowOnPostgres(ServerOn<PostgresStore> on) : DpopFlowContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;
