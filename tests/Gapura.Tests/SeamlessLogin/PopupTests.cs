using System.Net;
using System.Text.RegularExpressions;
using Gapura.Platforms;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Sessions;
using Xunit;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>The popup, from its ticket to its message.</summary>
public sealed partial class PopupTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Wrong = "The user name or the password is not right.";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_form_names_the_platform_and_its_domain_and_a_right_pair_gets_the_message()
    {
        var (browser, ticket) = (new Browser(server), await server.Ticket());
        var page = (await browser.OpenPopup(ticket)).IsPage("Sign in to TauTauBeres.id");
        page.IsPage("tautauberes.id");
        var (target, json, message) = (await browser.SignInAt(page)).Message();
        Assert.Equal("https://tautauberes.id", target);
        Assert.Equal($$"""{"access_token":"{{AccessTokenOf(message)}}","expires_in":900,"username":"cobajualan","npwp":"018263453454543","iss":"http://localhost:5080"}""", json);
        var claims = QrSteps.Claims(AccessTokenOf(message));
        Assert.Equal(("cobajualan", "018263453454543", "client-1"), (claims.GetProperty("username").GetString(), claims.GetProperty("npwp").GetString(), claims.GetProperty("client_id").GetString()));
        Assert.Equal(900, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task The_message_goes_to_the_platforms_own_domain()
    {
        var browser = new Browser(server);
        Assert.Equal("https://kapal.example.com", (await browser.SignInAt(await browser.OpenPopup(await server.Ticket(server.OtherApiKey)))).Message().Target);
    }

    [Fact]
    public async Task Somebody_without_a_tax_number_has_an_empty_one()
    {
        await server.AddAccount("tanpanpwp");
        var browser = new Browser(server);
        var (_, json, message) = (await browser.SignInAt(await browser.OpenPopup(await server.Ticket()), "tanpanpwp")).Message();
        Assert.Equal($$"""{"access_token":"{{AccessTokenOf(message)}}","expires_in":900,"username":"tanpanpwp","npwp":"","iss":"http://localhost:5080"}""", json);
        Assert.False(QrSteps.Claims(AccessTokenOf(message)).TryGetProperty("npwp", out _));
    }

    [Theory]
    [InlineData("COBAJUALAN")]
    [InlineData(" cobajualan ")]
    public async Task A_user_name_is_one_however_it_is_typed(string username)
    {
        var browser = new Browser(server);
        var message = (await browser.SignInAt(await browser.OpenPopup(await server.Ticket()), username)).Message().Message;
        Assert.Equal("cobajualan", message.GetProperty("username").GetString());
    }

    [Fact]
    public async Task A_wrong_pair_is_refused_in_one_sentence_that_hints_at_neither_half()
    {
        await using var own = await GapuraServer.Start();
        await own.Disable(await own.AddAccount("nonaktif"));
        await own.AddAccount("tanpasandi", password: null);
        var ticket = await own.Ticket();
        var pages = new List<string>();
        foreach (var (username, password) in ((string, string)[])[("tidakada", "apa saja"), (GapuraServer.Username, "salah besar"), ("nonaktif", GapuraServer.Password), ("tanpasandi", GapuraServer.Password), ("tanpasandi", ""), ("", ""), (new string('x', 300), "x"), ("x\0y", "x"), ("x", new string('x', 2000)), ("ünïcödé ￿", "x"), ("' OR 1=1 --", "x")])
        {
            var browser = new Browser(own);
            var reply = (await browser.SignInAt(await browser.OpenPopup(ticket), username, password)).IsPage(Wrong, 403);
            pages.Add(Nonce().Replace(WebUtility.HtmlDecode(reply.Text), "").Replace($"value=\"{username}\"", "value=\"\"", StringComparison.Ordinal).Replace(" autofocus", "", StringComparison.Ordinal));
            Assert.DoesNotContain("gapura-session", string.Join(' ', browser.Told.Keys), StringComparison.Ordinal);
            Assert.DoesNotContain("access_token", reply.Text, StringComparison.Ordinal);
        }

        Assert.Single(pages.Distinct());
        var right = new Browser(own);
        (await right.SignInAt(await right.OpenPopup(ticket))).Message();
    }

    [Fact]
    public async Task In_Bahasa_Indonesia_the_sentence_is_in_Bahasa_Indonesia()
    {
        var browser = new Browser(server) { AcceptLanguage = "id-ID,id;q=0.9,en;q=0.8" };
        var page = (await browser.OpenPopup(await server.Ticket())).IsPage("Masuk ke TauTauBeres.id");
        (await browser.SignInAt(page, password: "salah besar")).IsPage("Nama pengguna atau kata sandi salah.", 403);
    }

    [Theory]
    [InlineData(null, "", "Masuk ke")]
    [InlineData("en-GB", "", "Sign in to")]
    [InlineData("fr, de;q=0.9", "", "Masuk ke")]
    [InlineData("fr, en;q=0.2, id;q=0.1", "", "Sign in to")]
    [InlineData("en;q=0, id", "", "Masuk ke")]
    [InlineData(";;;,q=,\"", "", "Masuk ke")]
    [InlineData("id", "&ui_locales=en", "Sign in to")]
    [InlineData("en", "&ui_locales=in-ID", "Masuk ke")]
    [InlineData("en", "&ui_locales=fr%20id%20en", "Masuk ke")]
    [InlineData("id", "&ui_locales=fr", "Masuk ke")]
    [InlineData("id", "&ui_locales=%00", null)]
    public async Task The_language_is_the_pages_then_the_browsers_then_Bahasa_Indonesia(string? accept, string more, string? holds)
    {
        var browser = new Browser(server) { AcceptLanguage = accept };
        var page = await browser.OpenPopup(await server.Ticket(), more);
        if (holds is null) Assert.Equal(400, page.Status);
        else page.IsPage(holds);
        Assert.DoesNotContain("gapura-language", browser.Cookies.Keys);
    }

    [Fact]
    public async Task The_switch_inside_our_page_is_remembered()
    {
        var browser = new Browser(server);
        var page = await browser.OpenPopup(await server.Ticket());
        var bahasa = WebUtility.HtmlDecode(SwitchTo().Match(page.Text).Groups["href"].Value);
        (await browser.Get(bahasa)).IsPage("Masuk ke");
        Assert.Equal("id", browser.Cookies["gapura-language"]);
        (await browser.OpenPopup(await server.Ticket())).IsPage("Masuk ke");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("\"'<>&\\/`${x} ")]
    [InlineData("https://evil.example/?a=b&c=d#e")]
    [InlineData("kapal 🚢 laut é")]
    [InlineData("<!--")]
    [InlineData("%00%0d%0a")]
    public async Task State_comes_back_as_it_went(string state)
    {
        var browser = new Browser(server);
        var page = await browser.OpenPopup(await server.Ticket(), "&state=" + Uri.EscapeDataString(state));
        var refused = (await browser.SignInAt(page, password: "salah besar")).IsPage(Wrong, 403);
        var reply = await browser.SignInAt(refused);
        Assert.Equal(state, reply.Message().Message.GetProperty("state").GetString());
        Assert.DoesNotContain("<script>alert", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_is_too_long_or_holds_control_characters_is_refused()
    {
        var ticket = await server.Ticket();
        foreach (var state in (string[])[new string('s', 1025), "a%00", "a%0a", "%7f"])
        {
            Assert.Equal(400, (await new Browser(server).OpenPopup(ticket, "&state=" + state)).Status);
            (await server.Get($"/seamlesslogin/?token={ticket}&state={state}")).Is(400, """{"error":"state must be at most 1024 characters without control characters."}""");
        }
    }

    [Fact]
    public async Task An_empty_state_is_none()
    {
        var browser = new Browser(server);
        Assert.DoesNotContain("state", (await browser.SignInAt(await browser.OpenPopup(await server.Ticket(), "&state="))).Message().Json, StringComparison.Ordinal);
    }

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

    [GeneratedRegex("nonce=\"[0-9a-f]+\"|&?popup=[0-9a-f]+", RegexOptions.None, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("data-address=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("<a href=\"(?<href>[^\"]*)\" lang=\"id\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SwitchTo();

    [GeneratedRegex("href=\"(?<href>[^\"]*another=1[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OtherAccount();
}
