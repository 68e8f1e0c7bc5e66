using System.Net;
using System.Text.RegularExpressions;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Xunit;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>The popup's parameters beyond the documented ones: what is taken, what is refused, and what each adds to the answer.</summary>
public sealed partial class PopupParametersTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string NotRegistered = "redirect_uri is not one that is registered for this platform.";
    private const string NoChallenge = "code_challenge must be base64url(SHA-256(code_verifier)), 43 characters.";
    private const string NoMethod = "code_challenge_method must be S256.";

    [Fact]
    public async Task A_return_page_adds_an_address_with_a_code_and_leaves_the_message_as_documented()
    {
        var flow = await PopupFlow.At(server);
        var page = await flow.SignIn();
        var (_, json, message) = page.Message();
        Assert.Equal($$"""{"access_token":"{{AccessTokenOf(message)}}","expires_in":900,"username":"cobajualan","npwp":"018263453454543","iss":"http://localhost:5080","state":"keranjang 7"}""", json);
        var envelope = PopupFlow.Envelope(page);
        Assert.Equal(["target", "message", "return"], envelope.EnumerateObject().Select(m => m.Name));
        var address = envelope.GetProperty("return").GetString()!;
        Assert.StartsWith(PopupFlow.ReturnPage + "?", address, StringComparison.Ordinal);
        var answer = PopupFlow.Answer(address);
        Assert.Equal(["code", "iss", "state"], answer.Keys.Order());
        Assert.Equal(("keranjang 7", server.Issuer), (answer["state"], answer["iss"]));
        Assert.DoesNotContain(AccessTokenOf(message), address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_return_pages_own_query_is_kept()
    {
        var address = await (await PopupFlow.At(server)).ToReturn(("redirect_uri", PopupFlow.ReturnPageWithQuery), ("state", "a&b=c d"));
        Assert.StartsWith(PopupFlow.ReturnPageWithQuery + "&code=gpc_", address, StringComparison.Ordinal);
        Assert.Equal("a&b=c d", PopupFlow.Answer(address)["state"]);
    }

    [Fact]
    public async Task A_return_page_on_this_machine_may_be_at_any_port() =>
        Assert.StartsWith("http://127.0.0.1:49152/kembali?code=", await (await PopupFlow.At(server)).ToReturn(("redirect_uri", "http://127.0.0.1:49152/kembali")), StringComparison.Ordinal);

    [Fact]
    public async Task An_acknowledging_page_is_waited_for()
    {
        var flow = await PopupFlow.At(server);
        Assert.True(PopupFlow.Envelope(await flow.SignIn(("ack", "1"))).GetProperty("ack").GetBoolean());
        Assert.Equal(["target", "message", "ack"], PopupFlow.Envelope(await flow.Browser.Submit(await flow.Open(("ack", "1"), ("redirect_uri", null), ("code_challenge", null), ("code_challenge_method", null)))).EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public async Task With_response_type_code_no_page_sees_a_token_or_a_name()
    {
        var reply = await (await PopupFlow.At(server)).SignIn(PopupFlow.Backend);
        var (target, _, message) = reply.Message();
        Assert.Equal(PopupFlow.Domain, target);
        Assert.Equal(["code", "iss", "state"], message.EnumerateObject().Select(m => m.Name));
        Assert.Equal(("http://localhost:5080", "keranjang 7"), (message.GetProperty("iss").GetString(), message.GetProperty("state").GetString()));
        foreach (var secret in (string[])["access_token", GapuraServer.Username, "018263453454543"]) Assert.DoesNotContain(secret, reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_page_goes_on_without_any_script()
    {
        var flow = await PopupFlow.At(server);
        var page = await flow.Open(PopupFlow.WholePage);
        Assert.DoesNotContain("<noscript>", page.Text, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://toko.example.com;", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("same-origin", page["Cross-Origin-Opener-Policy"]);
        var reply = (await flow.Browser.SignInAt(page)).IsSeeOther();
        Assert.Matches("^https://toko\\.example\\.com/kembali\\?code=gpc_[^&]+&state=keranjang%207&iss=http", reply["Location"]);
        Assert.Equal(("no-store", "no-referrer"), (reply["Cache-Control"], reply["Referrer-Policy"]));
        Assert.Equal("", reply.Text);

        // Signed in now: the next time it is one press.
        var confirm = (await flow.Open(PopupFlow.WholePage)).IsPage("Continue as Coba Jualan");
        Assert.Contains("form-action 'self' https://toko.example.com;", confirm["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.StartsWith(PopupFlow.ReturnPage, (await flow.Browser.Submit(confirm)).IsSeeOther()["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_script_a_popup_with_a_return_page_ends_in_a_link_to_it()
    {
        var flow = await PopupFlow.At(server);
        var page = await flow.Open();
        Assert.DoesNotContain("<noscript>", page.Text, StringComparison.Ordinal);
        var reply = (await flow.Browser.SignInAt(page)).IsPage("One more step");
        Assert.Contains($"href=\"{WebUtility.HtmlEncode(PopupFlow.Envelope(reply).GetProperty("return").GetString())}\"", reply.Text, StringComparison.Ordinal);
        var documented = new Browser(server);
        (await documented.OpenPopup(await server.Ticket())).IsPage("Turn on JavaScript");
    }

    [Fact]
    public async Task What_the_page_asked_for_outlives_a_wrong_password_a_reload_the_switch_and_another_account()
    {
        var flow = await PopupFlow.At(server);
        var page = await flow.Open([.. PopupFlow.WholePage, ("response_type", "code"), ("ack", "1")]);
        page = (await flow.Browser.SignInAt(page, password: "salah besar")).IsPage("not right", 403);
        page = await flow.Browser.Get(WebUtility.HtmlDecode(Address().Match(page.Text).Groups["address"].Value));
        page = await flow.Browser.Get(WebUtility.HtmlDecode(SwitchTo().Match(page.Text).Groups["href"].Value));
        (await flow.Browser.SignIn()).IsSeeOther("/account");
        page = await flow.Browser.Get(WebUtility.HtmlDecode(Address().Match(page.Text).Groups["address"].Value));
        page = await flow.Browser.Get(WebUtility.HtmlDecode(OtherAccount().Match(page.Text).Groups["href"].Value));
        var code = PopupFlow.Answer((await flow.Browser.SignInAt(page)).IsSeeOther()["Location"]!)["code"];
        (await flow.Redeem(code, ("redirect_uri", PopupFlow.ReturnPage))).IsOk();
    }

    [Fact]
    public async Task A_posted_ticket_takes_the_parameters_along()
    {
        var flow = await PopupFlow.At(server);
        (string, string)[] fields = [("token", await server.Ticket(flow.Key)), .. flow.Fields(PopupFlow.WholePage)];
        var address = (await flow.Browser.Post("/seamlesslogin/", fields)).IsSeeOther()["Location"]!;
        Assert.Equal(["code_challenge", "code_challenge_method", "display", "popup", "redirect_uri", "state"], PopupFlow.Answer(server.Issuer + address).Keys.Order());
        (await flow.Browser.SignInAt(await flow.Browser.Get(address))).IsSeeOther();
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example.com/kembali", NotRegistered)]
    [InlineData("redirect_uri", "https://toko.example.com/kembali/", NotRegistered)]
    [InlineData("redirect_uri", "https://toko.example.com/kembali?x=1", NotRegistered)]
    [InlineData("redirect_uri", "https://toko.example.com/KEMBALI", NotRegistered)]
    [InlineData("redirect_uri", "https://toko.example.com@evil.example.com/kembali", NotRegistered)]
    [InlineData("redirect_uri", "//toko.example.com/kembali", NotRegistered)]
    [InlineData("redirect_uri", "javascript:alert(1)", NotRegistered)]
    [InlineData("redirect_uri", "http://localhost:49152/kembali", NotRegistered)]
    [InlineData("code_challenge", null, NoChallenge)]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=", NoChallenge)]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", NoChallenge)]
    [InlineData("code_challenge_method", null, NoMethod)]
    [InlineData("code_challenge_method", "plain", NoMethod)]
    [InlineData("code_challenge_method", "s256", NoMethod)]
    [InlineData("response_type", "id_token", "response_type must be token or code.")]
    [InlineData("response_type", "code token", "response_type must be token or code.")]
    [InlineData("display", "wap", "display must be popup or page.")]
    [InlineData("ack", "0", "ack must be 1.")]
    [InlineData("state", "", null)]
    public async Task One_wrong_parameter_is_named_and_nothing_is_opened(string name, string? value, string? sentence)
    {
        var flow = await PopupFlow.At(server);
        var ticket = await server.Ticket(flow.Key);
        var rows = await server.Rows();
        var reply = await server.Get($"/seamlesslogin/?token={ticket}{flow.Query((name, value))}");
        if (sentence is null) reply.IsPage("Masuk ke Toko");
        else
        {
            reply.Is(400, $$"""{"error":"{{sentence}}"}""");
            var page = (await flow.Browser.OpenPopup(ticket, flow.Query((name, value)))).IsPage("This sign-in request cannot be accepted", 400).IsPage(sentence, 400);
            Assert.DoesNotContain("evil.example.com", page.Text, StringComparison.Ordinal);
            (await server.PostForm("/seamlesslogin/sign-in", [("token", ticket), ("username", GapuraServer.Username), ("password", GapuraServer.Password), .. flow.Fields((name, value))]))
                .Is(400, $$"""{"error":"{{sentence}}"}""");
        }

        Assert.Equal(rows, await server.Rows());
    }

    [Theory]
    [InlineData("redirect_uri", "display=page needs redirect_uri: the return page to go to.")]
    [InlineData("state", "display=page needs state: the return page knows its own sign-in by it.")]
    public async Task A_whole_page_needs_somewhere_to_go_and_something_to_know_it_by(string name, string sentence)
    {
        var flow = await PopupFlow.At(server);
        foreach (var nothing in (string?[])[null, ""])
            (await server.Get($"/seamlesslogin/?token={await server.Ticket(flow.Key)}{flow.Query([.. PopupFlow.WholePage, (name, nothing)])}")).Is(400, $$"""{"error":"{{sentence}}"}""");
    }

    [Theory]
    [InlineData("code_challenge", NoChallenge)]
    [InlineData("code_challenge_method", NoMethod)]
    public async Task A_code_for_the_backend_needs_a_verifier_too(string name, string sentence)
    {
        var flow = await PopupFlow.At(server);
        (await server.Get($"/seamlesslogin/?token={await server.Ticket(flow.Key)}{flow.Query([.. PopupFlow.Backend, (name, null)])}")).Is(400, $$"""{"error":"{{sentence}}"}""");
    }

    [Fact]
    public async Task A_state_that_is_too_long_is_refused_with_the_new_parameters_as_without()
    {
        var flow = await PopupFlow.At(server);
        (await server.Get($"/seamlesslogin/?token={await server.Ticket(flow.Key)}{flow.Query([.. PopupFlow.WholePage, ("state", new string('s', 1025))])}"))
            .Is(400, """{"error":"state must be at most 1024 characters without control characters."}""");
    }

    [Fact]
    public async Task A_platform_without_a_backend_that_proves_itself_is_given_no_code_for_one()
    {
        var flow = await PopupFlow.At(server, "tanpa-backend", new ClientSettings { AuthenticationMethod = "none" });
        var ticket = await server.Ticket(flow.Key);
        Assert.Contains("token_endpoint_auth_method none", (await server.Get($"/seamlesslogin/?token={ticket}{flow.Query(PopupFlow.Backend)}")).Text, StringComparison.Ordinal);
        (await flow.Browser.OpenPopup(ticket, flow.Query())).IsPage("Sign in to Toko");
    }

    [Fact]
    public async Task An_unknown_ticket_hears_of_nothing_but_itself() =>
        (await server.Get("/seamlesslogin/?token=x&redirect_uri=https://evil.example.com/")).Is(403, NotValid);

    [Fact]
    public async Task Parameters_of_the_documented_kind_may_be_said_out_loud()
    {
        var browser = new Browser(server);
        var page = await browser.SignInAt(await browser.OpenPopup(await server.Ticket(), "&response_type=token&display=popup&redirect_uri=&code_challenge=&ack="));
        Assert.Equal(["target", "message"], PopupFlow.Envelope(page).EnumerateObject().Select(m => m.Name));
    }

    [GeneratedRegex("data-address=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("<a href=\"(?<href>[^\"]*)\" lang=\"id\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SwitchTo();

    [GeneratedRegex("href=\"(?<href>[^\"]*another=1[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OtherAccount();
}
