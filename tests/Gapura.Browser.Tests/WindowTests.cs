using System.Text.RegularExpressions;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>What people do to windows: reload, go back, press twice, open two, leave. Each ends well or says what to do.</summary>
public sealed class WindowTests(TestWorld world) : BrowserTest(world)
{
    private const string Used = "Proses masuk ini sudah selesai";
    private const string NotValid = "Jendela masuk ini tidak berlaku lagi";

    [Fact]
    public async Task The_ticket_is_neither_in_the_address_bar_nor_in_the_history()
    {
        var visitor = await EnterAsync();
        var ticket = await World.TicketAsync(World.Demo.Platform);
        var popup = await visitor.GoAsync(World.PopupAddress(ticket, "&state=s-1"));
        await popup.ArrivesAsync(new Regex("popup="));

        await popup.GetByText("English").ClickAsync();
        await Expect(popup.Locator("h1")).ToHaveTextAsync("Sign in to TauTauBeres.id");
        Assert.DoesNotContain(ticket, popup.Url);
        Assert.All(await popup.HistoryAsync(), address => Assert.DoesNotContain(ticket, address));
        Assert.DoesNotContain(ticket, await popup.EvaluateAsync<string>("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"));
    }

    [Fact]
    public async Task The_form_can_be_reloaded()
    {
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());
        var popup = await partner.PressLoginAsync();
        await popup.ReloadAsync();
        await popup.ReloadAsync();
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        await partner.SeesAsync(World.CobaJualan);
    }

    [Fact]
    public async Task The_back_button_after_a_wrong_password_leads_to_a_form_that_works()
    {
        var (_, partner, popup) = await AfterAWrongPasswordAsync();
        await popup.GoBackAsync();
        await Expect(popup.Locator("#error")).ToHaveCountAsync(0);
        await Expect(popup.Locator("main button[type=submit]")).ToBeEnabledAsync();
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        await partner.SeesAsync(World.CobaJualan);
    }

    [Fact]
    public async Task Reloading_after_a_wrong_password_sends_nothing_again_and_shows_a_form_that_works()
    {
        var (visitor, partner, popup) = await AfterAWrongPasswordAsync();
        await popup.ReloadAsync();
        await Expect(popup.Locator("#error")).ToHaveCountAsync(0);
        Assert.Equal(1, visitor.Sent("POST", "/seamlesslogin/sign-in"));
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        await partner.SeesAsync(World.CobaJualan);
    }

    [Fact]
    public async Task The_back_button_after_success_says_that_it_is_done()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 403");
        var popup = await visitor.GoAsync(World.PopupAddress(await World.TicketAsync(World.Demo.Platform)));
        await popup.SignInAsync(World.CobaJualan);
        await Expect(popup.Locator("#gone h1")).ToBeVisibleAsync();

        await popup.GoBackAsync();
        await Expect(popup.Locator("h1")).ToHaveTextAsync(Used);
    }

    [Fact]
    public async Task Reloading_after_success_says_that_it_is_done()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 403");
        var popup = await visitor.GoAsync(World.PopupAddress(await World.TicketAsync(World.Demo.Platform)));
        await popup.SignInAsync(World.CobaJualan);
        await Expect(popup.Locator("#gone h1")).ToBeVisibleAsync();

        await popup.ReloadAsync();
        await Expect(popup.Locator("h1")).ToHaveTextAsync(Used);
    }

    [Fact]
    public async Task A_double_click_signs_in_exactly_once_and_shows_no_error()
    {
        var visitor = await EnterAsync();
        var partner = await TauTauBeres.OpenAsync(visitor);
        var popup = await partner.PressLoginAsync();
        await popup.FillPairAsync(World.CobaJualan.Username, World.CobaJualan.Password);
        await popup.ClosesAfterAsync(() => popup.Locator("main button[type=submit].primary").DblClickAsync());

        await partner.SeesAsync(World.CobaJualan);
        Assert.Equal(1, visitor.Sent("POST", "/seamlesslogin/sign-in"));
    }

    [Fact]
    public async Task Two_popups_at_once_both_complete()
    {
        var visitor = await EnterAsync();
        var first = await TauTauBeres.OpenAsync(visitor);
        var second = await TauTauBeres.OpenAsync(visitor);
        var firstPopup = await first.PressLoginAsync();
        var secondPopup = await second.PressLoginAsync();
        Assert.NotSame(firstPopup, secondPopup);

        await secondPopup.ClosesAfterAsync(() => secondPopup.SignInAsync(World.CobaJualan));
        await second.SeesAsync(World.CobaJualan);
        await firstPopup.ClosesAfterAsync(() => firstPopup.SignInAsync(World.CobaJualan));
        await first.SeesAsync(World.CobaJualan);
    }

    [Fact]
    public async Task A_second_press_of_the_partners_button_starts_over_in_the_same_window()
    {
        var visitor = await EnterAsync();
        var partner = await TauTauBeres.OpenAsync(visitor);
        var popup = await partner.PressLoginAsync();
        var before = popup.Url;
        await partner.Page.Locator("#login-as").ClickAsync();
        await popup.ArrivesAsync(new Regex($"^(?!{Regex.Escape(before)}$).*popup="));
        Assert.Equal(2, visitor.Context.Pages.Count);
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        await partner.SeesAsync(World.CobaJualan);
    }

    [Fact]
    public async Task An_expired_ticket_ends_in_a_page_that_says_what_to_do()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 403");
        await World.ExpiryAsync();
        var popup = await visitor.GoAsync(World.PopupAddress(World.OldTicket));
        await Expect(popup.Locator("h1")).ToHaveTextAsync(NotValid);
        await Expect(popup.Locator("main")).ToContainTextAsync("tekan tombol masuk sekali lagi");
        await Expect(popup.Locator(".detail")).ToContainTextAsync("API key is not valid or is expired / revoked.");
    }

    [Fact]
    public async Task A_used_ticket_ends_in_a_page_that_says_so()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 403");
        var address = World.PopupAddress(await World.TicketAsync(World.Demo.Platform));
        var popup = await visitor.GoAsync(address);
        await popup.SignInAsync(World.CobaJualan);
        await popup.Locator("#gone").WaitForAsync();

        await popup.GotoAsync(address);
        await Expect(popup.Locator("h1")).ToHaveTextAsync(Used);
        await Expect(popup.Locator("main")).ToContainTextAsync("tekan tombol masuk di sana sekali lagi");
    }

    [Fact]
    public async Task An_opener_that_was_closed_ends_in_a_page_that_leads_back()
    {
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());
        var popup = await partner.PressLoginAsync();
        await partner.Page.CloseAsync();
        await popup.SignInAsync(World.CobaJualan);

        await Expect(popup.Locator("#gone h1")).ToBeVisibleAsync();
        await Expect(popup.Locator("#gone a.primary")).ToHaveAttributeAsync("href", World.Demo.Platform.Url);
        await Expect(popup.Locator("#working")).ToBeHiddenAsync();
        await Expect(popup.Locator("#message")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_window_the_browser_does_not_close_says_that_it_is_done()
    {
        var visitor = await EnterAsync();
        await visitor.Context.AddInitScriptAsync("window.close = () => {}");
        var partner = await TauTauBeres.OpenAsync(visitor);
        var popup = await partner.PressLoginAsync();
        await popup.SignInAsync(World.CobaJualan);

        await partner.SeesAsync(World.CobaJualan);
        await Expect(popup.Locator("#done h1")).ToHaveTextAsync("Selesai");
        await Expect(popup.Locator("#message")).ToHaveCountAsync(0);
    }

    private async Task<(Visitor Visitor, TauTauBeres Partner, IPage Popup)> AfterAWrongPasswordAsync()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 403");
        var partner = await TauTauBeres.OpenAsync(visitor);
        var popup = await partner.PressLoginAsync();
        await popup.FillPairAsync(World.CobaJualan.Username, "bukan-kata-sandinya");
        await popup.SubmitAsync();
        await popup.Locator("#error").WaitForAsync();
        return (visitor, partner, popup);
    }
}
