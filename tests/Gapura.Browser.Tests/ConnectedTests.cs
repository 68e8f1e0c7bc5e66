using Gapura.Browser.Tests.Screens;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>A person looks who knows them, and takes it back.</summary>
public sealed class ConnectedTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task A_person_finds_the_platforms_from_their_account_and_takes_one_back()
    {
        var page = await PlatformScreens.ConnectedAsync(await EnterAsync());
        await page.GotoAsync($"{World.Demo.Issuer}/account");
        await page.GetByText("Situs yang terhubung").ClickAsync();
        await Expect(page).ToHaveURLAsync($"{World.Demo.Issuer}/account/platforms");
        await Expect(page.Locator("section[aria-labelledby=connected] h3")).ToHaveCountAsync(2);
        await Expect(page.Locator("section[aria-labelledby=tax] h3")).ToHaveTextAsync(["TauTauBeres.id"]);

        // Read first, then decide: nothing is sent until the second press.
        await page.GetByLabel("Cabut izin Gudang Kita").ClickAsync();
        await Expect(page.Locator("details[open] form p")).ToContainTextAsync("Yang sudah diketahuinya tidak dapat kami hapus.");
        await page.Locator("details[open] .danger").ClickAsync();
        await Expect(page.Locator(".done")).ToContainTextAsync("Izin situs itu sudah dicabut.");
        await Expect(page.Locator("section[aria-labelledby=connected] h3")).ToHaveTextAsync(["TauTauBeres.id"]);

        await page.GotoAsync(OpenIdTests.Authorization(World, "openid profile"));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Izinkan Gudang Kita mengenali Anda?");
    }
}
