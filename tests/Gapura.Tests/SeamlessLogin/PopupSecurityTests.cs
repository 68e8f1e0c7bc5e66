using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>What other sites can do with a popup: nothing.</summary>
public sealed class PopupSecurityTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Own = "http://localhost:5080";

    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("same-origin", "https://evil.example", true)]
    [InlineData("none", null, true)]
    [InlineData("same-site", Own, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("cross-site", Own, false)]
    [InlineData("CROSS-SITE", null, false)]
    [InlineData(null, Own, true)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "https://tautauberes.id", false)]
    [InlineData(null, "http://localhost:5081", false)]
    [InlineData(null, "https://localhost:5080", false)]
    [InlineData(null, null, true)]
    public async Task A_form_counts_only_when_our_own_page_sent_it(string? fetchSite, string? origin, bool counts)
    {
        var browser = new Browser(server);
        var page = await browser.OpenPopup(await server.Ticket());
        (browser.FetchSite, browser.Origin) = (fetchSite, origin);
        var reply = await browser.SignInAt(page);
        if (counts) reply.Message();
        else reply.IsPage("This form cannot be accepted", 403);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task An_old_browser_that_hides_its_origin_must_bring_our_cookie(bool hasCookie, bool counts)
    {
        var browser = new Browser(server);
        var page = await browser.OpenPopup(await server.Ticket());
        (browser.FetchSite, browser.Origin) = (null, "null");
        if (!hasCookie) browser.Cookies.Clear();
        var reply = await browser.SignInAt(page);
        if (counts) reply.Message();
        else reply.IsPage("This form cannot be accepted", 403);
    }

    [Fact]
    public async Task A_confirmation_sent_from_another_site_signs_nobody_in()
    {
        var browser = new Browser(server);
        (await browser.SignIn()).IsSeeOther("/account");
        var rows = await server.Rows();
        var ticket = await server.Ticket();
        browser.FetchSite = "cross-site";
        (await browser.Post("/seamlesslogin/confirm", ("token", ticket))).IsPage("This form cannot be accepted", 403);
        browser.Accept = "application/json";
        (await browser.Post("/seamlesslogin/confirm", ("token", ticket))).Is(403, """{"error":"This form was not sent from our own page."}""");
        Assert.Equal(rows, await server.Rows());
    }

    [Fact]
    public async Task Every_page_of_the_popup_carries_its_headers()
    {
        var (browser, ticket) = (new Browser(server), await server.Ticket());
        var form = await browser.OpenPopup(ticket);
        var wrong = await browser.SignInAt(form, password: "salah besar");
        var message = await browser.SignInAt(form);
        var confirm = await browser.OpenPopup(await server.Ticket());
        var spent = await browser.OpenPopup(ticket);
        var notValid = await browser.OpenPopup("x");
        var nonces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in (Reply[])[form, wrong, message, confirm, spent, notValid])
        {
            Assert.Null(page["Cross-Origin-Opener-Policy"]);
            Assert.True(nonces.Add(PageHeaders.AreSafe(page)));
        }
    }

    [Fact]
    public async Task Over_http_the_popups_cookie_is_for_the_popup_alone()
    {
        var browser = new Browser(server);
        await browser.OpenPopup(await server.Ticket());
        var (name, line) = Assert.Single(browser.Told);
        Assert.Matches("^gapura-popup-[0-9a-f]{16}$", name);
        Assert.Matches("^gapura-popup-[0-9a-f]{16}=[0-9a-f]{66}; max-age=1800; path=/seamlesslogin; samesite=lax; httponly$", line);
    }

    [Fact]
    public async Task Over_https_the_popups_cookie_is_secure()
    {
        await using var own = await GapuraServer.Start(("Issuer", "https://id.example.go.id"));
        var browser = new Browser(own);
        var page = await browser.OpenPopup(await own.Ticket());
        Assert.EndsWith("; max-age=1800; path=/seamlesslogin; secure; samesite=lax; httponly", Assert.Single(browser.Told).Value, StringComparison.Ordinal);
        Assert.Equal("max-age=31536000", page["Strict-Transport-Security"]);
        Assert.Equal("https://id.example.go.id", (await browser.SignInAt(page)).Message().Message.GetProperty("iss").GetString());
    }

    [Fact]
    public async Task A_planted_session_is_not_kept()
    {
        var attacker = new Browser(server);
        (await attacker.SignIn()).IsSeeOther("/account");
        var planted = attacker.Cookies["gapura-session"];
        await server.AddAccount("korban");
        var victim = new Browser(server) { Cookies = { ["gapura-session"] = planted } };
        var form = await victim.OpenPopup(await server.Ticket(), "&another=1");
        (await victim.SignInAt(form, "korban")).Message();
        Assert.NotEqual(planted, victim.Cookies["gapura-session"]);
        (await victim.Get("/account")).IsPage("korban");
        (await attacker.Get("/account")).IsSeeOther("/sign-in");
    }

    [Fact]
    public async Task A_made_up_session_is_not_taken_over()
    {
        var browser = new Browser(server) { Cookies = { ["gapura-session"] = "gps_" + new string('A', 43), ["gapura-browser"] = "gpb_mine" } };
        (await browser.SignInAt(await browser.OpenPopup(await server.Ticket()))).Message();
        Assert.NotEqual("gps_" + new string('A', 43), browser.Cookies["gapura-session"]);
        Assert.Matches("^gps_[A-Za-z0-9_-]{43}$", browser.Cookies["gapura-session"]);
    }

    [Fact]
    public async Task A_cookie_of_nonsense_is_no_fault()
    {
        foreach (var value in (string[])["", "x", new string('x', 5000), "%00", "é", "=;=", "\"quoted\""])
        {
            var browser = new Browser(server) { Cookies = { ["gapura-session"] = value, ["gapura-browser"] = value, ["gapura-language"] = value, ["gapura-popup-0123456789abcdef"] = value } };
            (await browser.OpenPopup(await server.Ticket())).IsPage("Sign in to");
            (await browser.Get("/seamlesslogin/?popup=0123456789abcdef")).IsPage("no longer valid", 403);
        }
    }
}
