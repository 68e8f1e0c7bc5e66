using Gapura.OpenId.Ciba;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>CIBA over HTTP: a platform asks, the person's phone decides, the platform has its tokens, once.</summary>
public abstract class CibaFlowContract : IAsyncLifetime
{
    private readonly GapuraServer _server;
    private CibaFlow _flow = null!;

    private protected CibaFlowContract(GapuraServer server) => _server = server;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(16));
        _flow = await CibaFlow.Register(_server);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_platform_asks_the_phone_approves_and_the_platform_has_its_tokens()
    {
        var reply = (await (await CibaFlow.Register(_server)).Ask()).IsOk();
        Assert.Equal(["auth_req_id", "expires_in", "interval"], reply.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(("no-store", 120, 5), (reply["Cache-Control"], reply.Json.GetProperty("expires_in").GetInt32(), reply.Json.GetProperty("interval").GetInt32()));

        await _flow.Open();
        (await _flow.Poll()).IsRefused("authorization_pending");
        (await _flow.Decide()).Is(200, """{"decision":"approved"}""");
        var tokens = (await _flow.PollInTime()).IsOk();
        Assert.Equal(["access_token", "token_type", "expires_in", "refresh_token", "id_token", "scope"], tokens.Json.EnumerateObject().Select(m => m.Name));
        var claims = CodeFlow.Claims(tokens.Json.GetProperty("id_token").GetString()!);
        Assert.Equal((_server.Account.Id, _flow.ClientId, "swk", "urn:gapura:acr:phone"), (
            claims.GetProperty("sub").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("amr")[0].GetString(), claims.GetProperty("acr").GetString()));
        (await _flow.PollInTime()).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task The_phone_is_told_who_asks_for_what_and_with_which_message()
    {
        await _flow.Open(("requested_expiry", "300"));
        var shown = await _flow.Pending();
        Assert.Equal(["id", "openedAt", "expires", "platform", "message", "scope"], shown.EnumerateObject().Select(m => m.Name));
        Assert.Equal($$"""{"clientId":"{{_flow.ClientId}}","name":"Bank Teluk","company":"PT Bank Teluk","domain":"https://bank.example.com"}""", shown.GetProperty("platform").GetRawText());
        Assert.Equal(("W4SCT", """["openid","profile","offline_access"]""", 300), (
            shown.GetProperty("message").GetString(), shown.GetProperty("scope").GetRawText(), shown.GetProperty("expires").GetInt64() - shown.GetProperty("openedAt").GetInt64()));
        (await _server.Get("/v1/phone/requests")).IsRefused("not_signed_in", 401);
    }

    [Theory]
    [InlineData("decline")]
    [InlineData("report")]
    public async Task Whoever_declines_gives_nothing_away(string decision)
    {
        await _flow.Open();
        (await _flow.Decide(decision)).Is(200, """{"decision":"declined"}""");
        (await _flow.Poll()).IsRefused("access_denied");
        (await _flow.PollInTime()).IsRefused("access_denied");
    }

    [Fact]
    public async Task Of_16_polls_at_once_one_has_the_tokens_and_they_last()
    {
        await _flow.Open();
        await _flow.Decide();
        var replies = await AtOnce.Run(16, _ => _flow.Poll());
        var tokens = Assert.Single(replies, r => r.Status == 200).Json;
        Assert.All(replies.Where(r => r.Status != 200), r => r.IsRefused("slow_down"));
        Assert.True((await _server.Introspect(tokens.GetProperty("access_token").GetString()!, _server.ResourceApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_yes_and_a_no_at_once_end_in_one_of_them_and_its_own_phone_hears_it_again()
    {
        await _flow.Open();
        var shown = await _flow.Pending();
        var id = shown.GetProperty("id").GetString()!;
        string[] words = ["approve", "decline"];
        var replies = await AtOnce.Run(8, i => _flow.Send(id, words[i % 2], _server.Phone, CibaFlow.Signed(shown, words[i % 2])));
        var decided = Assert.Single(replies.Where(r => r.Status == 200).Select(r => r.Text).Distinct());
        Assert.Equal(4, replies.Count(r => r.Status == 200));
        Assert.All(replies.Where(r => r.Status != 200), r => r.IsRefused("not_found", 404));
        if (decided.Contains("approved", StringComparison.Ordinal)) (await _flow.Poll()).IsOk();
        else (await _flow.Poll()).IsRefused("access_denied");
    }

    [Fact]
    public async Task A_signature_over_anything_else_decides_nothing()
    {
        await _flow.Open();
        var shown = await _flow.Pending();
        var (id, right) = (shown.GetProperty("id").GetString()!, CibaFlow.Signed(shown, "approve"));
        foreach (var wrong in (string[])[CibaFlow.Signed(shown, "decline"), Slip.In(right), right.Replace(".request:", ".scan:"), right.Replace(id, Slip.In(id)), id, ""])
            (await _flow.Send(id, "approve", _server.Phone, wrong)).IsRefused("invalid_signature");
        (await _flow.Send(id, "perhaps", _server.Phone, right)).IsRefused("invalid_request");
        (await _flow.Browser.Post("/v1/phone/requests/" + id, ("decision", "approve"), ("publicKey", "04"), ("signature", "00"))).IsRefused("invalid_request");
        (await _flow.Send(Slip.In(id), "approve", _server.Phone, right)).IsRefused("not_found", 404);
        (await _flow.Poll()).IsRefused("authorization_pending");
    }

    [Fact]
    public async Task Nobody_elses_phone_and_nobody_elses_session_decides()
    {
        await _flow.Open();
        var shown = await _flow.Pending();
        var (id, signed) = (shown.GetProperty("id").GetString()!, CibaFlow.Signed(shown, "approve"));
        using Phone unknown = new(), foreign = new(), revoked = new();
        var other = await _server.AddAccount("oranglain" + id[^6..].ToLowerInvariant());
        await _server.Enrol(other, foreign);
        var gone = await _server.Enrol(_server.Account, revoked);
        await _server.Get<Gapura.Devices.DeviceRegister>().Revoke(gone, null, Gapura.Audit.Hand.Operator, TestContext.Current.CancellationToken);
        var replies = new List<Reply>();
        foreach (var phone in (Phone[])[unknown, foreign, revoked]) replies.Add((await _flow.Send(id, "approve", phone, signed)).IsRefused("invalid_key"));
        Assert.Single(replies.Select(r => r.Outside).Distinct());

        var browser = new Browser(_server);
        await browser.SignIn(other.Username);
        Assert.Equal("[]", (await browser.Get("/v1/phone/requests")).IsOk().Text);
        (await browser.Post("/v1/phone/requests/" + id, ("decision", "approve"), ("publicKey", _server.Phone.PublicKey), ("signature", _server.Phone.Sign(signed)))).IsRefused("not_found", 404);
        (await _flow.Poll()).IsRefused("authorization_pending");
    }

    [Fact]
    public async Task A_hint_that_fits_nobody_is_answered_like_one_whose_owner_does_not_look()
    {
        var noPhone = await _server.AddAccount("tanpaponsel" + _flow.ClientId);
        var disabled = await _server.AddAccount("ditutup" + _flow.ClientId);
        using var phone = new Phone();
        await _server.Enrol(disabled, phone);
        await _server.Disable(disabled);
        foreach (var hint in (string[])[GapuraServer.Username, "tidakada", noPhone.Username, disabled.Username, "\u0000", "a b c", new string('x', 8000)])
        {
            var flow = await CibaFlow.Register(_server);
            var asked = (await flow.Ask(("login_hint", hint))).IsOk().Json;
            Assert.Equal(["auth_req_id", "expires_in", "interval"], asked.EnumerateObject().Select(m => m.Name));
            await flow.Open(("login_hint", hint));
            (await flow.Poll()).IsRefused("authorization_pending");
            _server.Clock.Pass(TimeSpan.FromSeconds(120));
            (await flow.Poll()).IsRefused("expired_token");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pairwise")]
    public async Task An_ID_token_of_its_own_names_the_person_even_long_after_and_nobody_elses_does(string? subjectType)
    {
        var flow = await CibaFlow.Register(_server, s => s with { SubjectType = subjectType });
        await flow.Open();
        await flow.Decide();
        var idToken = (await flow.Poll()).IsOk().Json.GetProperty("id_token").GetString()!;
        _server.Clock.Pass(TimeSpan.FromMinutes(30));
        await flow.Open(("login_hint", null), ("id_token_hint", idToken));
        (await flow.Decide()).IsOk();
        (await flow.Poll()).IsOk();
        foreach (var wrong in (string[])[idToken + "x", idToken[..^4] + "AAAA", "a.b.c", _server.ApiKey])
            (await flow.Ask(("login_hint", null), ("id_token_hint", wrong))).IsRefused("invalid_request");
        (await _flow.Ask(("login_hint", null), ("id_token_hint", idToken))).IsRefused("invalid_request");
        (await flow.Ask(("id_token_hint", idToken))).IsRefused("invalid_request");
    }

    [Fact]
    public async Task Keys_that_sign_in_as_the_person_are_never_asked_for_by_way_of_a_phone()
    {
        await _flow.Open(("scope", "openid keys_op profile"));
        Assert.Equal("""["openid","profile"]""", (await _flow.Pending()).GetProperty("scope").GetRawText());
    }

    [Fact]
    public async Task One_persons_phone_is_asked_ten_times_in_a_quarter_of_an_hour_and_so_is_nobodys()
    {
        foreach (var hint in (string[])[GapuraServer.Username, "tidakada"])
        {
            for (var i = 0; i < 10; i++) (await _flow.Ask(("login_hint", hint))).IsOk();
            Assert.Equal("900", (await _flow.Ask(("login_hint", hint.ToUpperInvariant()))).IsRefused("too_many_attempts", 429)["Retry-After"]);
        }

        (await (await CibaFlow.Register(_server)).Ask()).IsOk();
    }

    [Fact]
    public async Task A_decision_after_its_time_is_none_and_what_was_approved_is_fetched_a_while()
    {
        await _flow.Open(("requested_expiry", "30"));
        var shown = await _flow.Pending();
        _server.Clock.Pass(TimeSpan.FromSeconds(30));
        (await _flow.Send(shown.GetProperty("id").GetString()!, "approve", _server.Phone, CibaFlow.Signed(shown, "approve"))).IsRefused("not_found", 404);
        (await _flow.Poll()).IsRefused("expired_token");

        await _flow.Open();
        await _flow.Decide();
        _server.Clock.Pass(TimeSpan.FromSeconds(120) + TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await _flow.Poll()).IsOk();
        await _server.Get<BackChannelRequests>().Sweep(_server.Clock.Now + TimeSpan.FromHours(2), TestContext.Current.CancellationToken);
        (await _flow.PollInTime()).IsRefused("invalid_grant");
    }

    [Theory]
    [InlineData("scope", "profile", "invalid_request")]
    [InlineData("scope", null, "invalid_request")]
    [InlineData("login_hint", null, "invalid_request")]
    [InlineData("id_token_hint", "a.b.c", "invalid_request")]
    [InlineData("login_hint_token", "x", "invalid_request")]
    [InlineData("request", "x", "request_not_supported")]
    [InlineData("binding_message", "", "invalid_binding_message")]
    [InlineData("binding_message", " W4SCT", "invalid_binding_message")]
    [InlineData("binding_message", "two\nlines", "invalid_binding_message")]
    [InlineData("binding_message", "two\u2028lines", "invalid_binding_message")]
    [InlineData("binding_message", "W4\u202eTCS", "invalid_binding_message")]
    [InlineData("binding_message", "W4\u200bSCT", "invalid_binding_message")]
    [InlineData("binding_message", "12345678901234567890123456789012345678901234567890123456789012345", "invalid_binding_message")]
    [InlineData("requested_expiry", "0", "invalid_request")]
    [InlineData("requested_expiry", "-5", "invalid_request")]
    [InlineData("requested_expiry", "soon", "invalid_request")]
    public async Task What_is_not_asked_rightly_is_not_asked(string name, string? value, string code)
    {
        var rows = await _server.Rows();
        (await _flow.Ask((name, value))).IsRefused(code);
        Assert.Equal(rows, await _server.Rows());
    }

    [Fact]
    public async Task Only_a_platform_that_registered_for_it_and_proves_who_it_is_may_ask()
    {
        (await _flow.Ask(("client_secret", null))).IsRefused("invalid_client", 401);
        (await _flow.Ask(("client_secret", _server.ApiKey))).IsRefused("invalid_client", 401);
        (await _flow.Ask(("client_id", GapuraServer.ClientId), ("client_secret", _server.ApiKey))).IsRefused("unauthorized_client");
        await _flow.Open();
        await _flow.Decide();
        var other = await CibaFlow.Register(_server);
        (await other.Poll(("auth_req_id", _flow.RequestId))).IsRefused("invalid_grant");
        (await _flow.Poll(("client_secret", null))).IsRefused("invalid_client", 401);
        (await _flow.Poll(("auth_req_id", null))).IsRefused("invalid_request");
        (await _flow.Poll()).IsOk();
    }

    [Fact]
    public async Task Revoking_the_phone_before_the_tokens_were_fetched_leaves_none_to_fetch()
    {
        using var phone = new Phone();
        var id = await _server.Enrol(_server.Account, phone);
        await _flow.Open();
        (await _flow.Decide(phone: phone)).IsOk();
        await _server.Get<Gapura.Devices.DeviceRegister>().Revoke(id, null, Gapura.Audit.Hand.Operator, TestContext.Current.CancellationToken);
        (await _flow.Poll()).IsRefused("access_denied");
    }
}

public sealed class CibaFlowOnSqlite(ServerOn<SqliteStore> on) : CibaFlowContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class CibaFlowOnPostgres(ServerOn<PostgresStore> on) : CibaFlowContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;
