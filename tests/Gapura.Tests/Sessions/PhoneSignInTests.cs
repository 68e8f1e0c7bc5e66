using Gapura.Devices;
using Xunit;

namespace Gapura.Tests.Sessions;

/// <summary>Our own sign-in page and the phone.</summary>
public sealed class PhoneSignInTests(GapuraServer server) : PhoneDoorContract(server), IClassFixture<GapuraServer>
{
    private protected override string ClientId => "gapura";

    private protected override string OtherClientId => GapuraServer.ClientId;

    private protected override Task<Reply> Bring(Browser browser, string accessToken) => browser.Post("/sign-in/phone", ("accessToken", accessToken));

    private protected override void IsSignedIn(Browser browser, Reply reply)
    {
        reply.IsSeeOther("/account");
        Assert.Matches("^gps_", browser.Cookies["gapura-session"]);
    }

    [Fact]
    public async Task Who_signed_in_with_the_phone_sees_the_account()
    {
        var browser = new Browser(Server);
        (await Bring(browser, await Collected(ClientId))).IsSeeOther("/account");
        (await browser.Get("/account")).IsPage("Coba Jualan");
    }

    [Fact]
    public async Task A_planted_session_is_not_kept()
    {
        var attacker = new Browser(Server);
        await attacker.SignIn();
        var planted = attacker.Cookies["gapura-session"];
        var victim = new Browser(Server) { Cookies = { ["gapura-session"] = planted } };
        (await Bring(victim, await Collected(ClientId))).IsSeeOther("/account");
        Assert.NotEqual(planted, victim.Cookies["gapura-session"]);
        (await attacker.Get("/account")).IsSeeOther("/sign-in");
    }

    [Fact]
    public async Task Revoking_the_phone_signs_out_what_it_signed_in()
    {
        using var phone = new Phone();
        var device = await Server.Enrol(Server.Account, phone);
        var browser = new Browser(Server);
        (await Bring(browser, await Collected(ClientId, phone))).IsSeeOther("/account");
        Assert.True(await Server.Get<DeviceRegister>().Revoke(device, Server.Account.Id, Gapura.Audit.Hand.Operator, Ct));
        (await browser.Get("/account")).IsSeeOther("/sign-in");
    }
}
