using Gapura.Platforms;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>The number that ties the phone in the hand to the screen in front.</summary>
public sealed class QrConfirmTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_digits_sign_the_screen_in()
    {
        var (screen, sessionId, _) = await Ordinary();
        (await server.Approve(sessionId, (await screen.State()).GetProperty("digits").GetString())).IsOk();
        Assert.Equal("approved", await screen.StateWord());
        var collected = await screen.Collect(sessionId);
        Assert.Equal(screen.Nonce, Claims(collected.AccessToken()).GetProperty("nonce").GetString());
        Assert.Equal(["accessToken", "refreshToken", "expiresIn"], collected.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal("collected", await screen.StateWord());
    }

    [Fact]
    public async Task Wrong_digits_end_it_at_once()
    {
        var (screen, sessionId, seen) = await Ordinary();
        var right = (await screen.State()).GetProperty("digits").GetString()!;
        (await server.Approve(sessionId, seen.WrongChoice(right))).IsRefused("sign_in_denied", "This sign-in was declined.");
        (await server.Approve(sessionId, right)).IsRefused("sign_in_denied");
        Assert.Equal("""{"state":"denied","reason":"wrong_choice"}""", (await screen.State()).GetRawText());
        (await screen.Collect(sessionId)).IsRefused("sign_in_denied");
    }

    [Fact]
    public async Task Without_digits_nothing_is_approved_and_nothing_is_lost()
    {
        var (screen, sessionId, _) = await Ordinary();
        (await server.Approve(sessionId)).IsRefused("confirmation_required");
        (await screen.Collect(sessionId)).IsRefused("not_approved", "Nobody has approved this sign-in yet.");
        (await server.Approve(sessionId, (await screen.State()).GetProperty("digits").GetString())).IsOk();
    }

    [Fact]
    public async Task The_code_is_typed_at_the_screen_and_only_then_the_phone_may_approve()
    {
        var (screen, sessionId, code) = await Risky();
        (await server.Approve(sessionId)).IsRefused("confirmation_required");
        Assert.Equal(3, (await screen.State()).GetProperty("triesLeft").GetInt32());
        (await screen.Type(sessionId, code)).Is(200, """{"confirmed":true}""");
        Assert.Equal("confirmed", await screen.StateWord());
        Assert.True((await server.Scan(sessionId)).IsOk().Json.GetProperty("confirmed").GetBoolean());
        (await server.Approve(sessionId)).IsOk();
        (await screen.Collect(sessionId)).AccessToken();
    }

    [Fact]
    public async Task Approved_without_the_code_the_screen_stays_signed_out()
    {
        // A screenshot in a chat: the victim's phone scans and says yes; the attacker's screen has no code to type.
        var (screen, sessionId, _) = await Risky();
        (await server.Approve(sessionId, choice: "47")).IsRefused("confirmation_required");
        (await screen.Collect(sessionId)).IsRefused("not_approved");
        server.Clock.Pass(TimeSpan.FromSeconds(61));
        (await screen.Collect(sessionId)).IsRefused("not_approved");
    }

    [Fact]
    public async Task Three_wrong_codes_and_it_is_over_even_for_the_right_one()
    {
        var (screen, sessionId, code) = await Risky();
        var wrong = code == "0000" ? "0001" : "0000";
        (await screen.Type(sessionId, wrong)).Is(400, """{"error":"wrong_code","error_description":"The code is not the one on the phone.","triesLeft":2}""");
        (await screen.Type(sessionId, wrong)).Is(400, """{"error":"wrong_code","error_description":"The code is not the one on the phone.","triesLeft":1}""");
        (await screen.Type(sessionId, wrong)).IsRefused("sign_in_denied");
        (await screen.Type(sessionId, code)).IsRefused("sign_in_denied");
        (await server.Approve(sessionId)).IsRefused("sign_in_denied");
        Assert.Equal("""{"state":"denied","reason":"wrong_code"}""", (await screen.State()).GetRawText());
    }

    [Fact]
    public async Task Of_64_guesses_at_once_three_are_heard()
    {
        for (var round = 0; round < Effort.Of(5, 100); round++)
        {
            var (screen, sessionId, code) = await Risky();
            var wrong = Enumerable.Range(0, 10_000).Select(n => $"{n:D4}").Where(c => c != code).Take(64).ToArray();
            var replies = await AtOnce.Run(64, i => screen.Type(sessionId, wrong[i]));
            Assert.Equal(2, replies.Count(r => r.Error == "wrong_code"));
            Assert.All(replies.Where(r => r.Error != "wrong_code"), r => r.IsRefused("sign_in_denied"));
        }
    }

    [Fact]
    public async Task The_code_is_typed_by_nobody_else()
    {
        var (screen, sessionId, code) = await Risky();
        (await screen.Type(sessionId, code, verifier: new LiveScreen(server).Verifier)).IsRefused("invalid_session");
        (await screen.Type(sessionId, code, verifier: screen.Nonce)).IsRefused("invalid_session");
        Assert.Equal("scanned", await screen.StateWord());
    }

    [Fact]
    public async Task A_platform_may_demand_the_scan_the_verifier_and_the_number()
    {
        await using var own = await GapuraServer.Start();
        await SetPolicy(own, PhonePolicy.Confirm);
        (await own.Ask(NewNonce())).IsRefused("invalid_request", "This platform demands nonceMethod S256.");
        var sessionId = await new LiveScreen(own).Open();
        (await own.Approve(sessionId)).IsRefused("confirmation_required");
        (await own.SignIn(new LiveScreen(own))).AccessToken();
        Assert.Empty((await own.Scan(await new LiveScreen(own).Open())).Reasons());
    }

    [Fact]
    public async Task A_platform_may_demand_that_the_code_is_always_typed()
    {
        await using var own = await GapuraServer.Start();
        await SetPolicy(own, PhonePolicy.TypeCode);
        await own.SignIn(new LiveScreen(own));
        var seen = await own.Scan(await new LiveScreen(own).Open());
        Assert.Equal(["policy"], seen.Reasons());
        Assert.Equal("type", seen.Json.GetProperty("confirmation").GetString());
    }

    [Fact]
    public async Task Our_own_sign_in_page_always_confirms()
    {
        (await server.Ask(NewNonce(), PlatformRegister.OwnClientId)).IsRefused("invalid_request");
        var screen = new LiveScreen(server, PlatformRegister.OwnClientId);
        var sessionId = await screen.Open();
        (await server.Approve(sessionId)).IsRefused("confirmation_required");
        Assert.Equal("http://localhost:5080", (await server.Scan(sessionId)).IsOk().Json.GetProperty("platform").GetProperty("domain").GetString());
    }

    private static async Task SetPolicy(GapuraServer own, PhonePolicy policy)
    {
        Assert.True(await own.Get<PlatformRegister>().SetPhonePolicy(GapuraServer.ClientId, policy, Ct));
        await own.Follow();
    }

    private async Task<(LiveScreen Screen, string SessionId, Reply Seen)> Ordinary()
    {
        await server.SignIn(new LiveScreen(server));
        var screen = new LiveScreen(server);
        var sessionId = await screen.Open();
        var seen = await server.Scan(sessionId);
        Assert.Equal("match", seen.IsOk().Json.GetProperty("confirmation").GetString());
        return (screen, sessionId, seen);
    }

    // A platform this person has never used from a browser that says nothing of itself.
    private async Task<(LiveScreen Screen, string SessionId, string Code)> Risky()
    {
        var screen = new LiveScreen(server) { UserAgent = "curl/8" };
        var sessionId = await screen.Open();
        var seen = await server.Scan(sessionId);
        Assert.Contains("unknown_screen", seen.Reasons());
        return (screen, sessionId, seen.Json.GetProperty("code").GetString()!);
    }
}
