using System.Text.RegularExpressions;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Screens;

/// <summary>What platforms of the hall send a person to, beside the consent: a stronger sign-in, a code from a television, signing out, the way back.</summary>
internal static class HallScreens
{
    public static IReadOnlyList<Screen> List { get; } =
    [
        new("sign-in-phone-wanted", visitor => WantedAsync(visitor, "phone")),
        new("sign-in-password-wanted", visitor => WantedAsync(visitor, "password")) { HasButton = true },
        new("device-code", visitor => visitor.GoAsync($"{visitor.World.Demo.Issuer}/device")) { HasButton = true },
        new("device-wrong-code", WrongCodeAsync) { HasButton = true, Expected = "status of 400" },
        new("device-consent", ComparedAsync) { HasButton = true },
        new("device-consent.en", ComparedAsync) { HasButton = true, Pictured = "en" },
        new("device-done", ConnectedAsync),
        new("device-declined", DeclinedAsync) { Pictured = "" },
        new("logout", AskedToLeaveAsync) { HasButton = true },
        new("logout.en", AskedToLeaveAsync) { HasButton = true, Pictured = "en" },
        new("logout-stayed", StayedAsync) { Pictured = "" },
        new("logout-done", LeftAsync),
        new("going-back", GoingBackAsync) { HasButton = true },
        new("opener-gone", OpenerGoneAsync),
    ];

    private static async Task<IPage> WantedAsync(Visitor visitor, string door)
    {
        var page = await visitor.GoAsync($"{visitor.World.Demo.Issuer}/sign-in?with={door}");
        if (door == "phone") await page.Locator("[data-part=image]").WaitForAsync();
        return page;
    }

    private static async Task<IPage> WrongCodeAsync(Visitor visitor)
    {
        await OwnSignInAsync(visitor);
        var page = await visitor.GoAsync($"{visitor.World.Demo.Issuer}/device");
        await page.Locator("#user_code").FillAsync("BBBB-BBBB");
        await page.SubmitAsync();
        await page.Locator("#error").WaitForAsync();
        return page;
    }

    private static async Task<IPage> ComparedAsync(Visitor visitor)
    {
        await OwnSignInAsync(visitor);
        return await visitor.GoAsync((await Television.AskAsync(visitor.World)).Link);
    }

    private static async Task<IPage> ConnectedAsync(Visitor visitor) => await DecidedAsync(await ComparedAsync(visitor), "allow", "/device[?]done=");

    private static async Task<IPage> DeclinedAsync(Visitor visitor) => await DecidedAsync(await ComparedAsync(visitor), "deny", "/device[?]done=");

    private static async Task<IPage> AskedToLeaveAsync(Visitor visitor)
    {
        await OwnSignInAsync(visitor);
        return await visitor.GoAsync($"{visitor.World.Demo.Issuer}/oauth/logout?client_id={visitor.World.StrangersPlatform.ClientId}");
    }

    private static async Task<IPage> StayedAsync(Visitor visitor) => await DecidedAsync(await AskedToLeaveAsync(visitor), "stay", "/oauth/logout/confirm$");

    private static async Task<IPage> LeftAsync(Visitor visitor) => await DecidedAsync(await AskedToLeaveAsync(visitor), "sign-out", "/oauth/logout/confirm$");

    // It is there for a blink. A platform that answers a form with nothing (204) leaves it on the screen.
    private static async Task<IPage> GoingBackAsync(Visitor visitor)
    {
        var answered = new TaskCompletionSource();
        await visitor.Context.RouteAsync("**/cb", async route =>
        {
            await route.FulfillAsync(new() { Status = 204 });
            answered.TrySetResult();
        });
        await OwnSignInAsync(visitor);
        var page = await visitor.GoAsync(OpenIdTests.Authorization(visitor.World, "openid", "form_post"));
        await page.Locator("button[value=allow]").ClickAsync();
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(20));

        // Asked plainly: a locator would wait for the end of a navigation that an answer of nothing may leave without one.
        for (var tries = 0; !await page.EvaluateAsync<bool>("document.querySelector('#answer') !== null") && tries < 200; tries++) await Task.Delay(50);
        return page;
    }

    private static async Task<IPage> OpenerGoneAsync(Visitor visitor)
    {
        await OwnSignInAsync(visitor);
        var page = await visitor.GoAsync(OpenIdTests.Authorization(visitor.World, "openid", "web_message"));
        await page.Locator("button[value=allow]").ClickAsync();
        await page.Locator("#gone").WaitForAsync();
        return page;
    }

    private static async Task<IPage> DecidedAsync(IPage page, string decision, string until)
    {
        await page.Locator($"button[value={decision}]").ClickAsync();
        await page.ArrivesAsync(new Regex(until));
        return page;
    }

    private static async Task OwnSignInAsync(Visitor visitor) =>
        await AllScreens.OwnSignInAsync(visitor, await visitor.World.NewPersonAsync("Siti Rahmawati"));
}
