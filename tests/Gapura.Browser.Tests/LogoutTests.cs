using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>Signing out as a person sees it, of two platforms at once.</summary>
public sealed class LogoutTests(TestWorld world) : BrowserTest(world)
{
    private readonly Dictionary<string, string> _idTokens = [];

    private string Issuer => World.Demo.Issuer;

    [Fact]
    public async Task Asked_by_a_platform_a_person_signs_out_of_both_and_is_back()
    {
        var gudang = Stays(await LogoutSite.StartAsync(World, "localhost", "keluar-1", "Gudang Satu"));
        var kapal = Stays(await LogoutSite.StartAsync(World, "127.0.0.1", "keluar-2", "Kapal Dua"));
        var visitor = await EnterAsync();
        visitor.Expect("Unsafe attempt to initiate navigation");
        visitor.Expect("attempting to navigate the top-level window");
        var page = await SignedInAtAsync(visitor, gudang, kapal);

        await page.GotoAsync($"{Issuer}/oauth/logout?client_id={gudang.ClientId}&post_logout_redirect_uri={Uri.EscapeDataString(gudang.Bye)}&state=abc");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Keluar dari akun Anda?");
        await Expect(page.Locator(".lead")).ToContainTextAsync("Gudang Satu");
        await IsForEverybodyAsync(page);
        await page.Locator("button[value=sign-out]").ClickAsync();
        await Expect(page).ToHaveURLAsync(gudang.Bye + "?state=abc");

        foreach (var site in (LogoutSite[])[gudang, kapal])
        {
            await ComesAsync(() => !site.Heard.IsEmpty && site.Forgotten > 0);
            Assert.Equal(1, site.Forgotten);
            Assert.Single(site.Heard);
        }

        await page.GotoAsync($"{Issuer}/account");
        await Expect(page).ToHaveURLAsync($"{Issuer}/sign-in");
    }

    [Fact]
    public async Task Without_script_the_frames_are_there_and_a_link_leads_back()
    {
        var gudang = Stays(await LogoutSite.StartAsync(World, "localhost", "keluar-3", "Gudang Tiga"));
        var kapal = Stays(await LogoutSite.StartAsync(World, "127.0.0.1", "keluar-4", "Kapal Empat"));
        var visitor = await EnterAsync(new Comes("en", Script: false));
        var page = await SignedInAtAsync(visitor, gudang, kapal);
        var hint = _idTokens[gudang.ClientId];

        await page.GotoAsync($"{Issuer}/oauth/logout?id_token_hint={hint}&post_logout_redirect_uri={Uri.EscapeDataString(gudang.Bye)}&ui_locales=en");
        await Expect(page.Locator("h1")).ToHaveTextAsync("You are signed out");
        Assert.Equal(2, await page.Locator("iframe").CountAsync());
        Assert.Equal(2, visitor.Sent("GET", "/forget"));
        await page.GetByText("Back to Gudang Tiga").ClickAsync();
        await Expect(page).ToHaveURLAsync(gudang.Bye);
    }

    [Fact]
    public async Task A_person_may_stay_and_may_sign_out_with_nowhere_to_go()
    {
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var page = await (await EnterAsync(new Comes("en"))).GoAsync($"{Issuer}/sign-in");
        await page.SignInAsync(siti);
        await page.GotoAsync($"{Issuer}/oauth/logout");
        await page.Locator("button[value=stay]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("You are still signed in");
        await page.GetByText("To your account").ClickAsync();
        await Expect(page.Locator(".person .name")).ToHaveTextAsync("Siti Rahmawati");
        await page.GotoAsync($"{Issuer}/oauth/logout");
        await page.Keyboard.PressAsync("Tab");
        await page.Locator("button[value=sign-out]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("You are signed out");
        await IsForEverybodyAsync(page);
    }

    private async Task<IPage> SignedInAtAsync(Visitor visitor, params LogoutSite[] sites)
    {
        var page = await visitor.GoAsync($"{Issuer}/sign-in");
        await page.SignInAsync(await World.NewPersonAsync("Siti Rahmawati"));
        await Expect(page).ToHaveURLAsync($"{Issuer}/account");
        foreach (var site in sites)
        {
            await page.GotoAsync(site.Authorization(Issuer));
            await page.Locator("button[value=allow]").ClickAsync();
            await Expect(page.Locator("h1")).ToHaveTextAsync("cb");
            _idTokens[site.ClientId] = await site.RedeemAsync(Issuer, page.Url);
        }

        return page;
    }

    private static async Task IsForEverybodyAsync(IPage page)
    {
        Assert.Empty(await Axe.LightAndDarkAsync(page));

        await page.SetViewportSizeAsync(320, 640);
        Assert.True(await page.EvaluateAsync<bool>("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"));
        await page.SetViewportSizeAsync(1280, 800);
    }

    private static async Task ComesAsync(Func<bool> there)
    {
        for (var i = 0; i < 100 && !there(); i++) await Task.Delay(100);
    }
}
