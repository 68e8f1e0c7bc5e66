using Gapura.Devices;
using Gapura.Platforms;
using Gapura.Tokens;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>The waiting screen's claim.</summary>
public sealed class QrClaimTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Spent = "The nonce has already been used to collect a sign-in.";
    private const string NoSession = "The session id is not valid, has expired or was already used.";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_nobody_has_approved_each_call_gets_a_fresh_session_id()
    {
        var nonce = NewNonce();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add(await server.Open(nonce));
        Assert.Equal(5, ids.Distinct().Count());
    }

    [Fact]
    public async Task Any_of_the_codes_that_still_live_signs_the_screen_in()
    {
        var nonce = NewNonce();
        var first = await server.Open(nonce);
        await server.Open(nonce);
        (await server.Approve(first)).IsOk();
        (await server.Ask(nonce)).AccessToken();
    }

    [Fact]
    public async Task The_result_is_delivered_once_and_the_nonce_is_burnt_after()
    {
        var nonce = NewNonce();
        var sessionId = await server.Open(nonce);
        (await server.Approve(sessionId)).IsOk();
        (await server.Ask(nonce)).AccessToken();
        for (var i = 0; i < 3; i++) (await server.Ask(nonce)).IsRefused("nonce_spent", Spent);
    }

    [Fact]
    public async Task A_burnt_nonce_approves_nothing_either()
    {
        var nonce = NewNonce();
        var (first, second) = (await server.Open(nonce), await server.Open(nonce));
        (await server.Approve(first)).IsOk();
        (await server.Approve(second)).IsRefused("invalid_session", NoSession);
        (await server.Ask(nonce)).AccessToken();
        (await server.Approve(second)).IsRefused("invalid_session", NoSession);
    }

    [Fact]
    public async Task Another_nonce_gets_a_code_of_its_own_and_nothing_else()
    {
        var nonce = NewNonce();
        (await server.Approve(await server.Open(nonce))).IsOk();
        foreach (var other in (string[])[NewNonce(), nonce[..31], nonce + "x", nonce.ToUpperInvariant() + "x", " " + nonce])
            Assert.False((await server.Ask(other)).IsOk().Json.TryGetProperty("accessToken", out _));
        (await server.Ask(nonce)).AccessToken();
    }

    [Fact]
    public async Task The_code_itself_collects_nothing()
    {
        var nonce = NewNonce();
        var sessionId = await server.Open(nonce);
        (await server.Approve(sessionId)).IsOk();
        foreach (var guess in (string[])[sessionId, sessionId.Split(':')[3], server.Phone.Sign(sessionId)[..60]])
            Assert.False((await server.Ask(guess)).IsOk().Json.TryGetProperty("accessToken", out _));
    }

    [Fact]
    public async Task Another_client_with_the_same_nonce_gets_a_code_of_its_own()
    {
        var nonce = NewNonce();
        (await server.Approve(await server.Open(nonce))).IsOk();
        var other = (await server.Ask(nonce, GapuraServer.OtherClientId)).IsOk();
        Assert.StartsWith("nu.id:1:client-2:", other.Json.GetProperty("sessionId").GetString(), StringComparison.Ordinal);
        (await server.Ask(nonce)).AccessToken();
    }

    [Fact]
    public async Task A_clients_code_is_no_other_clients()
    {
        var sessionId = await server.Open(NewNonce());
        var foreign = sessionId.Replace(":client-1:", ":client-2:", StringComparison.Ordinal);
        (await server.Approve(foreign)).IsRefused("invalid_session", NoSession);
    }

    [Fact]
    public async Task Each_access_token_carries_its_own_callers_nonce()
    {
        var nonce = NewNonce();
        var phone = Claims((await server.Approve(await server.Open(nonce), nonce: "the phone's own, with é and \"")).AccessToken());
        var screen = Claims((await server.Ask(nonce)).AccessToken());
        Assert.Equal("the phone's own, with é and \"", phone.GetProperty("nonce").GetString());
        Assert.Equal(nonce, screen.GetProperty("nonce").GetString());
        Assert.Equal(phone.GetProperty("grant_id").GetString(), screen.GetProperty("grant_id").GetString());
        Assert.Equal(server.Account.Id, screen.GetProperty("sub").GetString());
        Assert.Equal("client-1", screen.GetProperty("client_id").GetString());
        Assert.NotEqual(phone.GetProperty("jti").GetString(), screen.GetProperty("jti").GetString());
        Assert.False(screen.TryGetProperty("npwp", out _));
        Assert.False(screen.TryGetProperty("username", out _));
    }

    [Fact]
    public async Task An_approval_waits_for_its_screen_until_60_seconds_after_the_codes_expiry()
    {
        await using var own = await GapuraServer.Start();
        var (patient, late) = (NewNonce(), NewNonce());
        foreach (var nonce in (string[])[patient, late]) (await own.Approve(await own.Open(nonce))).IsOk();
        own.Clock.Pass(TimeSpan.FromSeconds(120) - TimeSpan.FromMilliseconds(1));
        (await own.Ask(patient)).AccessToken();
        own.Clock.Pass(TimeSpan.FromMilliseconds(1));
        (await own.Ask(late)).IsRefused("nonce_spent", Spent);
    }

    [Fact]
    public async Task A_grant_revoked_in_between_is_not_handed_out()
    {
        await using var own = await GapuraServer.Start();
        var nonce = NewNonce();
        var grant = Claims((await own.Approve(await own.Open(nonce))).AccessToken()).GetProperty("grant_id").GetString()!;
        await own.Database.Write(sql => own.Get<Grants>().Revoke(sql, grant), Ct);
        (await own.Ask(nonce)).IsRefused("nonce_spent", Spent);
    }

    [Fact]
    public async Task A_phone_or_person_disabled_in_between_is_not_handed_out()
    {
        await using var own = await GapuraServer.Start();
        var (first, second) = (NewNonce(), NewNonce());
        foreach (var nonce in (string[])[first, second]) (await own.Approve(await own.Open(nonce))).IsOk();
        Assert.True(await own.Get<DeviceRegister>().Revoke(own.DeviceId, null, Gapura.Audit.Hand.Operator, Ct));
        (await own.Ask(first)).IsRefused("nonce_spent");
        await own.Disable(own.Account);
        (await own.Ask(second)).IsRefused("nonce_spent");
    }

    [Fact]
    public async Task A_disabled_platform_opens_approves_and_collects_nothing()
    {
        await using var own = await GapuraServer.Start();
        var (waiting, approved) = (NewNonce(), NewNonce());
        var sessionId = await own.Open(waiting);
        (await own.Approve(await own.Open(approved))).IsOk();
        Assert.True(await own.Get<PlatformRegister>().SetDisabled(GapuraServer.ClientId, disabled: true, Ct));
        await own.Follow();
        (await own.Ask(NewNonce())).IsRefused("invalid_client", "The clientId is not one of a platform that may sign people in.");
        (await own.Ask(approved)).IsRefused("invalid_client");
        (await own.Approve(sessionId)).IsRefused("invalid_session", NoSession);
    }
}
