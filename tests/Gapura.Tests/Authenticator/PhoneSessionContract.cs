using Gapura.Audit;
using Gapura.Devices;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Authenticator;

/// <summary>A phone signs itself in, with the password the first time and with its key ever after.</summary>
public abstract class PhoneSessionContract
{
    private const string Me = """{"account":{"name":"Coba Jualan","username":"cobajualan"}}""";
    private readonly GapuraServer _server;
    private readonly Browser _browser;

    private protected PhoneSessionContract(GapuraServer server) => (_server, _browser) = (server, new Browser(server) { Accept = "application/json" });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_opens_a_session()
    {
        (await _browser.Get("/v1/phone")).IsRefused("not_signed_in", 401);
        var reply = (await _browser.PhoneSignIn()).Is(200, Me);
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Contains("httponly", _browser.Told["gapura-session"], StringComparison.OrdinalIgnoreCase);
        var shown = (await _browser.Get("/v1/phone")).IsOk().Json;
        Assert.Equal(("Coba Jualan", "cobajualan"), (shown.GetProperty("account").Text("name"), shown.GetProperty("account").Text("username")));
        Assert.True(shown.TryGetProperty("pushKey", out _));
        (await _browser.Post("/v1/devices/challenge")).IsOk();
    }

    [Fact]
    public async Task A_wrong_pair_is_403_and_too_many_are_429_with_the_time_to_wait()
    {
        await using var own = await GapuraServer.Start();
        var browser = new Browser(own);
        for (var i = 0; i < 10; i++) (await browser.PhoneSignIn(password: $"tebakan {i}")).IsRefused("wrong_password", "The user name or the password is not right.", 403);
        var reply = (await browser.PhoneSignIn()).IsRefused("too_many_attempts", 429);
        Assert.Equal("900", reply["Retry-After"]);
        own.Clock.Pass(TimeSpan.FromMinutes(15));
        (await browser.PhoneSignIn()).Is(200, Me);
        Assert.Equal((await browser.PhoneSignIn("nobody", "x")).Outside, (await browser.PhoneSignIn(password: "x")).Outside);
    }

    [Fact]
    public async Task An_enrolled_key_opens_a_session_that_ends_with_the_phone()
    {
        using var phone = new Phone();
        var device = await _server.Enrol(_server.Account, phone);
        var challenge = await _browser.PhoneChallenge(phone);
        Assert.Matches("^nu\\.id\\.phone:1:[0-9a-f]{16}:[0-9a-f]{58}:[0-9]{10}$", challenge);
        (await _browser.PhoneSession(phone, challenge)).Is(200, Me);
        (await _browser.Get("/v1/phone")).IsOk();
        var other = new Browser(_server) { Accept = "application/json" };
        await other.SignIn();
        Assert.Equal(204, (await other.Send(HttpMethod.Delete, $"/v1/devices/{device}", null, null)).Status);
        (await _browser.Get("/v1/phone")).IsRefused("not_signed_in", 401);
        (await _browser.OpenPhone(phone)).IsRefused("invalid_key");
    }

    [Fact]
    public async Task A_challenge_opens_one_session_even_when_asked_16_times_at_once()
    {
        var challenge = await _browser.PhoneChallenge(_server.Phone);
        var signature = _server.Phone.Sign(challenge);
        var replies = await AtOnce.Run(16, _ => new Browser(_server).PhoneSession(_server.Phone, challenge, signature));
        Assert.Equal((1, 15), (replies.Count(r => r.Status == 200), replies.Count(r => r.Status == 400 && r.Error == "invalid_proof")));
        (await _browser.PhoneSession(_server.Phone, challenge)).IsRefused("invalid_proof");
    }

