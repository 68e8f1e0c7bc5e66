using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Pages;

/// <summary>The code beside the password, on a page of ours. What the code says is read from its link: a camera is tested elsewhere.</summary>
internal sealed class PhoneDoor(IPage page)
{
    // Events may be late, where a test holds them back.
    private static readonly LocatorAssertionsToBeVisibleOptions Late = new() { Timeout = 15_000 };

    public IPage Page => page;

    public ILocator Image => Page.Locator("[data-part=image]");

    public ILocator Link => Page.Locator("[data-part=here]");

    public ILocator Status => Page.Locator("[data-part=status]");

    public ILocator Section(string name) => Page.Locator($"[data-section={name}]");

    /// <summary>In a small window: swaps the password for the code.</summary>
    public Task ChooseAsync() => Page.Locator("[data-door=phone]").ClickAsync();

    /// <param name="after">The code before, which is not meant.</param>
    /// <returns>The session id of the code on the screen.</returns>
    public async Task<string> CodeAsync(string? after = null)
    {
        await Expect(Image).ToBeVisibleAsync();
        for (var tries = 0; tries < 600; tries++)
        {
            if (await Link.GetAttributeAsync("href") is { } href && Uri.UnescapeDataString(href.Split("#scan=")[1]) is var code && code != after) return code;
            await Task.Delay(50);
        }

        throw new TimeoutException("No new code within 30 seconds.");
    }

    /// <summary>The person does at screen and phone what both ask for, up to the approval.</summary>
    /// <returns>The approval, signed and not yet sent.</returns>
    public async Task<Func<Task<int>>> ConfirmAsync(PhoneInHand phone, string sessionId)
    {
        var seen = await phone.ScanAsync(sessionId);
        if (seen.GetProperty("confirmation").GetString() == "match")
        {
            await Expect(Section("match")).ToBeVisibleAsync(Late);
            return await phone.ReadyToApproveAsync(sessionId, await Page.Locator("[data-digits]").TextContentAsync());
        }

        await Expect(Section("type")).ToBeVisibleAsync(Late);
        await Page.Locator("#typed").PressSequentiallyAsync(seen.GetProperty("code").GetString()!);
        await Expect(Section("confirmed")).ToBeVisibleAsync(Late);
        return await phone.ReadyToApproveAsync(sessionId, choice: null);
    }
}
