using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Tests.Sessions;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>The popup and the phone.</summary>
public sealed class PopupByPhoneTests(GapuraServer server) : PhoneDoorContract(server), IClassFixture<GapuraServer>
{
    private protected override string ClientId => GapuraServer.ClientId;

    private protected override string OtherClientId => GapuraServer.OtherClientId;

    private protected override async Task<Reply> Bring(Browser browser, string accessToken) =>
        await browser.Post("/seamlesslogin/phone", ("token", await Server.Ticket()), ("accessToken", accessToken));

    private protected override void IsSignedIn(Browser browser, Reply reply)
    {
        var (target, _, message) = reply.Message();
        Assert.Equal(GapuraServer.Domain, target);
        Assert.NotEqual("", message.GetProperty("username").GetString());
        Assert.DoesNotContain("gapura-session", browser.Cookies.Keys);
    }

    [Fact]
    public async Task The_message_is_the_documented_one_with_a_new_token_of_the_phones_own_sign_in()
    {
        var collected = await Collected(ClientId);
        var rows = await Server.Rows("ceremonies", "familiar_browsers", "npwp_releases");
        var (_, _, message) = (await new Browser(Server).Post("/seamlesslogin/phone", ("token", await Server.Ticket()), ("state", "keranjang-7"), ("accessToken", collected))).Message();

        Assert.Equal(["access_token", "expires_in", "username", "npwp", "iss", "state"], message.EnumerateObject().Select(m => m.Name));
        Assert.Equal((GapuraServer.Username, "018263453454543", "keranjang-7"), (message.GetProperty("username").GetString(), message.GetProperty("npwp").GetString(), message.GetProperty("state").GetString()));
        var (before, after) = (Claims(collected), Claims(AccessTokenOf(message)));
        Assert.Equal(before.GetProperty("grant_id").GetString(), after.GetProperty("grant_id").GetString());
        Assert.NotEqual(before.GetProperty("jti").GetString(), after.GetProperty("jti").GetString());
        Assert.Equal(GapuraServer.Username, after.GetProperty("username").GetString());
        Assert.False(after.TryGetProperty("nonce", out _));
        Assert.Equal(rows, await Server.Rows("ceremonies", "familiar_browsers", "npwp_releases"));
    }

    [Fact]
    public async Task From_now_on_the_account_knows_this_browser_though_it_is_not_signed_in()
    {
        var browser = new Browser(Server);
        (await Bring(browser, await Collected(ClientId))).Message();
        Assert.Equal(["gapura-browser"], browser.Cookies.Keys);
        Assert.NotNull(await Server.Get<FamiliarBrowsers>().As(new Secret(browser.Cookies["gapura-browser"]), Server.Account.Id, Ct));
        (await browser.Get("/account")).IsSeeOther("/sign-in");
    }

    [Fact]
    public async Task The_ticket_is_spent()
    {
        var (ticket, first, second) = (await Server.Ticket(), await Collected(ClientId), await Collected(ClientId));
        var browser = new Browser(Server);
        (await browser.Post("/seamlesslogin/phone", ("token", ticket), ("accessToken", first))).Message();
        (await browser.Post("/seamlesslogin/phone", ("token", ticket), ("accessToken", second))).IsPage("already complete", 403);
        (await browser.OpenPopup(ticket)).IsPage("already complete", 403);
    }

    [Fact]
    public async Task A_refused_token_leaves_the_ticket_for_the_password()
    {
        var (ticket, browser) = (await Server.Ticket(), new Browser(Server));
        var page = (await browser.Post("/seamlesslogin/phone", ("token", ticket), ("accessToken", "x"))).IsPage(No, 403);
        (await browser.SignInAt(page)).Message();
    }

    [Fact]
    public async Task Revoking_the_phone_ends_what_the_popup_handed_over()
    {
        using var phone = new Phone();
        var device = await Server.Enrol(Server.Account, phone);
        var (_, _, message) = (await Bring(new Browser(Server), await Collected(ClientId, phone))).Message();
        Assert.True(await IsActive(message));
        Assert.True(await Server.Get<DeviceRegister>().Revoke(device, Server.Account.Id, Gapura.Audit.Hand.Operator, Ct));
        Assert.False(await IsActive(message));
    }

    [Fact]
    public async Task A_popup_confirmed_in_a_browser_that_a_phone_signed_in_ends_with_that_phone()
    {
        using var phone = new Phone();
        var device = await Server.Enrol(Server.Account, phone);
        var browser = new Browser(Server);
        (await browser.Post("/sign-in/phone", ("accessToken", await Collected("gapura", phone)))).IsSeeOther("/account");
        var (_, _, message) = (await browser.Submit(await browser.OpenPopup(await Server.Ticket()))).Message();
        Assert.True(await IsActive(message));
        Assert.True(await Server.Get<DeviceRegister>().Revoke(device, Server.Account.Id, Gapura.Audit.Hand.Operator, Ct));
        Assert.False(await IsActive(message));
    }

    private async Task<bool> IsActive(System.Text.Json.JsonElement message) =>
        (await Server.PostForm("/oauth/introspect", [("token", AccessTokenOf(message))], ("beacukai-api-key", Server.ResourceApiKey))).IsOk().Json.GetProperty("active").GetBoolean();
}
