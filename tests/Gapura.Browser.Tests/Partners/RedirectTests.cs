using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Partners;

/// <summary>Where no popup can be: the whole window goes and comes back.</summary>
public sealed class RedirectTests(TestWorld world, PartnerSite site) : BrowserTest(world), IClassFixture<PartnerSite>
{
    private const string InApp = "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 Instagram 340.0";

    [Theory]
    [InlineData("token")]
    [InlineData("code")]
    public async Task A_blocked_popup_sends_the_window_itself_and_the_return_page_finishes(string response)
    {
        var visitor = await EnterAsync(new Comes(Width: 390, Height: 800));
        var partner = await PartnerPage.OpenAsync(visitor, site.Origin, $"?return=/return&response={response}");
        await partner.Page.EvaluateAsync("window.open = () => null");
        await partner.Page.Locator("#go").ClickAsync();
        await partner.Page.Locator("#username").WaitForAsync();
        await partner.Page.SignInAsync(World.CobaJualan);

        var resumed = await ResumedAsync(partner.Page);
        Assert.Equal($"{site.Origin}/return", partner.Page.Url);
        if (response == "token") Assert.Equal(World.CobaJualan.Npwp, resumed.GetProperty("npwp").GetString());
        else Assert.Equal($"{site.Origin}/return", resumed.GetProperty("redirectUri").GetString());

        // A reload brings nothing again, and nothing of it is left behind.
        await partner.Page.ReloadAsync();
        await Expect(partner.Page.Locator("#resumed")).ToHaveTextAsync("null");
        Assert.Equal(0, await partner.Page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Fact]
    public async Task A_blocked_popup_without_a_return_page_is_named()
    {
        var partner = await PartnerPage.OpenAsync(await EnterAsync(), site.Origin);
        await partner.Page.EvaluateAsync("window.open = () => null");
        await partner.Page.Locator("#go").ClickAsync();

        Assert.Equal("popup_blocked", await partner.ErrorAsync());
    }

    [Fact]
    public async Task A_browser_inside_an_app_goes_itself_and_opens_no_window()
    {
        var visitor = await InAppAsync();
        var partner = await PartnerPage.OpenAsync(visitor, site.Origin, "?return=/return");
        await partner.Page.Locator("#go").ClickAsync();
        await partner.Page.Locator("#username").WaitForAsync();
        await partner.Page.SignInAsync(World.CobaJualan);

        Assert.Equal(World.CobaJualan.Username, (await ResumedAsync(partner.Page)).GetProperty("username").GetString());
        Assert.Single(visitor.Context.Pages);
    }

    [Fact]
    public async Task A_browser_inside_an_app_without_a_return_page_is_named()
    {
        var partner = await PartnerPage.OpenAsync(await InAppAsync(), site.Origin);
        await partner.Page.Locator("#go").ClickAsync();

        Assert.Equal("return_missing", await partner.ErrorAsync());
    }

    [Theory]
    [InlineData("/inside")]
    [InlineData("https://elsewhere.example/return")]
    public async Task A_return_page_that_is_not_registered_is_named_before_anybody_types_a_password(string page)
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 400");
        var partner = await PartnerPage.OpenAsync(visitor, site.Origin, $"?return={Uri.EscapeDataString(page)}");
        await partner.Page.Locator("#go").ClickAsync();

        Assert.Equal("wrong_return", await partner.ErrorAsync());
    }

    [Fact]
    public async Task A_return_that_another_window_began_is_refused_here()
    {
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync($"{site.Origin}/return?code=stolen&state=gapura.unknown&iss={Uri.EscapeDataString(World.Demo.Issuer)}");

        await Expect(page.Locator("#resumed")).ToHaveTextAsync("""{"error":"return_unknown"}""");
        Assert.Equal(0, visitor.Sent("POST", "/seamlesslogin/collect"));
    }

    [Fact]
    public async Task A_return_that_another_library_waits_for_is_left_alone()
    {
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/return?code=theirs&state=af0ifjsldkj");

        await Expect(page.Locator("#resumed")).ToHaveTextAsync("null");
        Assert.EndsWith("?code=theirs&state=af0ifjsldkj", page.Url, StringComparison.Ordinal);
    }

    private async Task<Visitor> InAppAsync()
    {
        var visitor = await EnterAsync(new Comes(Width: 360, Height: 640));
        await visitor.Context.AddInitScriptAsync($"Object.defineProperty(navigator, 'userAgent', {{ value: '{InApp}' }})");
        return visitor;
    }

    private static async Task<JsonElement> ResumedAsync(IPage page)
    {
        await Expect(page.Locator("#resumed")).ToContainTextAsync("{");
        return JsonDocument.Parse((await page.Locator("#resumed").TextContentAsync())!).RootElement;
    }
}
