using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Partners;

/// <summary>signIn() ends, whatever becomes of the window.</summary>
public sealed class SignInTests(TestWorld world, PartnerSite site) : BrowserTest(world), IClassFixture<PartnerSite>
{
    [Fact]
    public async Task A_click_signs_the_person_in_and_the_window_closes()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin);
        await PartnerPage.SignInAndCloseAsync(await partner.PressAsync(), World.CobaJualan);

        var result = await partner.ResultAsync();
        Assert.Equal(["accessToken", "expiresIn", "issuer", "npwp", "state", "username"], result.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Equal(World.CobaJualan.Npwp, result.GetProperty("npwp").GetString());
        Assert.Equal(World.CobaJualan.Username, result.GetProperty("username").GetString());
        Assert.Equal(900, result.GetProperty("expiresIn").GetInt32());
        Assert.Equal(["opening", "ticket", "waiting", "redeeming", "done"], await partner.StatesAsync());
    }

    [Fact]
    public async Task A_page_may_ask_for_a_code_that_only_its_backend_redeems()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin, "?response=code");
        await PartnerPage.SignInAndCloseAsync(await partner.PressAsync(), World.CobaJualan);

        var result = await partner.ResultAsync();
        Assert.Equal(["code", "codeVerifier", "issuer", "state"], result.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Equal(43, result.GetProperty("codeVerifier").GetString()!.Length);
    }

    [Fact]
    public async Task A_page_cut_off_from_its_popup_by_its_own_header_gets_the_answer_by_its_return_page()
    {
        var visitor = await EnterAsync();
        var partner = await PartnerPage.OpenAsync(visitor, site.Origin, "?coop=same-origin&return=/return");
        var popup = await partner.PressAsync();
        Assert.True(await popup.EvaluateAsync<bool>("window.opener === null"), "The popup still has its opener, or this test shows nothing.");
        await partner.Page.WaitForFunctionAsync("window.states.includes('detached')");
        await popup.SignInAsync(World.CobaJualan);

        var result = await partner.ResultAsync();
        Assert.Equal(World.CobaJualan.Npwp, result.GetProperty("npwp").GetString());
        Assert.Equal(3, result.GetProperty("accessToken").GetString()!.Split('.').Length);
        await GoneOrDoneAsync(popup);
    }

    [Fact]
    public async Task A_page_cut_off_from_its_popup_without_a_return_page_says_what_is_missing()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin, "?coop=same-origin");
        await partner.PressAsync();

        Assert.Equal("return_missing", await partner.ErrorAsync());
    }

    [Theory]
    [InlineData("same-origin-allow-popups")]
    [InlineData("noopener-allow-popups")]
    public async Task A_header_that_keeps_popups_keeps_the_message(string policy)
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin, $"?coop={policy}");
        await PartnerPage.SignInAndCloseAsync(await partner.PressAsync(), World.CobaJualan);

        Assert.Equal(World.CobaJualan.Npwp, (await partner.ResultAsync()).GetProperty("npwp").GetString());
    }

    [Fact]
    public async Task A_window_that_is_closed_is_told_soon()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin);
        var popup = await partner.PressAsync();
        await popup.CloseAsync();

        Assert.Equal("closed", await partner.ErrorAsync());
    }

    [Fact]
    public async Task A_page_that_was_closed_meanwhile_is_opened_again_by_nobody_and_the_return_page_says_so()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin, "?return=/return");
        var popup = await partner.PressAsync();
        await partner.Page.CloseAsync();
        await popup.SignInAsync(World.CobaJualan);

        await Expect(popup.Locator("#resumed")).ToHaveTextAsync("""{"error":"return_unknown"}""");
    }

    [Fact]
    public async Task A_slow_ticket_is_waited_for_in_the_open_window_which_says_so()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin, "?ticket=/ticket%3Fafter=6500");
        var popup = await partner.Page.RunAndWaitForPopupAsync(() => partner.Page.Locator("#go").ClickAsync());
        await Expect(popup.Locator("body")).ToHaveTextAsync("Opening the sign-in page…");
        await Expect(popup.Locator("body")).ToHaveTextAsync("Still waiting…", new() { Timeout = 7000 });
        await PartnerPage.SignInAndCloseAsync(popup, World.CobaJualan);

        Assert.Equal(World.CobaJualan.Npwp, (await partner.ResultAsync()).GetProperty("npwp").GetString());
    }

    [Theory]
    [InlineData("?ticketTimeout=300&ticket=/ticket%3Fafter=3000")]
    [InlineData("?ticket=/nothing-here")]
    [InlineData("?ticket=/inside")]
    public async Task A_ticket_that_does_not_come_closes_the_window_and_has_a_name(string query)
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 404");
        var partner = await PartnerPage.OpenAsync(visitor, site.Origin, query);
        var popup = await partner.Page.RunAndWaitForPopupAsync(() => partner.Page.Locator("#go").ClickAsync());

        Assert.Equal("ticket_unavailable", await partner.ErrorAsync());
        Assert.True(popup.IsClosed || await ClosesAsync(popup));
    }

    [Fact]
    public async Task The_time_for_the_person_ends()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin, "?timeout=2500");
        var popup = await partner.Page.RunAndWaitForPopupAsync(() => partner.Page.Locator("#go").ClickAsync());

        Assert.Equal("timeout", await partner.ErrorAsync());
        Assert.True(popup.IsClosed || await ClosesAsync(popup));
    }

    [Fact]
    public async Task A_second_press_replaces_the_first()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin);
        var first = await partner.PressAsync();
        var second = await partner.PressAsync();
        Assert.Equal("superseded", await partner.ErrorAsync(0));
        Assert.True(first.IsClosed || await ClosesAsync(first));

        await PartnerPage.SignInAndCloseAsync(second, World.CobaJualan);
        Assert.Equal(World.CobaJualan.Npwp, (await partner.ResultAsync(1)).GetProperty("npwp").GetString());
    }

    [Fact]
    public async Task Two_tabs_at_once_each_get_their_own_person()
    {
        var visitor = await EnterAsync();
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var (one, two) = (await PartnerPage.OpenAsync(visitor, site.Origin, "?return=/return&coop=same-origin"), await PartnerPage.OpenAsync(visitor, site.Origin, "?return=/return&coop=same-origin"));
        var (first, second) = (await one.PressAsync(), await two.PressAsync());
        await second.SignInAsync(siti);
        Assert.Equal(siti.Username, (await two.ResultAsync()).GetProperty("username").GetString());
        await first.SignInAsync(World.CobaJualan);

        Assert.Equal(World.CobaJualan.Username, (await one.ResultAsync()).GetProperty("username").GetString());
    }

    [Fact]
    public async Task A_page_at_an_origin_nobody_registered_never_gets_a_token_and_is_told_why()
    {
        var visitor = await EnterAsync();
        visitor.Expect("Failed to execute 'postMessage'");
        var partner = await PartnerPage.OpenAsync(visitor, site.Elsewhere);
        await partner.Page.EvaluateAsync("addEventListener('message', (event) => { window.heard = event.data; })");
        var popup = await partner.Page.RunAndWaitForPopupAsync(() => partner.Page.Locator("#go").ClickAsync());

        var error = (await partner.EndedAsync()).GetProperty("error");
        Assert.Equal("wrong_origin", error.GetProperty("code").GetString());
        Assert.Contains(site.Elsewhere, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("registered", error.GetProperty("mend").GetString(), StringComparison.Ordinal);
        Assert.True(popup.IsClosed || await ClosesAsync(popup));
        Assert.Null(await partner.Page.EvaluateAsync<JsonElement?>("window.heard ?? null"));
    }

    private static async Task<bool> ClosesAsync(IPage page)
    {
        for (var tries = 0; tries < 50 && !page.IsClosed; tries++) await Task.Delay(100);
        return page.IsClosed;
    }

    // Whether a window may close itself after it was cut off is the browser's affair.
    private static async Task GoneOrDoneAsync(IPage popup)
    {
        if (await ClosesAsync(popup)) return;
        await Expect(popup.Locator("body")).ToContainTextAsync("menutup jendela ini");
    }
}
