using Gapura.Tests.QrAuth;
using Xunit;

namespace Gapura.Tests.Sessions;

/// <summary>Our own pages: sign in, look, sign out.</summary>
public sealed class AccountPagesTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    [Fact]
    public async Task Signing_in_leads_to_the_account_and_signing_out_back()
    {
        var browser = new Browser(server);
        (await browser.Get("/account")).IsSeeOther("/sign-in");
        var form = (await browser.Get("/sign-in")).IsPage("Sign in");
        (await browser.Submit(form, ("username", GapuraServer.Username), ("password", GapuraServer.Password))).IsSeeOther("/account");
        (await browser.Get("/account")).IsPage("Coba Jualan");
        Assert.Equal("/account", (await browser.Get("/sign-in"))["Location"]);
        var session = browser.Cookies["gapura-session"];
        (await browser.Post("/sign-out")).IsSeeOther("/sign-in");
        Assert.DoesNotContain("gapura-session", browser.Cookies.Keys);
        browser.Cookies["gapura-session"] = session;
        (await browser.Get("/account")).IsSeeOther("/sign-in");
    }

    [Fact]
    public async Task The_account_page_shows_the_last_four_digits_of_the_tax_number_alone()
    {
        var browser = new Browser(server);
        await browser.SignIn();
        var page = (await browser.Get("/account")).IsPage("•••••••••••4543");
        Assert.DoesNotContain("018263453454543", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_pair_is_403_and_too_many_are_429()
    {
        await using var own = await GapuraServer.Start();
        var browser = new Browser(own);
        for (var i = 0; i < 10; i++) (await browser.SignIn(password: $"tebakan {i}")).IsPage("The user name or the password is not right.", 403);
        var reply = (await browser.SignIn()).IsPage("Too many attempts. Please wait a few minutes and try again.", 429);
        Assert.Equal("900", reply["Retry-After"]);
        own.Clock.Pass(TimeSpan.FromMinutes(15));
        (await browser.SignIn()).IsSeeOther("/account");
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/account/devices/revoke")]
    public async Task A_form_from_another_site_is_refused(string path)
    {
        var browser = new Browser(server);
        await browser.SignIn();
        var rows = await server.Rows();
        foreach (var (fetchSite, origin) in ((string?, string?)[])[("cross-site", null), ("same-site", null), (null, "https://evil.example")])
        {
            (browser.FetchSite, browser.Origin) = (fetchSite, origin);
            (await browser.Post(path, ("username", GapuraServer.Username), ("password", GapuraServer.Password), ("device", server.DeviceId))).IsPage("This form cannot be accepted", 403);
        }

        Assert.Equal(rows, await server.Rows());
        (browser.FetchSite, browser.Origin) = ("same-origin", null);
        (await browser.Get("/account")).IsPage("Coba Jualan");
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours_and_with_its_person()
    {
        await using var own = await GapuraServer.Start();
        var browser = new Browser(own);
        await browser.SignIn();
        own.Clock.Pass(TimeSpan.FromHours(8) - TimeSpan.FromMilliseconds(1));
        (await browser.Get("/account")).IsPage("Coba Jualan");
        own.Clock.Pass(TimeSpan.FromMilliseconds(1));
        (await browser.Get("/account")).IsSeeOther("/sign-in");
        await browser.SignIn();
        await own.Disable(own.Account);
        (await browser.Get("/account")).IsSeeOther("/sign-in");
    }

    [Fact]
    public async Task Each_sign_in_makes_a_new_session_and_ends_the_one_before()
    {
        var browser = new Browser(server);
        await browser.SignIn();
        var (first, known) = (browser.Cookies["gapura-session"], browser.Cookies["gapura-browser"]);
        await browser.SignIn();
        Assert.NotEqual(first, browser.Cookies["gapura-session"]);
        Assert.Equal(known, browser.Cookies["gapura-browser"]);
        var thief = new Browser(server) { Cookies = { ["gapura-session"] = first } };
        (await thief.Get("/account")).IsSeeOther("/sign-in");
    }

    [Fact]
    public async Task Over_http_cookies_are_lax_and_hidden_from_scripts()
    {
        var browser = new Browser(server);
        await browser.SignIn();
        Assert.Matches("^gapura-session=gps_[A-Za-z0-9_-]{43}; path=/; samesite=lax; httponly$", browser.Told["gapura-session"]);
        Assert.Matches("^gapura-browser=gpb_[A-Za-z0-9_-]{43}; max-age=15552000; path=/; samesite=lax; httponly$", browser.Told["gapura-browser"]);
        await browser.Post("/sign-out");
        Assert.Equal("gapura-session=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; samesite=lax; httponly", browser.Told["gapura-session"]);
    }

    [Fact]
    public async Task Over_https_they_are_secure_and_belong_to_this_host_alone()
    {
        await using var own = await GapuraServer.Start(("Issuer", "https://id.example.go.id"));
        var browser = new Browser(own);
        Assert.Equal("max-age=31536000", (await browser.SignIn())["Strict-Transport-Security"]);
        Assert.Matches("^__Host-gapura-session=gps_[A-Za-z0-9_-]{43}; path=/; secure; samesite=lax; httponly$", browser.Told["__Host-gapura-session"]);
        Assert.Matches("^__Host-gapura-browser=gpb_[A-Za-z0-9_-]{43}; max-age=15552000; path=/; secure; samesite=lax; httponly$", browser.Told["__Host-gapura-browser"]);
        (await browser.Get("/account")).IsPage("Coba Jualan");
        await browser.Post("/sign-out");
        Assert.Equal("__Host-gapura-session=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; secure; samesite=lax; httponly", browser.Told["__Host-gapura-session"]);
    }

    [Fact]
    public async Task Every_page_of_ours_carries_its_headers_and_lets_no_opener_in()
    {
        var browser = new Browser(server);
        var form = await browser.Get("/sign-in");
        var wrong = await browser.SignIn(password: "salah besar");
        await browser.SignIn();
        var account = await browser.Get("/account");
        var nothing = await browser.Get("/nothing-here");
        Assert.Equal(404, nothing.Status);
        browser.FetchSite = "cross-site";
        var foreign = await browser.Post("/sign-out");
        var nonces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in (Reply[])[form, wrong, account, nothing, foreign])
        {
            Assert.Equal("same-origin", page["Cross-Origin-Opener-Policy"]);
            Assert.True(nonces.Add(PageHeaders.AreSafe(page)));
        }
    }

    [Fact]
    public async Task What_is_nowhere_is_404_in_the_form_its_family_speaks()
    {
        (await server.Get("/nothing-here")).IsRefused("not_found", "There is nothing at this address.", 404);
        (await server.Get("/v1/nothing-here")).IsRefused("not_found", "There is nothing at this address.", 404);
        (await server.Get("/seamlesslogin/nothing-here")).Is(404, """{"error":"There is nothing at this address."}""");
        (await server.Get("/V1/NLE/NothingHere")).Is(404, """{"error":"There is nothing at this address."}""");
        Assert.Equal("/account", (await server.Get("/"))["Location"]);
    }

    [Fact]
    public async Task A_phone_revoked_on_the_page_signs_in_no_more_and_its_grants_end()
    {
        await using var own = await GapuraServer.Start();
        var refresh = (await own.Approve(await own.Open(QrSteps.NewNonce()))).RefreshToken();
        var browser = new Browser(own);
        await browser.SignIn();
        (await browser.Get("/account")).IsPage("Ponsel");
        (await browser.Post("/account/devices/revoke", ("device", own.DeviceId))).IsSeeOther("/account?done=revoked");
        (await browser.Get("/account?done=revoked")).IsPage("That phone can no longer be used to sign in.");
        (await own.Approve(await own.Open(QrSteps.NewNonce()))).IsRefused("invalid_key");
        (await own.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", "client-1")])).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Nobody_revokes_another_persons_phone()
    {
        await using var own = await GapuraServer.Start();
        await own.AddAccount("orang.lain");
        var browser = new Browser(own);
        await browser.SignIn("orang.lain");
        await browser.Post("/account/devices/revoke", ("device", own.DeviceId));
        (await own.Approve(await own.Open(QrSteps.NewNonce()))).IsOk();
        browser.Cookies.Clear();
        (await browser.Post("/account/devices/revoke", ("device", own.DeviceId))).IsSeeOther("/sign-in");
        (await own.Approve(await own.Open(QrSteps.NewNonce()))).IsOk();
    }
}
