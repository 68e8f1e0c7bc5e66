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

        await page.ArrivesAsync($"{site.Origin}/elements");
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
    public async Task A_phone_of_the_documented_kind_signs_the_code_and_the_page_is_told()
    {
        var person = await World.NewPersonAsync("Dewi Lestari");
        var phone = await World.NewPhoneAsync(person, "Ponsel Dewi");
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/elements");
        var sessionId = await CodeAsync(page);
        await Expect(page.Locator("gapura-qr [role=status]")).ToHaveTextAsync("Pindai kode ini dengan ponsel.");
        Assert.True(await page.Locator("gapura-qr canvas").EvaluateAsync<bool>("async (canvas) => { await new Promise((shown) => setTimeout(shown, 300)); return canvas.toDataURL().length > 1000; }"), "No code is drawn.");
        Assert.Equal(200, await World.ApproveAsync(sessionId, phone));

        var told = await ToldAsync(page, "gapura-result");
        Assert.Equal("gapura-qr", told.GetProperty("by").GetString());
        Assert.Equal(["accessToken", "expiresIn", "issuer"], told.GetProperty("detail").EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_phone_that_does_not_know_the_browser_has_its_digits_typed()
    {
        var phone = new PhoneInHand(World, await World.NewPhoneAsync(await World.NewPersonAsync("Rina Wijaya"), "Ponsel Rina"));
        var visitor = await EnterAsync();
        visitor.Expect("status of 400");
        var page = await visitor.GoAsync($"{site.Origin}/elements");
        var (input, status) = (page.Locator("gapura-qr input"), page.Locator("gapura-qr [role=status]"));
        var sessionId = await CodeAsync(page);
        var typed = (await phone.ScanAsync(sessionId)).GetProperty("code").GetString()!;
        await Expect(status).ToHaveTextAsync("R••• W•••: Ketik angka dari ponsel.");
        await input.FillAsync(typed == "0000" ? "0001" : "0000");
        await input.PressAsync("Enter");
        await Expect(status).ToHaveTextAsync("Angka salah.");
        await input.FillAsync(typed);
        await input.PressAsync("Enter");
        await Expect(status).ToHaveTextAsync("R••• W•••: Setujui di ponsel.");
        Assert.Equal(200, await phone.ApproveAsync(sessionId));
        await ToldAsync(page, "gapura-result");
    }

    [Fact]
    public async Task A_phone_that_declines_gets_a_new_code_to_scan()
    {
        var phone = new PhoneInHand(World, await World.NewPhoneAsync(await World.NewPersonAsync("Agus Salim"), "Ponsel Agus"));
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/elements");
        var sessionId = await CodeAsync(page);
        await phone.ScanAsync(sessionId);
        await Expect(page.Locator("gapura-qr canvas")).ToBeHiddenAsync();
        await phone.DeclineAsync(sessionId);

        await Expect(page.Locator("gapura-qr canvas")).ToBeVisibleAsync();
        Assert.NotEqual(sessionId, await CodeAsync(page, sessionId));
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

    private static async Task<string> CodeAsync(IPage page, string? after = null)
    {
        const string Latest = "after => window.told?.filter((each) => each.detail.sessionId && each.detail.state === 'waiting' && each.detail.sessionId !== after).at(-1)?.detail.sessionId";
        return await (await page.WaitForFunctionAsync(Latest, after)).JsonValueAsync<string>();
    }

    private static async Task<JsonElement> ToldAsync(IPage page, string type)
    {
        await page.WaitForFunctionAsync("type => window.told?.some((each) => each.type === type)", type);
        return JsonDocument.Parse(await page.EvaluateAsync<string>("type => JSON.stringify(told.find((each) => each.type === type))", type)).RootElement;
    }
}
