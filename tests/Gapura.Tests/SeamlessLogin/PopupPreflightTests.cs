using Gapura.Tests.Sessions;
using Xunit;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>What a page may ask before anybody clicks.</summary>
public sealed class PopupPreflightTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Path = "/seamlesslogin/preflight";

    [Theory]
    [InlineData(PopupFlow.Domain, PopupFlow.ReturnPage, "true", "true")]
    [InlineData(PopupFlow.Domain, null, "true", "null")]
    [InlineData(PopupFlow.Domain, "", "true", "null")]
    [InlineData(PopupFlow.Domain, "https://toko.example.com/lain", "true", "false")]
    [InlineData(PopupFlow.FurtherOrigin, PopupFlow.ReturnPage, "false", "true")]
    [InlineData("https://evil.example.com", null, "false", "null")]
    [InlineData("null", null, "false", "null")]
    public async Task A_page_hears_whether_the_popup_would_lead_back_to_it(string origin, string? redirectUri, string originOk, string redirectUriOk)
    {
        var flow = await PopupFlow.At(server);
        var ticket = await server.Ticket(flow.Key);
        var rows = await server.Rows();
        (string, string)[] form = redirectUri is null ? [("token", ticket)] : [("token", ticket), ("redirect_uri", redirectUri)];
        var reply = (await server.PostForm(Path, form, ("Origin", origin))).Is(200,
            $$"""{"platform":"Toko","domain":"https://toko.example.com","origin_ok":{{originOk}},"redirect_uri_ok":{{redirectUriOk}},"expires_in":1800}""");
        Assert.Equal(("*", null, "no-store"), (reply["Access-Control-Allow-Origin"], reply["Access-Control-Allow-Credentials"], reply["Cache-Control"]));
        Assert.Equal(rows, await server.Rows());
    }

    [Fact]
    public async Task A_program_that_is_no_page_is_of_no_origin() =>
        Assert.False((await server.PostForm(Path, [("token", await server.Ticket())])).IsOk().Json.GetProperty("origin_ok").GetBoolean());

    [Fact]
    public async Task A_ticket_unknown_expired_or_used_is_the_documented_403_that_any_page_may_read()
    {
        await using var own = await GapuraServer.Start();
        var expired = await own.Ticket();
        own.Clock.Pass(TimeSpan.FromMinutes(30));
        var (used, browser) = (await own.Ticket(), new Browser(own));
        (await browser.SignInAt(await browser.OpenPopup(used))).Message();
        foreach (var ticket in (string[])["", "x", new string('a', 66), expired, used])
            Assert.Equal("*", (await own.PostForm(Path, [("token", ticket)], ("Origin", "https://evil.example.com"))).Is(403, NotValid)["Access-Control-Allow-Origin"]);
        (await own.PostForm(Path, [], ("Origin", GapuraServer.Domain))).Is(403, NotValid);
    }

    [Fact]
    public async Task It_says_how_long_the_ticket_lasts()
    {
        await using var own = await GapuraServer.Start();
        var ticket = await own.Ticket();
        own.Clock.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(1740, (await own.PostForm(Path, [("token", ticket)])).IsOk().Json.GetProperty("expires_in").GetInt32());
    }

    [Theory]
    [InlineData(Path, "https://evil.example.com", "*")]
    [InlineData("/seamlesslogin/collect", PopupFlow.Domain, PopupFlow.Domain)]
    [InlineData("/seamlesslogin/collect", "https://evil.example.com", null)]
    public async Task A_browser_asks_first_and_is_let_through_or_not(string path, string origin, string? allowed)
    {
        await PopupFlow.At(server);
        var reply = await server.Send(HttpMethod.Options, path, null, ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));
        Assert.Equal(allowed, reply["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Nothing_but_POST_is_answered() => Assert.Equal("POST", (await server.Get(Path)).IsRefused("method_not_allowed", 405)["Allow"]);
}
