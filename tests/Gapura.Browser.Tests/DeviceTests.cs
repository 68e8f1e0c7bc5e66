using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>A device without a keyboard waits, and a person lets it in with a browser (RFC 8628).</summary>
public sealed class DeviceTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task A_person_types_the_code_signs_in_compares_and_the_device_has_its_tokens()
    {
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var device = await Television.AskAsync(World);
        var page = await (await EnterAsync(new Comes(Width: 320, Height: 640))).GoAsync($"{World.Demo.Issuer}/device");
        await LooksRightAsync(page);
        await page.Locator("#user_code").FillAsync(device.Code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Enter");
        await page.SignInAsync(siti);

        await Expect(page.Locator("h1")).ToHaveTextAsync("Hubungkan Layar Kita di perangkat lain?");
        await Expect(page.Locator("p.user-code")).ToHaveTextAsync(device.Code);
        await Expect(page.Locator(".error")).ToContainTextAsync("jangan izinkan");
        await LooksRightAsync(page);
        await page.Locator("button[value=allow]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Perangkat Anda terhubung");
        Assert.True((await device.PollAsync()).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task The_link_of_the_QR_code_leads_to_the_same_question_and_a_no_is_a_no()
    {
        var device = await Television.AskAsync(World);
        var page = await (await EnterAsync()).GoAsync(device.Link);
        await page.SignInAsync(await World.NewPersonAsync("Made Surya"));
        await page.Locator("button[value=deny]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Perangkat itu tidak dihubungkan");
        Assert.Equal("access_denied", (await device.PollAsync()).GetProperty("error").GetString());
    }

    private static async Task LooksRightAsync(IPage page)
    {
        Assert.Empty(await Axe.LightAndDarkAsync(page));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
    }
}
