using System.Net;
using System.Text.RegularExpressions;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Xunit;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>How long a ticket opens the form, and what spends it.</summary>
public sealed partial class PopupTicketTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_opens_the_form_as_often_as_needed_and_one_completed_sign_in_spends_it()
    {
        var ticket = await server.Ticket();
        var (first, second) = (new Browser(server), new Browser(server));
        for (var i = 0; i < 3; i++) (await first.OpenPopup(ticket)).IsPage("Sign in to");
        var (page, other) = (await first.OpenPopup(ticket), await second.OpenPopup(ticket));
        (await first.SignInAt(page)).Message();

        // The double submit, the other window, a reload, the back button and the bare program.
        (await first.SignInAt(page)).IsPage("This sign-in is already complete", 403);
        (await second.SignInAt(other)).IsPage("This sign-in is already complete", 403);
        (await first.OpenPopup(ticket)).IsPage("This sign-in is already complete", 403);
        (await server.Get($"/seamlesslogin/?token={ticket}")).Is(403, NotValid);
    }

    [Fact]
    public async Task A_reload_finds_the_popup_again_without_its_ticket_in_the_address()
    {
        var (browser, ticket) = (new Browser(server), await server.Ticket());
        var page = await browser.OpenPopup(ticket, "&state=s%26t");
        var address = WebUtility.HtmlDecode(Address().Match(page.Text).Groups["address"].Value);
        Assert.Matches("^/seamlesslogin/\\?popup=[0-9a-f]{16}&state=s%26t$", address);
        var again = (await browser.Get(address)).IsPage("Sign in to");
        Assert.Equal("s&t", (await browser.SignInAt(again)).Message().Message.GetProperty("state").GetString());
        (await new Browser(server).Get(address)).IsPage("no longer valid", 403);
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookies_can_still_sign_in()
    {
        var browser = new Browser(server);
        var page = await browser.OpenPopup(await server.Ticket());
        browser.Cookies.Clear();
        (await browser.SignInAt(page)).Message();
    }

    [Fact]
    public async Task Two_popups_at_once_do_not_mix()
    {
        var browser = new Browser(server);
        var (here, there) = (await browser.OpenPopup(await server.Ticket(), "&state=one"), await browser.OpenPopup(await server.Ticket(server.OtherApiKey), "&state=two"));
        Assert.Equal(2, browser.Cookies.Keys.Count(n => n.StartsWith("gapura-popup-", StringComparison.Ordinal)));
        var (second, first) = ((await browser.SignInAt(there)).Message(), (await browser.SignInAt(here)).Message());
        Assert.Equal(("https://tautauberes.id", "one"), (first.Target, first.Message.GetProperty("state").GetString()));
        Assert.Equal(("https://kapal.example.com", "two"), (second.Target, second.Message.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_platform_may_post_the_ticket_and_is_sent_to_an_address_without_it()
    {
        var (browser, ticket) = (new Browser(server) { FetchSite = "cross-site", Origin = GapuraServer.Domain }, await server.Ticket());
        var reply = await browser.Post("/seamlesslogin/", ("token", ticket), ("state", "s"), ("ui_locales", "en"));
        Assert.Equal(303, reply.Status);
        Assert.Matches("^/seamlesslogin/\\?popup=[0-9a-f]{16}&state=s&ui_locales=en$", reply["Location"]);
        Assert.DoesNotContain(ticket, reply["Location"], StringComparison.Ordinal);
        var page = (await browser.Get(reply["Location"]!)).IsPage("Sign in to TauTauBeres.id");
        (browser.FetchSite, browser.Origin) = ("same-origin", null);
        (await browser.SignInAt(page)).Message();
        (await browser.Post("/seamlesslogin/", ("token", ticket))).IsPage("already complete", 403);
    }

    [Fact]
    public async Task A_ticket_unknown_expired_used_or_of_a_revoked_key_is_the_documented_403()
    {
        await using var own = await GapuraServer.Start();
        var keys = own.Get<ApiKeys>();
        var expired = await own.Ticket();
        await own.Pass(TimeSpan.FromMinutes(30));
        var (stored, key) = (await keys.Issue(GapuraServer.ClientId, null, Ct))!.Value;
        await own.Follow();
        var ofRevoked = await own.Ticket(key.Reveal());
        Assert.True(await keys.Revoke(stored.Id, Ct));
        var ofDisabled = await own.Ticket(own.OtherApiKey);
        Assert.True(await own.Get<PlatformRegister>().SetDisabled(GapuraServer.OtherClientId, disabled: true, Ct));
        await own.Follow();
        var (used, browser) = (await own.Ticket(), new Browser(own));
        (await browser.SignInAt(await browser.OpenPopup(used))).Message();

        var outside = new List<string>();
        foreach (var ticket in (string[])[new string('a', 66), "", "x", expired, ofRevoked, ofDisabled, used, used.ToUpperInvariant()])
        {
            outside.Add((await own.Get($"/seamlesslogin/?token={ticket}")).Is(403, NotValid).Outside);
            outside.Add((await own.PostForm("/seamlesslogin/", [("token", ticket)])).Is(403, NotValid).Outside);
            outside.Add((await own.PostForm("/seamlesslogin/sign-in", [("token", ticket), ("username", GapuraServer.Username), ("password", GapuraServer.Password)])).Is(403, NotValid).Outside);
            outside.Add((await own.PostForm("/seamlesslogin/confirm", [("token", ticket)])).Is(403, NotValid).Outside);
            var page = await new Browser(own).OpenPopup(ticket);
            page.IsPage("API key is not valid or is expired / revoked.", 403);
            page.IsPage(ticket == used ? "already complete" : "no longer valid", 403);
        }

        outside.Add((await own.Get("/seamlesslogin/")).Is(403, NotValid).Outside);
        Assert.Single(outside.Distinct());
    }

    [Fact]
    public async Task A_ticket_expires_to_the_second()
    {
        await using var own = await GapuraServer.Start();
        var ticket = await own.Ticket();
        own.Clock.Pass(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        (await new Browser(own).OpenPopup(ticket)).IsPage("Sign in to");
        own.Clock.Pass(TimeSpan.FromMilliseconds(1));
        (await own.Get($"/seamlesslogin/?token={ticket}")).Is(403, NotValid);
    }

    [Fact]
    public async Task A_ticket_that_expires_while_the_form_is_open_signs_nobody_in()
    {
        await using var own = await GapuraServer.Start();
        var browser = new Browser(own);
        var page = await browser.OpenPopup(await own.Ticket());
        own.Clock.Pass(TimeSpan.FromMinutes(30));
        (await browser.SignInAt(page)).IsPage("no longer valid", 403);
        Assert.DoesNotContain("gapura-session", browser.Cookies.Keys);
    }


    [Fact]
    public async Task Of_64_completions_with_one_ticket_one_gets_the_message()
    {
        for (var round = 0; round < Effort.Of(3, 50); round++)
        {
            var signedIn = new Browser(server);
            (await signedIn.SignIn()).IsSeeOther("/account");
            var ticket = await server.Ticket();
            var replies = await AtOnce.Run(64, _ => server.PostForm("/seamlesslogin/confirm", [("token", ticket)],
                ("Cookie", $"gapura-session={signedIn.Cookies["gapura-session"]}"), ("Accept", "text/html"), ("Accept-Language", "en")));
            Assert.Equal(1, replies.Count(r => r.Status == 200));
            replies.Single(r => r.Status == 200).Message();
            Assert.All(replies.Where(r => r.Status != 200), r => r.IsPage("This sign-in is already complete", 403));
        }
    }

    [Fact]
    public async Task Of_8_right_passwords_with_one_ticket_one_gets_the_message()
    {
        var (browser, ticket) = (new Browser(server), await server.Ticket());
        var page = await browser.OpenPopup(ticket);
        var replies = await AtOnce.Run(8, _ => new Browser(server).SignInAt(page));
        replies.Single(r => r.Status == 200).Message();
        Assert.Equal(7, replies.Count(r => r.Status == 403));
    }

    [GeneratedRegex("data-address=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
