using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>Door two, from the partner's page on another origin to the customs API's answer.</summary>
public sealed class PopupTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task The_popup_signs_the_partners_page_in_and_closes_by_itself()
    {
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());
        var popup = await partner.PressLoginAsync();
        await Expect(popup.Locator("h1")).ToHaveTextAsync("Masuk ke TauTauBeres.id");
        await Expect(popup.Locator(".host strong")).ToHaveTextAsync(new Uri(World.Demo.Platform.Url).Authority);

        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        await partner.SeesAsync(World.CobaJualan);
    }

    [Fact]
    public async Task The_whole_sign_in_goes_without_a_mouse()
    {
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());
        var keys = partner.Page.Keyboard;
        for (var tabs = 0; await partner.Page.EvaluateAsync<string?>("document.activeElement.id") != "login-as"; tabs++)
        {
            Assert.True(tabs < 10, "The button is not reached with ten presses of the tab key.");
            await keys.PressAsync("Tab");
        }

        var popup = await partner.PopupOfAsync(() => keys.PressAsync("Enter"));
        await Expect(popup.Locator("#username")).ToBeFocusedAsync();
        await popup.Keyboard.TypeAsync(World.CobaJualan.Username);
        await popup.Keyboard.PressAsync("Tab");
        await Expect(popup.Locator("#password")).ToBeFocusedAsync();
        await popup.Keyboard.TypeAsync(World.CobaJualan.Password);
        await popup.ClosesAfterAsync(() => popup.Keyboard.PressAsync("Enter"));

        await partner.SeesAsync(World.CobaJualan);
        await Expect(partner.Page.Locator("#hello")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_one_sentence_and_the_right_one_then_goes_in_the_same_window()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 403");
        var partner = await TauTauBeres.OpenAsync(visitor);
        var popup = await partner.PressLoginAsync();

        await popup.FillPairAsync(World.CobaJualan.Username, "bukan-kata-sandinya");
        await popup.SubmitAsync();
        var error = popup.Locator("#error");
        await Expect(error).ToHaveTextAsync("Nama pengguna atau kata sandi salah.");
        await Expect(error).ToBeFocusedAsync();
        await Expect(popup.Locator("[role=alert]")).ToHaveCountAsync(1);
        await Expect(popup.Locator("#username")).ToHaveValueAsync(World.CobaJualan.Username);
        await Expect(popup.Locator("#password")).ToHaveValueAsync("");

        await popup.FillPairAsync("orang-yang-tidak-ada", "bukan-kata-sandinya");
        await popup.SubmitAsync();
        await Expect(popup.Locator("#username")).ToHaveValueAsync("orang-yang-tidak-ada");
        await Expect(error).ToHaveTextAsync("Nama pengguna atau kata sandi salah.");

        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        await partner.SeesAsync(World.CobaJualan);
    }

    [Fact]
    public async Task Somebody_already_signed_in_is_asked_to_confirm()
    {
        var visitor = await EnterAsync();
        var partner = await TauTauBeres.OpenAsync(visitor);
        await partner.SignsInAsync(World.CobaJualan);
        await partner.SignOutAsync();

        var popup = await partner.PressLoginAsync();
        await Expect(popup.Locator(".person .name")).ToHaveTextAsync(World.CobaJualan.Name);
        await Expect(popup.Locator("#password")).ToHaveCountAsync(0);
        await popup.ClosesAfterAsync(popup.SubmitAsync);

        await partner.SeesAsync(World.CobaJualan);
        Assert.Equal(1, visitor.Sent("POST", "/seamlesslogin/sign-in"));
        Assert.Equal(1, visitor.Sent("POST", "/seamlesslogin/confirm"));
    }

    [Fact]
    public async Task Somebody_already_signed_in_can_use_another_account()
    {
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());
        await partner.SignsInAsync(World.CobaJualan);
        await partner.SignOutAsync();

        var popup = await partner.PressLoginAsync();
        await popup.GetByText("Gunakan akun lain").ClickAsync();
        await popup.ClosesAfterAsync(() => popup.SignInAsync(siti));

        await partner.SeesAsync(siti);
    }

    [Fact]
    public async Task The_page_says_its_language_and_the_person_can_switch_both_ways()
    {
        // The browser asks for English, the partner's page for Bahasa Indonesia: the page knows better what it shows.
        var visitor = await EnterAsync(new Comes("en"));
        var popup = await visitor.GoAsync(World.PopupAddress(await World.TicketAsync(World.Demo.Platform), "&ui_locales=id"));
        await Expect(popup.Locator("h1")).ToHaveTextAsync("Masuk ke TauTauBeres.id");
        await Expect(popup.Locator("html")).ToHaveAttributeAsync("lang", "id");

        await popup.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(popup.Locator("h1")).ToHaveTextAsync("Sign in to TauTauBeres.id");
        await Expect(popup.Locator("html")).ToHaveAttributeAsync("lang", "en");

        await popup.GetByRole(AriaRole.Link, new() { Name = "Bahasa Indonesia" }).ClickAsync();
        await Expect(popup.Locator("h1")).ToHaveTextAsync("Masuk ke TauTauBeres.id");
    }

    [Fact]
    public async Task Without_a_wish_of_the_page_the_browsers_language_counts()
    {
        var visitor = await EnterAsync(new Comes("en"));
        var popup = await visitor.GoAsync(World.PopupAddress(await World.TicketAsync(World.Demo.Platform)));
        await Expect(popup.Locator("h1")).ToHaveTextAsync("Sign in to TauTauBeres.id");
    }

    [Fact]
    public async Task Without_JavaScript_the_page_says_what_to_do()
    {
        var visitor = await EnterAsync(new Comes(Script: false));
        var popup = await visitor.GoAsync(World.PopupAddress(await World.TicketAsync(World.Demo.Platform)));
        await Expect(popup.Locator("noscript [role=alert]")).ToBeVisibleAsync();
        await Expect(popup.Locator("noscript [role=alert]")).ToContainTextAsync("Nyalakan JavaScript");

        await popup.SignInAsync(World.CobaJualan);
        await Expect(popup.Locator("noscript [role=alert]")).ToContainTextAsync("Nyalakan JavaScript");
        await Expect(popup.Locator("noscript a.primary")).ToHaveAttributeAsync("href", World.Demo.Platform.Url);
        await Expect(popup.Locator("#working")).ToBeHiddenAsync();
    }
}
