using System.Net;
using System.Text.RegularExpressions;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Sessions;
using Xunit;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>The form and its message: names, languages, state, a right and a wrong pair.</summary>
public sealed partial class PopupTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Wrong = "The user name or the password is not right.";

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

    [GeneratedRegex("nonce=\"[0-9a-f]+\"|&?popup=[0-9a-f]+", RegexOptions.None, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<a href=\"(?<href>[^\"]*)\" lang=\"id\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SwitchTo();
}
