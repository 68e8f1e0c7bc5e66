using System.Text.RegularExpressions;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Screens;

/// <summary>What a person sees of the platforms that know them.</summary>
internal static class PlatformScreens
{
    public static IReadOnlyList<Screen> List { get; } =
    [
        new("consent-more", MoreAsync) { HasButton = true },
        new("platforms", ConnectedAsync),
        new("platforms.en", ConnectedAsync) { Pictured = "en" },
        new("platforms-take-back", async visitor => await OpenedAsync(await ConnectedAsync(visitor))) { Pictured = "" },
        new("platforms-none", NoneAsync) { Pictured = "" },
    ];

    /// <summary>Signed in to one platform by the hall, and to another by the popup, which was handed the tax number.</summary>
    public static async Task<IPage> ConnectedAsync(Visitor visitor)
    {
        var person = await visitor.World.NewPersonAsync("Siti Rahmawati");
        await AllScreens.OwnSignInAsync(visitor, person);
        await AgreeAsync(visitor, "openid profile npwp offline_access");
        var popup = await visitor.GoAsync(visitor.World.PopupAddress(await visitor.World.TicketAsync(visitor.World.Demo.Platform)));
        await popup.SubmitAsync();
        await popup.Locator("#gone").WaitForAsync();
        return await visitor.GoAsync($"{visitor.World.Demo.Issuer}/account/platforms");
    }

    private static async Task<IPage> MoreAsync(Visitor visitor)
    {
        await AllScreens.OwnSignInAsync(visitor, await visitor.World.NewPersonAsync("Siti Rahmawati"));
        await AgreeAsync(visitor, "openid profile");
        return await visitor.GoAsync(OpenIdTests.Authorization(visitor.World, "openid profile npwp"));
    }

    private static async Task<IPage> OpenedAsync(IPage page)
    {
        await page.Locator("summary").First.ClickAsync();
        await page.Locator(".danger").First.WaitForAsync();
        return page;
    }

    private static async Task<IPage> NoneAsync(Visitor visitor)
    {
        await AllScreens.OwnSignInAsync(visitor, await visitor.World.NewPersonAsync("Siti Rahmawati"));
        return await visitor.GoAsync($"{visitor.World.Demo.Issuer}/account/platforms");
    }

    private static async Task AgreeAsync(Visitor visitor, string scope)
    {
        var page = await visitor.GoAsync(OpenIdTests.Authorization(visitor.World, scope));
        await page.Locator("button[value=allow]").ClickAsync();
        await page.ArrivesAsync(new Regex($"^{Regex.Escape(visitor.World.Registered)}/cb[?]"));
    }
}
