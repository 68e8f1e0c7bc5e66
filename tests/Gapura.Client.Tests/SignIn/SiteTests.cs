using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Gapura.Client.Tests.Running;

namespace Gapura.Client.Tests.SignIn;

/// <summary>A site with <c>AddGapuraSignIn()</c>, and a person with a browser.</summary>
public sealed partial class SiteTests(Server server)
{
    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public async Task Without_a_script_a_person_goes_to_the_server_and_comes_back_to_where_they_were()
    {
        await using var site = await Site.Start(server);
        using var browser = new Browser();
        var page = await browser.Through(await browser.Open(site.Address + "/home?a=1"));
        Assert.Equal(($"{site.Address}/home?a=1", $"Halo {Server.Username}"), (page.Address.ToString(), page.Text));
        var me = (await browser.Open(site.Address + "/me")).Json;
        Assert.Equal((Server.Username, Server.Npwp, Server.ClientId), (Text(me, "username"), Text(me, "npwp"), Text(me, "client_id")));
        Assert.Equal(("urn:gapura:acr:password", "pwd"), (Text(me, "acr"), Text(me, "amr")));
        Assert.Matches(@"^ey[\w-]+\.[\w-]+\.[\w-]+$", (await browser.Open(site.Address + "/token")).Text);

        Assert.Equal(302, (await browser.Post(site.Address + "/gapura/sign-out")).Status);
        Assert.StartsWith($"{server.Issuer}/oauth/authorize", (await browser.OpenOnly((await browser.OpenOnly(site.Address + "/home")).To!)).To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_another_browser_or_of_another_server_or_a_second_time_signs_nobody_in()
    {
        await using var site = await Site.Start(server);
        using var mine = new Browser();
        var back = await ToCallback(mine, site);

        // A link with somebody else's code: this browser never began.
        using var victim = new Browser();
        var page = await victim.OpenOnly(back);
        Assert.Equal((200, null), (page.Status, page.To));
        Assert.Contains("gapura.js", page.Text, StringComparison.Ordinal);
        Assert.Equal(401, (await victim.OpenOnly(site.Address + "/me")).Status);

        // Mixed up (RFC 9207).
        using var mixed = new Browser();
        page = await mixed.OpenOnly((await ToCallback(mixed, site)).Replace(HttpUtility.UrlEncode(server.Issuer), HttpUtility.UrlEncode("https://evil.example"), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(400, page.Status);
        Assert.Contains("wrong_issuer", page.Text, StringComparison.Ordinal);

        Assert.Equal((302, "/me"), ((await mine.OpenOnly(back)) is var good ? good.Status : 0, good.To));
        Assert.Equal(200, (await mine.OpenOnly(site.Address + "/me")).Status);
        Assert.Contains("gapura.js", (await mine.OpenOnly(back)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_says_no_reads_that_they_are_not_signed_in()
    {
        await using var site = await Site.Start(server);
        using var browser = new Browser();
        var begun = await browser.OpenOnly(site.Address + "/gapura/sign-in");
        var state = HttpUtility.ParseQueryString(new Uri(begun.To!).Query)["state"];
        var page = await browser.OpenOnly($"{site.Address}/gapura/callback?error=access_denied&state={state}&iss={HttpUtility.UrlEncode(server.Issuer)}");
        Assert.Equal(400, page.Status);
        Assert.Contains("Anda belum masuk", page.Text, StringComparison.Ordinal);
        Assert.Contains("access_denied", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", (await browser.OpenOnly(site.Address + "/gapura/callback?error=" + HttpUtility.UrlEncode("<script>alert(1)</script>"))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("evil")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_another_site_afterwards(string returnUrl)
    {
        await using var site = await Site.Start(server);
        using var browser = new Browser();
        var page = await browser.Through(await browser.Open($"{site.Address}/gapura/sign-in?returnUrl={HttpUtility.UrlEncode(returnUrl)}"));
        Assert.Equal(site.Address + "/", page.Address.ToString());
    }

    [Fact]
    public async Task The_popups_code_signs_in_once_with_its_verifier_from_a_page_of_this_site()
    {
        await using var site = await Site.Start(server);
        using var browser = new Browser();
        var code = await PopupCode(browser, site);
        var foreign = await browser.PostJson(site.Address + "/gapura/callback", new { code, codeVerifier = _verifier }, "cross-site");
        Assert.Equal((403, "foreign_page"), (foreign.Status, Text(foreign.Json, "error")));

        var answer = await browser.PostJson(site.Address + "/gapura/callback", new { code, codeVerifier = _verifier });
        Assert.Equal((200, Server.Username), (answer.Status, Text(answer.Json, "username")));
        var me = (await browser.OpenOnly(site.Address + "/me")).Json;
        Assert.Equal((Server.Username, Server.Npwp, Server.ClientId, server.Issuer), (Text(me, "username"), Text(me, "npwp"), Text(me, "client_id"), Text(me, "iss")));

        using var thief = new Browser();
        var again = await thief.PostJson(site.Address + "/gapura/callback", new { code, codeVerifier = _verifier });
        Assert.Equal((400, "invalid_grant"), (again.Status, Text(again.Json, "error")));
        var other = await thief.PostJson(site.Address + "/gapura/callback", new { code = await PopupCode(browser, site), codeVerifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) });
        Assert.Equal((400, "invalid_grant"), (other.Status, Text(other.Json, "error")));
        Assert.Equal(400, (await thief.PostJson(site.Address + "/gapura/callback", new { code })).Status);
        Assert.Equal(401, (await thief.OpenOnly(site.Address + "/me")).Status);
    }

    [Fact]
    public async Task A_ticket_is_for_pages_of_this_site_and_a_bad_key_is_told_to_the_log_alone()
    {
        await using var site = await Site.Start(server);
        using var browser = new Browser();
        Assert.Equal(403, (await browser.Post(site.Address + "/gapura/ticket", "cross-site")).Status);
        var ticket = await browser.Post(site.Address + "/gapura/ticket");
        Assert.Matches("^[0-9a-f]{66}$", Text(ticket.Json, "token"));
        Assert.Equal(server.Issuer, Text(ticket.Json, "issuer"));
        Assert.Equal("no-store", ticket.Answer.Headers.CacheControl?.ToString());

        await using var broken = await Site.Start(server, apiKey: "gpk_wrong");
        var none = await browser.Post(broken.Address + "/gapura/ticket");
        Assert.Equal((502, "signin_unavailable"), (none.Status, Text(none.Json, "error")));
        Assert.DoesNotContain("key", none.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_site_without_its_settings_does_not_start_and_says_which()
    {
        var trouble = await Assert.ThrowsAnyAsync<Exception>(() => Site.Start(server, apiKey: "", issuer: "http://id.example.go.id"));
        Assert.Contains("must be https", trouble.ToString(), StringComparison.Ordinal);
        Assert.Contains("GAPURA_API_KEY", trouble.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> ToCallback(Browser browser, Site site)
    {
        var page = await browser.OpenOnly(site.Address + "/gapura/sign-in?returnUrl=/me");
        for (var hops = 0; hops < 8; hops++)
        {
            if (page.To is { } to && to.StartsWith(site.Address + "/gapura/callback", StringComparison.Ordinal)) return to;
            page = page.To is not null ? await browser.OpenOnly(new Uri(page.Address, page.To).ToString())
                : await browser.SubmitOnly(page, page.Text.Contains("action=\"/oauth/consent\"", StringComparison.Ordinal) ? [("decision", "allow")] : [("username", Server.Username), ("password", Server.Password)]);
        }

        throw new InvalidOperationException($"No way back: {page.Status} {page.Text}");
    }

    private async Task<string> PopupCode(Browser browser, Site site)
    {
        var ticket = Text((await browser.Post(site.Address + "/gapura/ticket")).Json, "token");
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier)));
        var page = await browser.Open($"{server.Issuer}/seamlesslogin/?token={ticket}&state=s1&response_type=code&code_challenge={challenge}&code_challenge_method=S256");
        for (var hops = 0; hops < 3 && !Message().IsMatch(page.Text); hops++) page = await browser.Submit(page, ("username", Server.Username), ("password", Server.Password));
        return JsonDocument.Parse(Message().Match(page.Text).Groups["json"].Value).RootElement.GetProperty("message").GetProperty("code").GetString()!;
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex("<script type=\"application/json\" id=\"message\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Message();
}
