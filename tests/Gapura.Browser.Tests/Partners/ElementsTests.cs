using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Partners;

/// <summary>The two elements, pinned by integrity, under the strictest policy a partner can set.</summary>
public sealed class ElementsTests(TestWorld world, PartnerSite site) : BrowserTest(world), IClassFixture<PartnerSite>
{
    [Fact]
    public async Task The_button_signs_in_with_the_keyboard_and_tells_its_page()
    {
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/elements");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Masuk" });
        await button.FocusAsync();
        var popup = await page.RunAndWaitForPopupAsync(() => page.Keyboard.PressAsync("Enter"));
        await popup.Locator("#username").WaitForAsync();
        await Expect(page.Locator("gapura-button [role=status]")).ToHaveTextAsync("Lanjutkan di jendela yang terbuka.");
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        var told = await ToldAsync(page, "gapura-result");
        Assert.Equal("gapura-button", told.GetProperty("by").GetString());
        Assert.Equal($"{site.Origin}/elements", told.GetProperty("detail").GetProperty("redirectUri").GetString());
    }

    [Fact]
    public async Task The_button_finishes_what_came_back_to_its_own_page()
    {
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/elements");
        await page.EvaluateAsync("window.open = () => null");
        await page.GetByRole(AriaRole.Button, new() { Name = "Masuk" }).ClickAsync();
        await page.Locator("#username").WaitForAsync();
        await page.SignInAsync(World.CobaJualan);

        await page.WaitForURLAsync($"{site.Origin}/elements");
        Assert.Equal("gapura-button", (await ToldAsync(page, "gapura-result")).GetProperty("by").GetString());
    }

    [Fact]
    public async Task The_button_says_what_went_wrong_to_the_person_and_to_its_page()
    {
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/elements");
        await page.EvaluateAsync("document.querySelector('gapura-button').setAttribute('return-url', 'https://elsewhere.example/')");
        await page.GetByRole(AriaRole.Button, new() { Name = "Masuk" }).ClickAsync();

        Assert.Equal("wrong_return", (await ToldAsync(page, "gapura-error")).GetProperty("detail").GetString());
        await Expect(page.Locator("gapura-button [role=status]")).ToHaveTextAsync("Situs ini tidak terdaftar.");
    }

    [Fact]
    public async Task A_phone_that_scans_the_code_element_signs_the_page_in()
    {
        var person = await World.NewPersonAsync("Dewi Lestari");
        var phone = await World.NewPhoneAsync(person, "Ponsel Dewi");
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/elements");
        var opened = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync("() => { const code = document.querySelector('gapura-qr'); code.remove(); document.querySelector('main').append(code); }"),
            answer => answer.Url.EndsWith("/v1/qrAuth", StringComparison.Ordinal));
        var sessionId = (await opened.JsonAsync())!.Value.GetProperty("sessionId").GetString()!;
        await Expect(page.Locator("gapura-qr [role=status]")).ToHaveTextAsync("Pindai kode ini dengan ponsel.");
        Assert.True(await page.Locator("gapura-qr canvas").EvaluateAsync<bool>("async (canvas) => { await new Promise((shown) => setTimeout(shown, 300)); return canvas.toDataURL().length > 2000; }"), "No code is drawn.");
        Assert.Equal(200, await World.ApproveAsync(sessionId, phone));

        var told = await ToldAsync(page, "gapura-result");
        Assert.Equal("gapura-qr", told.GetProperty("by").GetString());
        Assert.Equal(["accessToken", "expiresIn", "issuer"], told.GetProperty("detail").EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task Axe_finds_nothing_in_the_elements(int width)
    {
        var visitor = await EnterAsync(new Comes(Width: width));
        var page = await visitor.GoAsync($"{site.Origin}/elements");
        await Expect(page.Locator("gapura-qr [role=status]")).ToHaveTextAsync("Pindai kode ini dengan ponsel.");

        Assert.Empty(await Axe.LightAndDarkAsync(page));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    private static async Task<JsonElement> ToldAsync(IPage page, string type)
    {
        await page.WaitForFunctionAsync("type => window.told?.some((each) => each.type === type)", type);
        return JsonDocument.Parse(await page.EvaluateAsync<string>("type => JSON.stringify(told.find((each) => each.type === type))", type)).RootElement;
    }
}
