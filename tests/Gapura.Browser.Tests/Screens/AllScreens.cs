using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Screens;

/// <summary>Every page there is, and the way to it.</summary>
internal static class AllScreens
{
    public static IReadOnlyList<Screen> List { get; } =
    [
        new("popup-sign-in", PopupAsync) { HasButton = true },
        new("popup-sign-in.en", PopupAsync) { HasButton = true, Pictured = "en" },
        new("popup-wrong-password", WrongPasswordAsync) { HasButton = true, Expected = "status of 403" },
        new("popup-confirm", ConfirmAsync) { HasButton = true },
        new("popup-done", DoneAsync),
        new("popup-gone", GoneAsync),
        new("popup-expired", ExpiredAsync) { Expected = "status of 403" },
        new("popup-used", UsedAsync) { Expected = "status of 403" },
        new("popup-without-script", PopupAsync) { Script = false },
        .. TroubleScreens.List,
        .. PhoneScreens.List,
        new("sign-in", visitor => visitor.GoAsync($"{visitor.World.Demo.Issuer}/sign-in")) { HasButton = true },
        new("consent", ConsentAsync) { HasButton = true },
        new("consent.en", ConsentAsync) { HasButton = true, Pictured = "en" },
        .. PlatformScreens.List,
        .. HallScreens.List,
        .. ReferenceScreens.List,
        .. DeveloperScreens.List,
        new("account", AccountAsync),
        new("account.en", AccountAsync) { Pictured = "en" },
        new("account-phone-removed", PhoneRemovedAsync),
        new("not-found", visitor => visitor.GoAsync($"{visitor.World.Demo.Issuer}/tidak/ada")) { Expected = "status of 404" },
        new("demo-home", async visitor => (await TauTauBeres.OpenAsync(visitor)).Page),
        new("demo-qr", async visitor => (await TauTauBeres.OpenAsync(visitor)).Page) { Part = ".signin", Pictured = "en" },
        new("demo-signed-in", DemoSignedInAsync),
        new("demo-phone", async visitor => (await ToyPhone.OpenAsync(visitor)).Page),
        new("demo-phone-asks", PhoneAsksAsync),
        new("demo-scanned", ScannedAsync),
    ];

    private static async Task<IPage> ConsentAsync(Visitor visitor)
    {
        await OwnSignInAsync(visitor, visitor.World.CobaJualan);
        return await visitor.GoAsync(OpenIdTests.Authorization(visitor.World, "openid profile npwp offline_access") + "&prompt=consent");
    }

    private static async Task<IPage> PopupAsync(Visitor visitor) =>
        await visitor.GoAsync(visitor.World.PopupAddress(await visitor.World.TicketAsync(visitor.World.Demo.Platform)));

    private static async Task<IPage> WrongPasswordAsync(Visitor visitor)
    {
        var page = await PopupAsync(visitor);
        await page.FillPairAsync("siti.rahmawati", "bukan-kata-sandinya");
        await page.SubmitAsync();
        await page.Locator("#error").WaitForAsync();
        return page;
    }

    private static async Task<IPage> ConfirmAsync(Visitor visitor)
    {
        await OwnSignInAsync(visitor, visitor.World.CobaJualan);
        return await PopupAsync(visitor);
    }

    private static async Task<IPage> DoneAsync(Visitor visitor)
    {
        // Some windows inside apps do not close when they are asked to.
        await visitor.Context.AddInitScriptAsync("window.close = () => {}");
        var partner = await TauTauBeres.OpenAsync(visitor);
        var popup = await partner.PressLoginAsync();
        await popup.SignInAsync(visitor.World.CobaJualan);
        await popup.Locator("#done").WaitForAsync();
        return popup;
    }

    private static async Task<IPage> GoneAsync(Visitor visitor)
    {
        var page = await PopupAsync(visitor);
        await page.SignInAsync(visitor.World.CobaJualan);
        await page.Locator("#gone").WaitForAsync();
        return page;
    }

    // From outside, a ticket that expired and one that never was look alike; WindowTests waits for one to expire.
    private static Task<IPage> ExpiredAsync(Visitor visitor) => visitor.GoAsync(visitor.World.PopupAddress(new string('0', 66)));

    private static async Task<IPage> UsedAsync(Visitor visitor)
    {
        var address = visitor.World.PopupAddress(await visitor.World.TicketAsync(visitor.World.Demo.Platform));
        var page = await visitor.GoAsync(address);
        await page.SignInAsync(visitor.World.CobaJualan);
        await page.Locator("#gone").WaitForAsync();
        await page.GotoAsync(address);
        return page;
    }

    private static async Task<IPage> AccountAsync(Visitor visitor)
    {
        var person = await visitor.World.NewPersonAsync("Siti Rahmawati");
        await visitor.World.NewPhoneAsync(person, "Ponsel Siti");
        await visitor.World.NewPhoneAsync(person, "Tablet gudang");
        return await OwnSignInAsync(visitor, person);
    }

    private static async Task<IPage> PhoneRemovedAsync(Visitor visitor)
    {
        var person = await visitor.World.NewPersonAsync("Siti Rahmawati");
        await visitor.World.NewPhoneAsync(person, "Ponsel Siti");
        var page = await OwnSignInAsync(visitor, person);
        await page.Locator("summary").ClickAsync();
        await page.Locator(".danger").ClickAsync();
        await page.Locator(".done").WaitForAsync();
        return page;
    }

    private static async Task<IPage> DemoSignedInAsync(Visitor visitor)
    {
        var partner = await TauTauBeres.OpenAsync(visitor);
        await partner.SignsInAsync(visitor.World.CobaJualan);
        return partner.Page;
    }

    private static async Task<IPage> PhoneAsksAsync(Visitor visitor)
    {
        var phone = await ToyPhone.OpenAsync(await TauTauBeres.OpenAsync(visitor));
        await phone.ScanAsync();
        return phone.Page;
    }

    private static async Task<IPage> ScannedAsync(Visitor visitor)
    {
        var partner = await TauTauBeres.OpenAsync(visitor);
        await (await ToyPhone.OpenAsync(partner)).ScanAsync();
        await partner.Page.Locator("#qr-next:not(:empty)").WaitForAsync();
        return partner.Page;
    }

    internal static async Task<IPage> OwnSignInAsync(Visitor visitor, Person person)
    {
        var page = await visitor.GoAsync($"{visitor.World.Demo.Issuer}/sign-in");
        await page.SignInAsync(person);
        await page.Locator(".person-bar").WaitForAsync();
        return page;
    }
}