    [Fact]
    public async Task A_challenge_lives_five_minutes()
    {
        var (first, second) = (await _browser.PhoneChallenge(_server.Phone), await _browser.PhoneChallenge(_server.Phone));
        _server.Clock.Pass(DeviceChallenges.Lifetime - TimeSpan.FromSeconds(1));
        (await _browser.PhoneSession(_server.Phone, first)).IsOk();
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await _browser.PhoneSession(_server.Phone, second)).IsRefused("invalid_proof");
    }

    [Fact]
    public async Task Nothing_tells_whether_a_key_is_enrolled_before_it_has_signed()
    {
        using Phone unknown = new(), revoked = new();
        await _server.Get<DeviceRegister>().Revoke(await _server.Enrol(_server.Account, revoked), accountId: null, Hand.Operator, Ct);
        foreach (var phone in (Phone[])[_server.Phone, unknown, revoked])
        {
            var challenge = await _browser.PhoneChallenge(phone);
            (await _browser.PhoneSession(phone, challenge, signature: "3006020101020101")).IsRefused("invalid_signature");
            (await _browser.PhoneSession(phone, challenge, signature: "")).IsRefused("invalid_signature");
        }

        var rows = await _server.Rows();
        Assert.Equal((await _browser.OpenPhone(unknown)).Outside, (await _browser.OpenPhone(revoked)).Outside);
        (await _browser.OpenPhone(unknown)).IsRefused("invalid_key");
        Assert.Equal(rows, await _server.Rows());
    }

    [Fact]
    public async Task Anything_but_a_live_challenge_for_this_very_key_is_no_proof()
    {
        using var other = new Phone();
        await _browser.SignIn();
        var mine = await _browser.PhoneChallenge(_server.Phone);
        var enrol = (await _browser.Post("/v1/devices/challenge")).Json.Text("challenge");
        var parts = mine.Split(':');
        var altered = Enumerable.Range(0, mine.Length).Select(at => mine[..at] + (mine[at] == '0' ? '1' : '0') + mine[(at + 1)..]);

        // Of the enrolment's challenge the prefix, the subject, and both: the tag is of another key.
        var (e, session) = (enrol.Split(':'), await _server.Open(QrSteps.NewNonce()));
        foreach (var challenge in (string[])
        [
            "", "x", session, enrol, $"nu.id.phone:1:{e[2]}:{e[3]}:{e[4]}", $"nu.id.phone:1:{parts[2]}:{e[3]}:{e[4]}", $"nu.id.enrol:1:{parts[2]}:{parts[3]}:{parts[4]}",
            await _browser.PhoneChallenge(other), mine + " ", mine.ToUpperInvariant(), .. altered,
        ])
            (await _browser.PhoneSession(_server.Phone, challenge)).IsRefused("invalid_proof");
        (await _browser.PhoneSession(_server.Phone, mine, signature: _server.Phone.Sign(session))).IsRefused("invalid_signature");
        (await _browser.PhoneSession(_server.Phone, mine, signature: other.Sign(mine))).IsRefused("invalid_signature");
        (await _browser.PhoneSession(_server.Phone, mine)).IsOk();
    }

    [Fact]
    public async Task A_signature_for_a_session_enrols_nothing_and_signs_in_nowhere()
    {
        using var phone = new Phone();
        await _browser.SignIn();
        var challenge = await _browser.PhoneChallenge(phone);
        (await _browser.PostJson("/v1/devices", new { name = "x", publicKey = phone.PublicKey, challenge, signature = phone.Sign(challenge) })).IsRefused("invalid_proof");
        (await _server.Approve(await _browser.PhoneChallenge(_server.Phone))).IsRefused("invalid_session");
    }

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("zz")]
    public async Task A_key_has_its_form(string publicKey)
    {
        (await _browser.PostJson("/v1/phone/challenge", new { publicKey })).IsRefused("invalid_request");
        (await _browser.PostJson("/v1/phone/session", new { publicKey, challenge = "x", signature = "x" })).IsRefused("invalid_request");
    }

    [Theory]
    [InlineData("/v1/phone/sign-in")]
    [InlineData("/v1/phone/challenge")]
    [InlineData("/v1/phone/session")]
    [InlineData("/v1/phone/sign-ins/x/report")]
    public async Task Another_site_gets_nowhere(string path)
    {
        await _browser.SignIn();
        foreach (var (fetchSite, origin) in ((string?, string?)[])[("cross-site", null), ("same-site", null), (null, "https://evil.example")])
        {
            (_browser.FetchSite, _browser.Origin) = (fetchSite, origin);
            (await _browser.PostJson(path, new { username = GapuraServer.Username, password = GapuraServer.Password, publicKey = _server.Phone.PublicKey }))
                .IsRefused("foreign_form", "This form was not sent from our own page.", 403);
        }
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_sees_or_reports_anything()
    {
        foreach (var reply in (Reply[])[await _browser.Get("/v1/phone"), await _browser.Get("/v1/phone/sign-ins"), await _browser.Report("x")])
            reply.IsRefused("not_signed_in", "Sign in first.", 401);
    }
}

public sealed class PhoneSessionOnSqlite(ServerOn<SqliteStore> on) : PhoneSessionContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class PhoneSessionOnPostgres(ServerOn<PostgresStore> on) : PhoneSessionContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;
