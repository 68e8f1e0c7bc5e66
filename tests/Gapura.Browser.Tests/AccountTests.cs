using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>The server's own pages for the person who signed in.</summary>
public sealed class AccountTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task A_person_signs_in_sees_their_phones_revokes_one_and_signs_out()
    {
        var budi = await World.NewPersonAsync("Budi Santoso");
        var lost = await World.NewPhoneAsync(budi, "Ponsel hilang");
        await World.NewPhoneAsync(budi, "Ponsel baru");
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync($"{World.Demo.Issuer}/account");
        await Expect(page).ToHaveURLAsync($"{World.Demo.Issuer}/sign-in");

        await page.SignInAsync(budi);
        await Expect(page).ToHaveURLAsync($"{World.Demo.Issuer}/account");
        await Expect(page.Locator(".person .name")).ToHaveTextAsync("Budi Santoso");
        await Expect(page.Locator(".devices li h3")).ToHaveTextAsync(["Ponsel hilang", "Ponsel baru"]);
        await Expect(page.Locator("main")).Not.ToContainTextAsync(budi.Npwp);

        await page.GetByLabel("Cabut Ponsel hilang").ClickAsync();
        await page.GetByText("Ya, cabut ponsel ini").First.ClickAsync();
        await Expect(page.Locator(".done")).ToHaveTextAsync("Ponsel itu tidak dapat lagi dipakai untuk masuk.");
        await Expect(page.Locator(".devices li h3")).ToHaveTextAsync(["Ponsel baru"]);
        var partner = await TauTauBeres.OpenAsync(visitor);
        Assert.Equal(400, await World.ApproveAsync(await SessionIdAsync(partner), lost));

        await page.GetByText("Keluar").ClickAsync();
        await Expect(page).ToHaveURLAsync($"{World.Demo.Issuer}/sign-in");
        await page.GotoAsync($"{World.Demo.Issuer}/account");
        await Expect(page).ToHaveURLAsync($"{World.Demo.Issuer}/sign-in");
    }

    [Fact]
    public async Task The_back_button_after_signing_out_shows_nothing_of_the_account()
    {
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync($"{World.Demo.Issuer}/sign-in");
        await page.SignInAsync(World.CobaJualan);
        await page.GetByText("Keluar").ClickAsync();
        await Expect(page).ToHaveURLAsync($"{World.Demo.Issuer}/sign-in");
        await page.GoBackAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync(World.CobaJualan.Name);
    }

    private static async Task<string> SessionIdAsync(TauTauBeres partner) =>
        (await partner.Page.Locator("#scan-command").TextContentAsync())!.Split('\'')[1];
}
