using Gapura.OpenId.DeviceFlow;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>RFC 8628 over HTTP: the device asks, a person decides elsewhere, the device has its tokens, once.</summary>
public abstract class DeviceFlowContract : IAsyncLifetime
{
    private readonly GapuraServer _server;

    private protected DeviceFlowContract(GapuraServer server) => _server = server;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(16));
        if (_server.Get<PlatformRegister>().Active(DeviceFlow.ClientId) is null) await DeviceFlow.Register(_server);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_device_shows_a_code_a_person_allows_it_and_the_device_has_its_tokens()
    {
        var reply = (await new DeviceFlow(_server).Ask()).IsOk();
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal(["device_code", "user_code", "verification_uri", "verification_uri_complete", "expires_in", "interval"], reply.Json.EnumerateObject().Select(m => m.Name));
        var code = reply.Json.GetProperty("user_code").GetString()!;
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", code);
        Assert.Equal((_server.Issuer + "/device", _server.Issuer + "/device?user_code=" + code, 600, 5), (
            reply.Json.GetProperty("verification_uri").GetString(), reply.Json.GetProperty("verification_uri_complete").GetString(), reply.Json.GetProperty("expires_in").GetInt32(), reply.Json.GetProperty("interval").GetInt32()));

        var device = await new DeviceFlow(_server).Open();
        (await device.Poll()).IsRefused("authorization_pending");
        await device.Decide();
        var tokens = (await device.PollInTime()).IsOk();
        Assert.Equal("no-store", tokens["Cache-Control"]);
        Assert.Equal(["access_token", "token_type", "expires_in", "refresh_token", "id_token", "scope"], tokens.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal("openid profile offline_access", tokens.Json.GetProperty("scope").GetString());
        var claims = CodeFlow.Claims(tokens.Json.GetProperty("id_token").GetString()!);
        Assert.Equal((_server.Account.Id, DeviceFlow.ClientId, "pwd"), (claims.GetProperty("sub").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("amr")[0].GetString()));
        (await _server.Refresh(tokens.Json.GetProperty("refresh_token").GetString()!, DeviceFlow.ClientId)).IsOk();
    }

    [Fact]
    public async Task The_page_says_who_asks_on_what_for_what_and_warns_with_the_code()
    {
        var device = await new DeviceFlow(_server).Open();
        var browser = new Browser(_server);
        await browser.SignIn();
        var page = (await browser.Get(device.Page)).IsPage("Connect Layar Lebar on another device?");
        foreach (var part in (string[])["tv.example.com", "PT Layar", device.UserCode, "Allow it only if you see this code on your own device", "Chrome on Android", "the same as you are using now", "your name and your user name", "cobajualan"])
            page.IsPage(part);
        (await browser.Get(device.Page + "&ui_locales=id")).IsPage("Izinkan hanya bila kode ini terlihat di perangkat Anda sendiri");
        Assert.Equal("same-origin", page["Cross-Origin-Opener-Policy"]);
    }

    [Fact]
    public async Task Keys_that_sign_in_as_the_person_are_never_given_to_a_device()
    {
        var device = await new DeviceFlow(_server).Open(("scope", "openid keys_op"));
        await device.Decide();
        Assert.Equal("openid", (await device.Poll()).IsOk().Json.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData(" {0} ")]
    public async Task A_code_is_typed_in_any_case_with_or_without_its_dash(string form)
    {
        var device = await new DeviceFlow(_server).Open();
        var browser = new Browser(_server);
        await browser.SignIn();
        foreach (var typed in (string[])[device.UserCode, device.UserCode.ToLowerInvariant(), device.UserCode.Replace("-", ""), device.UserCode.ToLowerInvariant().Replace('-', ' ')])
            (await browser.Get("/device?user_code=" + Uri.EscapeDataString(form.Replace("{0}", typed)))).IsPage(device.UserCode);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_signs_in_first_and_comes_back_with_the_code()
    {
        var device = await new DeviceFlow(_server).Open();
        var browser = new Browser(_server);
        (await browser.Get("/device")).IsPage("Enter the code from your device");
        var signIn = (await browser.Get(device.Page)).IsSeeOther($"/sign-in?next=%2Fdevice%3Fuser_code%3D{device.UserCode}");
        var back = (await browser.Submit(await browser.Get(signIn["Location"]!), ("username", GapuraServer.Username), ("password", GapuraServer.Password))).IsSeeOther(device.Page);
        (await browser.Get(back["Location"]!)).IsPage(device.UserCode);

        // Nobody who is not signed in learns whether somebody waits.
        (await new Browser(_server).Get("/device?user_code=BBBB-BBBB")).IsSeeOther("/sign-in?next=%2Fdevice%3Fuser_code%3DBBBB-BBBB");
    }

    [Fact]
    public async Task Whoever_does_not_allow_it_gives_nothing_away()
    {
        var device = await new DeviceFlow(_server).Open();
        var browser = await device.Decide("deny");
        (await device.Poll()).IsRefused("access_denied");
        (await device.PollInTime()).IsRefused("access_denied");
        (await browser.Get(device.Page)).IsPage("No device waits with this code", 400);
    }

    [Fact]
    public async Task A_code_is_decided_once()
    {
        var device = await new DeviceFlow(_server).Open();
        var browser = new Browser(_server);
        await browser.SignIn();
        var page = await browser.Get(device.Page);
        var replies = await AtOnce.Run(8, i => browser.Submit(page, ("decision", i % 2 == 0 ? "allow" : "deny")));
        var first = Assert.Single(replies, r => r.Status == 303);
        Assert.All(replies.Except([first]), r => r.IsPage("No device waits with this code", 400));
        (await device.Poll()).IsRefusedUnless(first["Location"] == "/device?done=allowed", "access_denied");
    }

    [Fact]
    public async Task Of_16_polls_at_once_one_has_the_tokens_and_they_last()
    {
        var device = await new DeviceFlow(_server).Open();
        await device.Decide();
        var replies = await AtOnce.Run(16, _ => device.Poll());
        var tokens = Assert.Single(replies, r => r.Status == 200).Json;
        Assert.All(replies.Where(r => r.Status != 200), r => r.IsRefused("slow_down"));
        (await _server.Refresh(tokens.GetProperty("refresh_token").GetString()!, DeviceFlow.ClientId)).IsOk();
    }

    [Fact]
    public async Task Whoever_comes_second_with_the_devices_code_ends_what_it_opened()
    {
        var device = await new DeviceFlow(_server).Open();
        await device.Decide();
        var tokens = (await device.Poll()).IsOk().Json;
        (await device.PollInTime()).IsRefused("invalid_grant");
        (await _server.Refresh(tokens.GetProperty("refresh_token").GetString()!, DeviceFlow.ClientId)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_device_that_asks_too_often_waits_five_seconds_longer_each_time()
    {
        var device = await new DeviceFlow(_server).Open();
        (await device.Poll()).IsRefused("authorization_pending");
        (await device.Poll()).IsRefused("slow_down");
        (await device.PollInTime()).IsRefused("slow_down");
        _server.Clock.Pass(TimeSpan.FromSeconds(15));
        (await device.Poll()).IsRefused("authorization_pending");
        (await device.PollInTime()).IsRefused("slow_down");
    }

    [Fact]
    public async Task A_code_lives_ten_minutes_and_what_was_allowed_in_the_last_second_is_still_fetched()
    {
        var (device, late, later) = (await new DeviceFlow(_server).Open(), await new DeviceFlow(_server).Open(), await new DeviceFlow(_server).Open());
        _server.Clock.Pass(DeviceCodes.Lifetime - TimeSpan.FromSeconds(1));
        await late.Decide();
        await later.Decide();
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await device.Poll()).IsRefused("expired_token");
        (await late.Poll()).IsOk();
        var browser = new Browser(_server);
        await browser.SignIn();
        (await browser.Get(device.Page)).IsPage("No device waits with this code", 400);
        _server.Clock.Pass(TimeSpan.FromMinutes(1));
        (await later.Poll()).IsRefused("expired_token");

        await _server.Get<DeviceCodes>().Sweep(_server.Clock.Now + TimeSpan.FromHours(2), TestContext.Current.CancellationToken);
        (await device.PollInTime()).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Another_platform_gets_nothing_for_it_and_spoils_nothing()
    {
        if (_server.Get<PlatformRegister>().Active("tv2") is null) await DeviceFlow.Register(_server, "tv2");
        var device = await new DeviceFlow(_server).Open();
        await device.Decide();
        (await device.Poll(("client_id", "tv2"))).IsRefused("invalid_grant");
        (await device.Poll(("device_code", device.DeviceCode + "x"))).IsRefused("invalid_grant");
        (await device.Poll(("device_code", null))).IsRefused("invalid_request");
        (await device.Poll()).IsOk();
    }

    [Fact]
    public async Task Only_a_platform_that_registered_for_it_and_shows_its_key_may_ask()
    {
        var clientId = "tv" + Tests.QrAuth.QrSteps.NewNonce()[..6];
        var key = await DeviceFlow.Register(_server, clientId, keyed: true);
        var flow = new DeviceFlow(_server);
        (await flow.Ask(("client_id", clientId))).IsRefused("invalid_client", 401);
        (await flow.Ask(("client_id", clientId), ("client_secret", _server.ApiKey))).IsRefused("invalid_client", 401);
        (await flow.Ask(("client_id", "nobody"))).IsRefused("invalid_client", 401);
        (await flow.Ask(("client_id", GapuraServer.ClientId), ("client_secret", _server.ApiKey))).IsRefused("unauthorized_client");
        await flow.Open(("client_id", clientId), ("client_secret", key));
        (await flow.Poll(("client_id", clientId))).IsRefused("invalid_client", 401);
        (await flow.Poll(("client_id", clientId), ("client_secret", key))).IsRefused("authorization_pending");
    }

    [Fact]
    public async Task Revoking_what_was_allowed_before_it_was_fetched_leaves_nothing_to_fetch()
    {
        var device = await new DeviceFlow(_server).Open();
        await device.Decide();
        await _server.Database.Write(sql => _server.Get<Grants>().RevokeOfAccount(sql, _server.Account.Id), TestContext.Current.CancellationToken);
        (await device.Poll()).IsRefused("access_denied");
    }

    [Fact]
    public async Task A_form_of_another_site_decides_nothing()
    {
        var device = await new DeviceFlow(_server).Open();
        var browser = new Browser(_server);
        await browser.SignIn();
        var page = await browser.Get(device.Page);
        browser.FetchSite = "cross-site";
        (await browser.Submit(page, ("decision", "allow"))).IsPage("This form cannot be accepted", 403);
        (await device.Poll()).IsRefused("authorization_pending");
    }
}

public sealed class DeviceFlowOnSqlite(ServerOn<SqliteStore> on) : DeviceFlowContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class DeviceFlowOnPostgres(ServerOn<PostgresStore> on) : DeviceFlowContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

/// <summary>What keeps strangers from codes: guesses and openings are counted.</summary>
public sealed class DeviceCodeGuessesTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Unknown = "BCDF-GHJ";

    [Fact]
    public async Task A_person_guesses_ten_times_and_a_right_one_buys_no_more()
    {
        server.Clock.Pass(TimeSpan.FromMinutes(16));
        if (server.Get<PlatformRegister>().Active(DeviceFlow.ClientId) is null) await DeviceFlow.Register(server);
        var device = await new DeviceFlow(server).Open();
        var browser = new Browser(server);
        await browser.SignIn();
        foreach (var last in "BCDFGHJKLM")
        {
            (await browser.Get("/device?user_code=" + Unknown + last)).IsPage("No device waits with this code", 400);
            if (last < 'M') (await browser.Get(device.Page)).IsPage(device.UserCode);
        }

        (await browser.Get(device.Page)).IsPage("Too many attempts", 429);
        (await browser.Post("/device", ("user_code", device.UserCode), ("decision", "allow"))).IsPage("Too many attempts", 429);
        (await browser.Get("/device?user_code=12345678")).IsPage("A code is eight letters", 400);
        server.Clock.Pass(TimeSpan.FromMinutes(15));
        (await browser.Get(device.Page)).IsPage("No device waits with this code", 400);
        (await browser.Get((await new DeviceFlow(server).Open()).Page)).IsPage("Layar Lebar");
    }

    [Fact]
    public async Task A_network_that_proves_nothing_opens_a_hundred_in_a_quarter_of_an_hour()
    {
        await using var own = await GapuraServer.Start();
        await DeviceFlow.Register(own);
        var flow = new DeviceFlow(own);
        for (var i = 0; i < 100; i++) (await flow.Ask()).IsOk();
        var reply = (await flow.Ask()).IsRefused("too_many_attempts", 429);
        Assert.Equal("900", reply["Retry-After"]);
        own.Clock.Pass(TimeSpan.FromMinutes(15));
        (await flow.Ask()).IsOk();
    }

    [Fact]
    public async Task A_platform_has_a_thousand_waiting_at_most()
    {
        await using var own = await GapuraServer.Start();
        var key = await DeviceFlow.Register(own, keyed: true);
        var flow = new DeviceFlow(own);
        var replies = await AtOnce.Run(8, async _ =>
        {
            for (var i = 0; i < DeviceCodes.MostWaiting / 8; i++) (await flow.Ask(("client_secret", key))).IsOk();
            return 0;
        });
        Assert.Equal(8, replies.Length);
        (await flow.Ask(("client_secret", key))).IsRefused("too_many_waiting", 503);
        own.Clock.Pass(DeviceCodes.Lifetime);
        (await flow.Ask(("client_secret", key))).IsOk();
    }
}

internal static class DeviceReplies
{
    public static void IsRefusedUnless(this Reply reply, bool isOk, string code)
    {
        if (isOk) reply.IsOk();
        else reply.IsRefused(code);
    }
}
