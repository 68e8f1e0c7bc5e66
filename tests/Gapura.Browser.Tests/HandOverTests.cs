using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>How a popup's result reaches its page when the page asked for more than the message: or a popup was never opened.</summary>
public sealed class HandOverTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task A_popup_cut_off_from_its_page_goes_on_to_the_return_page_which_collects()
    {
        var shop = Stays(await Shop.StartAsync(World, "toko-terpisah"));
        var (page, popup) = await OpenAsync(await EnterAsync(), await shop.AddressAsync("/cut-off", more: "&ack=1"));
        Assert.True(await popup.EvaluateAsync<bool>("window.opener === null"), "The popup is not cut off, and this test shows nothing.");
        await popup.SignInAsync(World.CobaJualan);
        await ComesBackAsync(popup, shop);
        Assert.Equal(0, await page.EvaluateAsync<int>("heard.length"));
        Assert.All(await popup.HistoryAsync(), address => Assert.DoesNotContain("eyJ", address));
    }

    [Fact]
    public async Task A_popup_whose_page_was_closed_goes_on_to_the_return_page()
    {
        var shop = Stays(await Shop.StartAsync(World, "toko-tutup"));
        var (page, popup) = await OpenAsync(await EnterAsync(), await shop.AddressAsync());
        await page.CloseAsync();
        await popup.SignInAsync(World.CobaJualan);
        await ComesBackAsync(popup, shop);
    }

    [Fact]
    public async Task A_popup_whose_page_answers_closes()
    {
        var shop = Stays(await Shop.StartAsync(World, "toko-menjawab"));
        var (page, popup) = await OpenAsync(await EnterAsync(), await shop.AddressAsync(how: "answers", more: "&ack=1"));
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        Assert.Equal(World.CobaJualan.Username, await page.EvaluateAsync<string>("heard[0].username"));
    }

    [Fact]
    public async Task A_popup_whose_page_does_not_answer_goes_on_after_three_seconds()
    {
        var shop = Stays(await Shop.StartAsync(World, "toko-diam"));
        var (page, popup) = await OpenAsync(await EnterAsync(), await shop.AddressAsync(more: "&ack=1"));
        await popup.SignInAsync(World.CobaJualan);
        await page.WaitForFunctionAsync("heard.length === 1");
        await popup.WaitForTimeoutAsync(1500);
        Assert.DoesNotContain("/kembali", popup.Url);
        await ComesBackAsync(popup, shop);
    }

    [Fact]
    public async Task A_code_instead_of_a_token_is_all_the_page_hears()
    {
        var shop = Stays(await Shop.StartAsync(World, "toko-backend"));
        var (page, popup) = await OpenAsync(await EnterAsync(), await shop.AddressAsync(more: "&response_type=code"));
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        Assert.Equal("code,iss,state", await page.EvaluateAsync<string>("Object.keys(heard[0]).sort().join()"));
    }

    [Fact]
    public async Task Without_a_popup_the_whole_window_goes_and_comes_back_and_keeps_what_the_page_kept()
    {
        var shop = Stays(await Shop.StartAsync(World, "toko-utuh"));
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync(await shop.AddressAsync(how: "whole", more: "&display=page"));
        await page.Locator("#open").ClickAsync();
        await page.SignInAsync(World.CobaJualan);
        await ComesBackAsync(page, shop);
        await Expect(page.Locator("#kept")).ToHaveTextAsync("still here");

        // Signed in now: one press.
        page = await visitor.GoAsync(await shop.AddressAsync(how: "whole", more: "&display=page"));
        await page.Locator("#open").ClickAsync();
        await page.SubmitAsync();
        await ComesBackAsync(page, shop);
    }

    [Theory]
    [InlineData("&display=page")]
    [InlineData("")]
    public async Task Without_JavaScript_the_return_page_is_reached_all_the_same(string more)
    {
        var shop = Stays(await Shop.StartAsync(World, "toko-tanpa-skrip" + more.Length));
        var visitor = await EnterAsync(new Comes(Script: false));
        var address = Uri.UnescapeDataString((await shop.AddressAsync(more: more)).Split("#url=")[1]);
        var page = await visitor.GoAsync(address);
        await page.SignInAsync(World.CobaJualan);
        if (more.Length == 0) await page.Locator("noscript a.primary").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Kembali");
        Assert.StartsWith($"{shop.Origin}/kembali?dari=gapura&code=gpc_", page.Url, StringComparison.Ordinal);
    }

    private async Task ComesBackAsync(IPage window, Shop shop)
    {
        await Expect(window.Locator("#who")).ToHaveTextAsync(World.CobaJualan.Username);
        Assert.StartsWith($"{shop.Origin}/kembali?dari=gapura&code=gpc_", window.Url, StringComparison.Ordinal);
        Assert.Contains("&state=keranjang-7&iss=", window.Url, StringComparison.Ordinal);
    }

    private static async Task<(IPage Page, IPage Popup)> OpenAsync(Visitor visitor, string address)
    {
        var page = await visitor.GoAsync(address);
        // A popup that is cut off is a page of the same visitor, and of nobody else.
        var popup = await visitor.Context.RunAndWaitForPageAsync(() => page.Locator("#open").ClickAsync());
        await popup.Locator("main form[method=post]").WaitForAsync();
        return (page, popup);
    }
}
