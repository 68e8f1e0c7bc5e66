using System.Text.Json;
using Gapura.Devices;
using Gapura.Platforms;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>A phone binds a code to its key and learns who asks.</summary>
public sealed class QrScanTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string NoSession = "The session id is not valid, has expired or was already used.";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_phone_sees_who_asks_from_where_and_when_and_nothing_of_it_is_in_the_code()
    {
        var screen = new LiveScreen(server, GapuraServer.OtherClientId);
        var sessionId = await screen.Open();
        var seen = (await server.Scan(sessionId)).IsOk();
        Assert.Equal("no-store", seen["Cache-Control"]);
        Assert.Equal(sessionId, seen.Json.GetProperty("sessionId").GetString());
        Assert.Equal(
            """{"clientId":"client-2","name":"Kapal+Laut","company":"PT Kapal & Laut","domain":"https://kapal.example.com"}""", seen.Json.GetProperty("platform").GetRawText());
        Assert.Equal(
            $$"""{"browser":"Chrome","system":"Windows","country":null,"network":"127.0.0.0/8","sameNetwork":true,"openedAt":{{server.Clock.Now.ToUnixTimeSeconds()}}}""",
            seen.Json.GetProperty("screen").GetRawText());
        Assert.True(seen.Json.GetProperty("firstTime").GetBoolean());
        Assert.True(seen.Json.GetProperty("risky").GetBoolean());
        Assert.Equal("type", seen.Json.GetProperty("confirmation").GetString());
        Assert.Matches("^[0-9]{4}$", seen.Json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_screen_that_is_known_to_the_person_asks_for_two_digits_out_of_three()
    {
        await server.SignIn(new LiveScreen(server));
        var screen = new LiveScreen(server);
        var sessionId = await screen.Open();
        var seen = await server.Scan(sessionId);
        Assert.Empty(seen.Reasons());
        Assert.Equal("match", seen.Json.GetProperty("confirmation").GetString());
        var state = await screen.State();
        Assert.Equal(("scanned", "C••• J•••", "match"), (state.GetProperty("state").GetString(), state.GetProperty("by").GetString(), state.GetProperty("confirmation").GetString()));
        Assert.Contains(state.GetProperty("digits").GetString(), seen.Json.GetProperty("choices").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(3, seen.Json.GetProperty("choices").EnumerateArray().Select(c => c.GetString()).Distinct().Count());
        Assert.False(seen.Json.TryGetProperty("code", out _));
    }

    [Fact]
    public async Task A_screenshot_of_30_seconds_is_scanned_and_one_of_31_is_not()
    {
        var screen = new LiveScreen(server);
        var (young, old) = (await screen.Open(), await new LiveScreen(server).Open());
        server.Clock.Pass(TimeSpan.FromMilliseconds(29_900));
        (await server.Scan(young)).IsOk();
        server.Clock.Pass(TimeSpan.FromMilliseconds(1_100));
        (await server.Scan(old)).IsRefused("invalid_session", NoSession);

        // Whoever scanned in time still hears how it stands.
        (await server.Scan(young)).IsOk();
    }

    [Fact]
    public async Task A_documented_code_is_scanned_until_its_documented_expiry_and_its_screen_can_show_no_number()
    {
        var nonce = NewNonce();
        var sessionId = await server.Open(nonce);
        server.Clock.Pass(TimeSpan.FromSeconds(59));
        var seen = (await server.Scan(sessionId)).IsOk().Json;
        Assert.Equal("none", seen.GetProperty("confirmation").GetString());
        (await server.Approve(sessionId)).IsOk();
        (await server.Ask(nonce)).AccessToken();
    }

    [Fact]
    public async Task A_documented_screen_that_asks_while_somebody_reads_gets_a_code_as_ever()
    {
        var nonce = NewNonce();
        (await server.Scan(await server.Open(nonce))).IsOk();
        for (var i = 0; i < 3; i++) await server.Open(nonce);
    }

    [Fact]
    public async Task After_a_no_a_documented_screens_next_code_can_be_approved()
    {
        var nonce = NewNonce();
        var first = await server.Open(nonce);
        (await server.Scan(first)).IsOk();
        (await server.Deny(first)).Is(200, """{"denied":true}""");
        (await server.Approve(first)).IsRefused("sign_in_denied", "This sign-in was declined.");
        (await server.Approve(await server.Open(nonce))).IsOk();
        (await server.Ask(nonce)).AccessToken();
    }

    [Fact]
    public async Task The_first_phone_has_it_and_the_second_is_told_so()
    {
        using var second = new Phone();
        var other = await server.AddAccount("kedua" + NewNonce().ToLowerInvariant()[..8]);
        await server.Enrol(other, second);
        var screen = new LiveScreen(server);
        var (first, fresh) = (await screen.Open(), await screen.Open());
        (await server.Scan(first)).IsOk();
        (await server.Scan(first, second)).IsRefused("already_scanned", "Another phone has scanned this code.");
        (await server.Scan(fresh, second)).IsRefused("already_scanned");
        (await server.Approve(first, choice: null, second)).IsRefused("invalid_session", NoSession);
        (await server.Approve(fresh, choice: null, second)).IsRefused("invalid_session", NoSession);
        (await server.Deny(first, second)).IsRefused("invalid_session", NoSession);
        Assert.Equal("scanned", await screen.StateWord());
    }

    [Fact]
    public async Task The_same_phone_may_scan_the_same_code_again_and_the_next_one_too()
    {
        var screen = new LiveScreen(server);
        var first = await screen.Open();
        var once = (await server.Scan(first)).IsOk();
        Assert.Equal(once.Text, (await server.Scan(first)).IsOk().Text);
        var next = await screen.Open();
        (await server.Scan(next)).IsOk();
        Assert.Equal(next, (await screen.State()).GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task What_was_scanned_and_never_decided_is_free_again_after_its_expiry()
    {
        using var second = new Phone();
        await server.Enrol(await server.AddAccount("bebas" + NewNonce().ToLowerInvariant()[..8]), second);
        var screen = new LiveScreen(server);
        (await server.Scan(await screen.Open())).IsOk();
        server.Clock.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal("waiting", await screen.StateWord());
        (await server.Scan(await screen.Open(), second)).IsOk();
    }

    [Fact]
    public async Task An_unknown_a_revoked_and_a_disabled_persons_key_look_alike()
    {
        var sessionId = await new LiveScreen(server).Open();
        using var unknown = new Phone();
        using var revoked = new Phone();
        using var disabled = new Phone();
        var device = await server.Enrol(server.Account, revoked);
        await server.Get<DeviceRegister>().Revoke(device, null, Gapura.Audit.Hand.Operator, Ct);
        var somebody = await server.AddAccount("mati" + NewNonce().ToLowerInvariant()[..8]);
        await server.Enrol(somebody, disabled);
        await server.Disable(somebody);
        var rows = await server.Rows();
        string[] replies = [(await server.Scan(sessionId, unknown)).Outside, (await server.Scan(sessionId, revoked)).Outside, (await server.Scan(sessionId, disabled)).Outside];
        Assert.Single(replies.Distinct());
        Assert.Equal(rows, await server.Rows());
    }

    [Fact]
    public async Task A_signature_for_one_purpose_serves_no_other()
    {
        var sessionId = await new LiveScreen(server).Open();
        foreach (var (path, signed) in ((string, string)[])[("scan", sessionId), ("scan", "nu.id.deny:1:" + sessionId), ("deny", sessionId), ("deny", "nu.id.scan:1:" + sessionId)])
        {
            var body = JsonSerializer.Serialize(new { sessionId, signature = server.Phone.Sign(signed), publicKey = server.Phone.PublicKey });
            (await server.Post($"/v1/qrAuth/{path}", body)).IsRefused("invalid_signature");
        }

        (await server.Approve(sessionId, signature: server.Phone.Sign("nu.id.scan:1:" + sessionId))).IsRefused("invalid_signature");
    }

    [Fact]
    public async Task A_disabled_platforms_code_is_not_scanned()
    {
        await using var own = await GapuraServer.Start();
        var sessionId = await new LiveScreen(own).Open();
        await own.Get<PlatformRegister>().SetDisabled(GapuraServer.ClientId, disabled: true, Ct);
        await own.Follow();
        (await own.Scan(sessionId)).IsRefused("invalid_session", NoSession);
    }
}
