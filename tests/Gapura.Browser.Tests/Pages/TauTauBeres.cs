using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Pages;

/// <summary>The partner's page, as somebody who wants a truck uses it.</summary>
internal sealed class TauTauBeres
{
    private readonly TestWorld _world;

    private TauTauBeres(IPage page, TestWorld world) => (Page, _world) = (page, world);

    public IPage Page { get; }

    public static async Task<TauTauBeres> OpenAsync(Visitor visitor)
    {
        var page = await visitor.GoAsync($"{visitor.World.Demo.Platform.Url}/?lang={visitor.Language}");
        await page.Locator("#qr-image").WaitForAsync();
        return new TauTauBeres(page, visitor.World);
    }

    /// <returns>The popup, with its form in it.</returns>
    public Task<IPage> PressLoginAsync() => PopupOfAsync(() => Page.Locator("#login-as").ClickAsync());

    /// <returns>The window that a click on this opens, whatever it shows.</returns>
    public Task<IPage> PopupAsync(string selector) => Page.RunAndWaitForPopupAsync(() => Page.Locator(selector).ClickAsync());

    public async Task<IPage> PopupOfAsync(Func<Task> act)
    {
        var popup = await Page.RunAndWaitForPopupAsync(act);
        // The window is blank at first; waiting for its address instead would miss one that came quickly.
        await popup.Locator("main form[method=post]").WaitForAsync();
        return popup;
    }

    public async Task SignsInAsync(Person person)
    {
        var popup = await PressLoginAsync();
        await popup.ClosesAfterAsync(() => popup.SignInAsync(person));
        await SeesAsync(person);
    }

    public async Task SignOutAsync()
    {
        await Page.Locator("#sign-out").ClickAsync();
        await Page.Locator("#login-as").WaitForAsync();
    }

    /// <summary>The page is signed in as this person, and the customs API has answered it.</summary>
    public async Task SeesAsync(Person person)
    {
        await Expect(Page.Locator("#username")).ToHaveTextAsync(person.Username);
        await Expect(Page.Locator("#npwp")).ToHaveTextAsync(person.Npwp);
        if (person == _world.CobaJualan)
            await Expect(Page.Locator("#documents tbody tr")).ToHaveCountAsync(5);
        else
            await Expect(Page.Locator("#documents-status")).Not.ToBeEmptyAsync();
    }
}
