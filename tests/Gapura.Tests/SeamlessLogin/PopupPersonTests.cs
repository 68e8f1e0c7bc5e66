using System.Net;
using System.Text.RegularExpressions;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Sessions;
using Xunit;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>Who is asked what: signed in already, another account, too many attempts.</summary>
public sealed partial class PopupPersonTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Wrong = "The user name or the password is not right.";

    [Fact]
    public async Task Somebody_signed_in_is_asked_to_confirm()
    {
        var browser = new Browser(server);
        (await browser.SignInAt(await browser.OpenPopup(await server.Ticket()))).Message();
        var confirm = (await browser.OpenPopup(await server.Ticket(server.OtherApiKey), "&state=x")).IsPage("You are already signed in as:");
        confirm.IsPage("Continue as Coba Jualan").IsPage("kapal.example.com");
        Assert.DoesNotContain("type=\"password\"", confirm.Text, StringComparison.Ordinal);
        var (target, _, message) = (await browser.Submit(confirm)).Message();
        Assert.Equal(("https://kapal.example.com", "cobajualan", "x"), (target, message.GetProperty("username").GetString(), message.GetProperty("state").GetString()));
        (await browser.Submit(confirm)).IsPage("already complete", 403);
    }

    [Fact]
    public async Task Another_account_can_be_used_instead()
    {
        await server.AddAccount("lain", "1234567890123456");
        var browser = new Browser(server);
        (await browser.SignInAt(await browser.OpenPopup(await server.Ticket()))).Message();
        var confirm = await browser.OpenPopup(await server.Ticket());
        var form = (await browser.Get(WebUtility.HtmlDecode(OtherAccount().Match(confirm.Text).Groups["href"].Value))).IsPage("User name");
        Assert.Equal("lain", (await browser.SignInAt(form, "lain")).Message().Message.GetProperty("username").GetString());
        (await browser.Get("/account")).IsPage("lain");
    }

    [Fact]
    public async Task Signed_out_in_another_tab_means_the_password_after_all()
    {
        var browser = new Browser(server);
        (await browser.SignInAt(await browser.OpenPopup(await server.Ticket()))).Message();
        var confirm = await browser.OpenPopup(await server.Ticket());
        (await browser.Post("/sign-out")).IsSeeOther("/sign-in");
        (await browser.SignInAt((await browser.Submit(confirm)).IsPage("User name"))).Message();
    }

    [Fact]
    public async Task A_confirmation_tells_when_the_person_proved_themselves()
    {
        await using var own = await GapuraServer.Start();
        var browser = new Browser(own);
        var signedInAt = own.Clock.Now;
        (await browser.SignInAt(await browser.OpenPopup(await own.Ticket()))).Message();
        own.Clock.Pass(TimeSpan.FromMinutes(20));
        var message = (await browser.Submit(await browser.OpenPopup(await own.Ticket()))).Message().Message;
        var claims = QrSteps.Claims(AccessTokenOf(message));
        Assert.Equal(signedInAt.ToUnixTimeSeconds(), claims.GetProperty("auth_time").GetInt64());
        Assert.Equal(own.Clock.Now.ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task A_disabled_persons_session_confirms_nothing()
    {
        await using var own = await GapuraServer.Start();
        var person = await own.AddAccount("sebentar");
        var browser = new Browser(own);
        (await browser.SignInAt(await browser.OpenPopup(await own.Ticket()), "sebentar")).Message();
        var confirm = await browser.OpenPopup(await own.Ticket());
        await own.Disable(person);
        (await browser.Submit(confirm)).IsPage("User name");
        (await browser.OpenPopup(await own.Ticket())).IsPage("User name");
    }

    [Fact]
    public async Task After_too_many_attempts_the_answer_is_429_and_says_how_long_to_wait()
    {
        await using var own = await GapuraServer.Start();
        var ticket = await own.Ticket();
        var (known, unknown) = (await Guess(GapuraServer.Username), await Guess("tidakada"));
        Assert.Equal(Nonce().Replace(known.Text, "").Replace(GapuraServer.Username, "", StringComparison.Ordinal), Nonce().Replace(unknown.Text, "").Replace("tidakada", "", StringComparison.Ordinal));
        own.Clock.Pass(TimeSpan.FromMinutes(15));
        var owner = new Browser(own);
        (await owner.SignInAt(await owner.OpenPopup(ticket))).Message();

        async Task<Reply> Guess(string username)
        {
            var browser = new Browser(own);
            var page = await browser.OpenPopup(ticket);
            for (var i = 0; i < 10; i++) (await browser.SignInAt(page, username, $"tebakan {i}")).IsPage(Wrong, 403);
            var reply = (await browser.SignInAt(page, username)).IsPage("Too many attempts. Please wait a few minutes and try again.", 429);
            Assert.Equal("900", reply["Retry-After"]);
            return reply;
        }
    }

    [Fact]
    public async Task A_lockout_is_no_weapon_against_a_browser_that_has_signed_in_before()
    {
        await using var own = await GapuraServer.Start();
        var owner = new Browser(own);
        (await owner.SignInAt(await owner.OpenPopup(await own.Ticket()))).Message();
        (await owner.Post("/sign-out")).IsSeeOther("/sign-in");
        var (stranger, ticket) = (new Browser(own), await own.Ticket());
        var page = await stranger.OpenPopup(ticket);
        for (var i = 0; i < 10; i++) (await stranger.SignInAt(page, password: $"tebakan {i}")).IsPage(Wrong, 403);
        (await stranger.SignInAt(page)).IsPage("Too many attempts", 429);
        (await owner.SignInAt(await owner.OpenPopup(ticket))).Message();
    }

    [GeneratedRegex("nonce=\"[0-9a-f]+\"|&?popup=[0-9a-f]+", RegexOptions.None, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("href=\"(?<href>[^\"]*another=1[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OtherAccount();
}
