using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Pages;

/// <summary>The demo's phone on a page, in the hand of somebody who has the partner's page before them.</summary>
internal sealed class ToyPhone
{
    private ToyPhone(IPage page) => Page = page;

    public IPage Page { get; }

    public ILocator Title => Page.Locator("section:not([hidden]) h1");

    /// <summary>As a visitor gets it: by the button below the partner's code.</summary>
    public static async Task<ToyPhone> OpenAsync(TauTauBeres partner)
    {
        var page = await partner.PopupAsync("#toy-phone");
        await page.Locator("#scan").WaitForAsync();
        return new ToyPhone(page);
    }

    public static async Task<ToyPhone> OpenAsync(Visitor visitor) =>
        new(await visitor.GoAsync($"{visitor.World.Demo.Platform.Url}/phone.html?lang={visitor.Language}"));

    public async Task ScanAsync()
    {
        // A phone that is held to the screen between two codes sees none: it is held there again.
        for (var tries = 1; ; tries++)
        {
            await Page.Locator("#scan").ClickAsync();
            try
            {
                await Page.Locator("#ask").WaitForAsync(new() { Timeout = 4_000 });
                return;
            }
            catch (TimeoutException) when (tries < 5)
            {
            }
        }
    }

    /// <summary>Approves in the way this scan asks for: with the number on the screen, the code typed there, or at once.</summary>
    public async Task ApproveAsync(TauTauBeres partner)
    {
        var (digits, typed) = (partner.Page.Locator("#qr-digits"), partner.Page.Locator("#typed"));
        if (await Page.Locator(".choices").IsVisibleAsync())
        {
            await digits.WaitForAsync();
            await ChooseAsync((await digits.TextContentAsync())!);
        }
        else
        {
            if (await Page.Locator(".type").IsVisibleAsync())
            {
                await typed.FillAsync((await Page.Locator(".type").TextContentAsync())!);
                await typed.PressAsync("Enter");
            }

            await Page.Locator("#approve:enabled").ClickAsync();
        }

        await EndsWithAsync("Disetujui");
    }

    public Task ChooseAsync(string number) => Page.Locator(".choices button", new() { HasTextString = number }).ClickAsync();

    public async Task EndsWithAsync(string title)
    {
        await Page.Locator("#end").WaitForAsync();
        await Expect(Title).ToHaveTextAsync(title);
    }

    public Task PutAwayAsync() => Page.Locator("#again").ClickAsync();
}
