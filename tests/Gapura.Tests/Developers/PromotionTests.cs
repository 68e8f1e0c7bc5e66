using Gapura.Audit;
using Gapura.Tests.OpenId;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Developers;

/// <summary>A sandbox becomes a platform in one step.</summary>
public abstract class PromotionContract : IAsyncLifetime
{
    private readonly GapuraServer _server;
    private readonly SandboxSteps _sandbox;

    private protected PromotionContract(GapuraServer server, string database) => (_server, _sandbox) = (server, new SandboxSteps(server, database));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(61));
        await _sandbox.Make("--redirect-uri", CodeFlow.Callback, "--grant-type", DeviceFlow.GrantType);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Real_people_sign_in_from_now_on_and_test_people_do_not()
    {
        var key = await _sandbox.Promote();
        var browser = new Browser(_server);
        var page = await browser.OpenPopup(await _server.Ticket(key));
        (await browser.SignInAt(page, _sandbox.Username, _sandbox.Password)).IsPage("The user name or the password is not right.", 403);
        var (_, _, message) = (await browser.SignInAt(page)).Message();
        Assert.Equal(_server.Issuer, CodeFlow.Claims(SeamlessSteps.AccessTokenOf(message)).GetProperty("aud").GetString());
        (await _server.Approve(await _server.Open(QrSteps.NewNonce(), _sandbox.ClientId), await _sandbox.Phone())).IsRefused("invalid_key");
        (await _server.Approve(await _server.Open(QrSteps.NewNonce(), _sandbox.ClientId))).IsOk();
    }

    [Fact]
    public async Task The_key_of_the_trial_is_dead_and_so_are_the_tickets_it_fetched()
    {
        var ticket = await _server.Ticket(_sandbox.ApiKey);
        var live = await _sandbox.Promote();
        Assert.NotEqual(_sandbox.ApiKey, live);
        (await _server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", _sandbox.ApiKey))).Is(403, SeamlessSteps.NotValid);
        (await _server.Get("/seamlesslogin/?token=" + ticket)).Is(403, SeamlessSteps.NotValid);
        await _server.Ticket(live);
    }

    [Fact]
    public async Task Whatever_test_people_had_open_there_is_over()
    {
        var phone = await _sandbox.Phone();
        var (collected, approved) = (QrSteps.NewNonce(), QrSteps.NewNonce());
        var ofPhone = (await _server.Approve(await _server.Open(collected, _sandbox.ClientId), phone)).IsOk();
        var ofScreen = (await _server.Ask(collected, _sandbox.ClientId)).IsOk();
        (await _server.Approve(await _server.Open(approved, _sandbox.ClientId), phone)).IsOk();
        var scannedAndOpen = await _server.Open(QrSteps.NewNonce(), _sandbox.ClientId);
        var flow = new CodeFlow(_server) { Browser = await _sandbox.SignedIn() };
        var code = (await flow.Follow(await flow.Authorize(("client_id", _sandbox.ClientId))))["code"];

        var live = await _sandbox.Promote();
        foreach (var refresh in new[] { ofPhone.RefreshToken(), ofScreen.RefreshToken() })
            (await _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", _sandbox.ClientId), ("client_secret", live)])).IsRefused("invalid_grant");
        (await _server.Introspect(ofScreen.AccessToken(), live)).Is(200, """{"active":false}""");
        (await _server.Ask(approved, _sandbox.ClientId)).IsRefused("nonce_spent");
        (await _server.Approve(scannedAndOpen, phone)).IsRefused("invalid_key");
        (await flow.Exchange(code, live, ("client_id", _sandbox.ClientId))).IsRefused("invalid_grant");
        Assert.Equal(0, await Standing());
        Assert.Equal(0, await _server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM consents WHERE client_id = @ClientId", new { _sandbox.ClientId }), Ct));
    }

    [Fact]
    public async Task A_device_that_a_test_person_connected_a_moment_before_is_given_nothing()
    {
        var device = new DeviceFlow(_server);
        await device.Open(("client_id", _sandbox.ClientId), ("client_secret", _sandbox.ApiKey));
        var browser = await _sandbox.SignedIn();
        (await browser.Submit((await browser.Get(device.Page)).IsPage(device.UserCode), ("decision", "allow"))).IsSeeOther("/device?done=allowed");
        var live = await _sandbox.Promote();
        (await device.PollInTime(("client_id", _sandbox.ClientId), ("client_secret", live))).IsRefused("access_denied");
    }

    [Fact]
    public async Task Of_16_sign_ins_at_the_moment_of_the_promotion_none_stands_after_it()
    {
        var test = await _sandbox.Account();
        await AtOnce.Run(17, async i =>
        {
            if (i == 8) return await _sandbox.Promote();
            try
            {
                await _server.Database.Write(sql => _server.Get<Grants>().Add(sql, Seed.Grant(test.Id, _sandbox.ClientId, _server.Clock), isTest: true), Ct);
            }
            catch (NotAdmittedException)
            {
                return "too late";
            }

            return "in time";
        });
        Assert.Equal(0, await Standing());
    }

    [Fact]
    public async Task It_is_written_down_and_is_done_once()
    {
        await _sandbox.Promote();
        Assert.Equal(1, await _server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM audit WHERE action = @action AND client_id = @ClientId", new { action = AuditAction.PlatformPromoted, _sandbox.ClientId }), Ct));
        var again = await _sandbox.Command("platform", "promote", _sandbox.ClientId);
        Assert.Equal(1, again.Code);
        Assert.Contains("not a sandbox; nothing was changed", again.Error, StringComparison.Ordinal);
        Assert.Contains("not a sandbox", (await _sandbox.Command("platform", "promote", GapuraServer.ClientId)).Error, StringComparison.Ordinal);
        await _server.Ticket();
    }

    [Fact]
    public async Task Its_real_addresses_take_the_place_of_those_it_was_tried_out_at()
    {
        var said = await _sandbox.Command("platform", "promote", _sandbox.ClientId, "--domain", "https://toko.example.com", "--redirect-uri", "https://toko.example.com/cb");
        Assert.True(said.Code == 0, said.Error);
        Assert.DoesNotContain("only this machine", said.Output, StringComparison.Ordinal);
        var shown = (await _sandbox.Command("platform", "show", _sandbox.ClientId, "--json")).Json;
        Assert.Equal(("https://toko.example.com", "https://toko.example.com/cb", false), (shown.GetProperty("domain").GetString(), shown.GetProperty("redirectUris")[0].GetString(), shown.GetProperty("sandbox").GetBoolean()));
    }

    private Task<long> Standing() => _server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM grants WHERE client_id = @ClientId AND revoked_at IS NULL", new { _sandbox.ClientId }), Ct);
}

public sealed class PromotionOnSqlite(ServerOn<SqliteStore> on) : PromotionContract(on.Server, on.Connection), IClassFixture<ServerOn<SqliteStore>>;

public sealed class PromotionOnPostgres(ServerOn<PostgresStore> on) : PromotionContract(on.Server, on.Connection), IClassFixture<ServerOn<PostgresStore>>;
