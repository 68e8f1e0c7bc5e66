using System.Text.Json;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Authenticator;

/// <summary>A person sees every sign-in in their name and shuts the one that was not theirs.</summary>
public abstract class SignInHistoryContract : IAsyncLifetime
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0";
    private readonly GapuraServer _server;
    private readonly Phone _phone = new();
    private Browser _own = null!;
    private string _username = "";

    private protected SignInHistoryContract(GapuraServer server) => _server = server;

    public async ValueTask InitializeAsync()
    {
        _username = "orang" + Gapura.Kernel.PublicId.New(TimeProvider.System);
        await _server.Enrol(await _server.AddAccount(_username), _phone);
        _own = await Opened(_phone);
    }

    public ValueTask DisposeAsync()
    {
        _phone.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_sign_in_by_phone_is_seen_with_its_platform_and_its_phone()
    {
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()), _phone)).IsOk();
        var seen = Assert.Single(await _own.SignIns());
        var id = seen.Text("id");
        Assert.Equal($$"""{"id":"{{id}}","at":{{_server.Clock.Now.ToUnixTimeSeconds()}},"platform":{"clientId":"client-1","name":"TauTauBeres.id","domain":"https://tautauberes.id"},"outcome":"approved","door":"qr","browser":null,"system":null,"country":null,"network":"127.0.0.0/8","device":"Ponsel","standing":true}""", seen.GetRawText());
    }

    [Fact]
    public async Task A_sign_in_by_password_at_a_platform_is_seen_with_its_browser()
    {
        var browser = new Browser(_server);
        await SignInAtPlatform(browser, ("User-Agent", Firefox));
        Assert.Equal(("approved", "password", "Firefox", "Windows", "127.0.0.0/8", true, "client-1"), Summary(Assert.Single(await _own.SignIns())));

        // The same browser again, confirmed without the password.
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await browser.Submit(await browser.OpenPopup(await _server.Ticket()))).Message();
        Assert.Equal(2, (await _own.SignIns()).Length);
    }

    [Fact]
    public async Task Our_own_sign_in_page_is_a_platform_too()
    {
        var browser = new Browser(_server);
        (await browser.SignIn(_username)).IsSeeOther("/account");
        var seen = Assert.Single(await _own.SignIns());
        Assert.Equal(("gapura", "Gapura", "http://localhost:5080"), (seen.GetProperty("platform").Text("clientId"), seen.GetProperty("platform").Text("name"), seen.GetProperty("platform").Text("domain")));
        Assert.True(seen.GetProperty("standing").GetBoolean());
        await browser.Post("/sign-out");
        Assert.False(Assert.Single(await _own.SignIns()).GetProperty("standing").GetBoolean());
    }

    [Fact]
    public async Task What_is_over_does_not_stand()
    {
        await SignInAtPlatform(new Browser(_server));
        Assert.True(Assert.Single(await _own.SignIns()).GetProperty("standing").GetBoolean());

        // A popup hands out an access token alone.
        _server.Clock.Pass(TimeSpan.FromHours(1));
        Assert.False(Assert.Single(await _own.SignIns()).GetProperty("standing").GetBoolean());
    }

    [Fact]
    public async Task The_last_fifty_are_seen_newest_first_and_nobody_elses()
    {
        for (var i = 0; i < 52; i++)
        {
            _server.Clock.Pass(TimeSpan.FromSeconds(1));
            (await _server.Approve(await _server.Open(QrSteps.NewNonce()), _phone)).IsOk();
        }

        var seen = await _own.SignIns();
        var newest = _server.Clock.Now.ToUnixTimeSeconds();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => newest - i), seen.Select(s => s.GetProperty("at").GetInt64()));
        Assert.Empty((await (await Opened(_server.Phone)).SignIns()).Select(s => s.Text("id")).Intersect(seen.Select(s => s.Text("id"))));
    }

    [Fact]
    public async Task A_reported_sign_in_by_phone_is_shut_at_once_and_alone()
    {
        var wrong = await _server.Approve(await _server.Open(QrSteps.NewNonce()), _phone);
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        var right = await _server.Approve(await _server.Open(QrSteps.NewNonce()), _phone);
        var id = (await _own.SignIns())[1].Text("id");
        (await _own.Report(id)).Is(200, """{"revoked":true}""");
        (await Refresh(wrong)).IsRefused("invalid_grant");
        (await Introspect(wrong)).Is(200, """{"active":false}""");
        (await Refresh(right)).IsOk();
        var seen = await _own.SignIns();
        Assert.Equal([("approved", true), ("reported", false)], seen.Select(s => (s.Text("outcome"), s.GetProperty("standing").GetBoolean())));
        (await _own.Get("/v1/phone")).IsOk();
    }

    [Fact]
    public async Task A_reported_password_ends_every_session_but_the_phones_that_reports()
    {
        var thief = new Browser(_server) { Accept = "application/json" };
        await SignInAtPlatform(thief);
        (await thief.Get("/v1/phone")).IsOk();
        (await _own.Report(Assert.Single(await _own.SignIns()).Text("id"))).IsOk();
        (await thief.Get("/v1/phone")).IsRefused("not_signed_in", 401);
        (await _own.Get("/v1/phone")).IsOk();
    }

    [Fact]
    public async Task A_reported_screen_of_our_own_page_is_signed_out()
    {
        var screen = new Browser(_server) { Accept = "application/json" };
        var collected = await _server.SignIn(new LiveScreen(_server, "gapura"), _phone);
        (await screen.Post("/sign-in/phone", ("accessToken", collected.AccessToken()))).IsSeeOther("/account");
        (await screen.Get("/v1/phone")).IsOk();
        var seen = Assert.Single(await _own.SignIns());
        Assert.Equal(("gapura", "qr", "Ponsel"), (seen.GetProperty("platform").Text("clientId"), seen.Text("door"), seen.Text("device")));
        (await _own.Report(seen.Text("id"))).IsOk();
        (await screen.Get("/v1/phone")).IsRefused("not_signed_in", 401);
        (await _own.Get("/v1/phone")).IsOk();
    }

    [Fact]
    public async Task A_session_that_a_password_opened_ends_with_the_others_it_reports()
    {
        var browser = new Browser(_server) { Accept = "application/json" };
        await browser.PhoneSignIn(_username);
        (await browser.Report(Assert.Single(await browser.SignIns()).Text("id"))).IsOk();
        (await browser.Get("/v1/phone")).IsRefused("not_signed_in", 401);
        (await _own.Get("/v1/phone")).IsRefused("not_signed_in", 401);
    }

    [Fact]
    public async Task Reporting_twice_or_16_times_at_once_is_written_down_once()
    {
        await _server.Approve(await _server.Open(QrSteps.NewNonce()), _phone);
        var id = Assert.Single(await _own.SignIns()).Text("id");
        var before = await Reports();
        foreach (var reply in await AtOnce.Run(16, _ => _own.Report(id))) reply.Is(200, """{"revoked":true}""");
        (await _own.Report(id)).Is(200, """{"revoked":true}""");
        Assert.Equal(before + 1, await Reports());
    }

    [Fact]
    public async Task Nobody_reports_anothers_sign_in_nor_one_that_is_none()
    {
        var theirs = await _server.Approve(await _server.Open(QrSteps.NewNonce()), _server.Phone);
        var id = (await (await Opened(_server.Phone)).SignIns())[0].Text("id");
        await _server.Approve(await _server.Open(QrSteps.NewNonce()), _phone);
        var mine = Assert.Single(await _own.SignIns()).Text("id");
        (await _own.Report(mine)).IsOk();
        foreach (var other in (string[])[id, mine + "-reported", "x", "%20", "'", new string('x', 100)]) (await _own.Report(other)).IsRefused("not_found", 404);
        (await Refresh(theirs)).IsOk();
    }

    private static (string, string, string?, string?, string?, bool, string) Summary(JsonElement s) =>
        (s.Text("outcome"), s.Text("door"), s.Text("browser"), s.Text("system"), s.Text("network"), s.GetProperty("standing").GetBoolean(), s.GetProperty("platform").Text("clientId"));

    private async Task<Browser> Opened(Phone phone)
    {
        var browser = new Browser(_server) { Accept = "application/json" };
        (await browser.OpenPhone(phone)).IsOk();
        return browser;
    }

    private async Task SignInAtPlatform(Browser browser, params (string, string)[] headers)
    {
        var ticket = await _server.Ticket();
        await browser.OpenPopup(ticket);
        var body = $"token={ticket}&username={_username}&password={Uri.EscapeDataString(GapuraServer.Password)}";
        (await browser.Send(HttpMethod.Post, "/seamlesslogin/sign-in", QrSteps.Bytes(body), "application/x-www-form-urlencoded", headers)).Message();
    }

    private Task<Reply> Refresh(Reply signedIn) =>
        _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", signedIn.RefreshToken()), ("client_id", GapuraServer.ClientId)]);

    private Task<Reply> Introspect(Reply signedIn) =>
        _server.PostForm("/oauth/introspect", [("token", signedIn.AccessToken())], ("beacukai-api-key", _server.ApiKey));

    private Task<long> Reports() => _server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM audit WHERE action = 'sign_in.reported'"), TestContext.Current.CancellationToken);
}

public sealed class SignInHistoryOnSqlite(ServerOn<SqliteStore> on) : SignInHistoryContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class SignInHistoryOnPostgres(ServerOn<PostgresStore> on) : SignInHistoryContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;
