using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>An answer that goes by form or by message: what a browser lets through to the platform, and to nobody else.</summary>
public sealed class AnswerTests(TestWorld world) : BrowserTest(world)
{
    private const string Refused = "does not match the recipient window's origin";

    [Fact]
    public async Task A_form_brings_the_answer_to_the_platform_and_leaves_none_of_it_in_an_address()
    {
        var page = await (await EnterAsync()).GoAsync(OpenIdTests.Authorization(World, "openid", "form_post"));
        await page.SignInAsync(await World.NewPersonAsync("Siti Rahmawati"));
        await page.Locator("button[value=allow]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Posted back");
        await IsAnswerAsync(JsonDocument.Parse((await page.Locator("#posted").TextContentAsync())!).RootElement);
        Assert.Equal(World.Registered + "/cb", page.Url);
        Assert.DoesNotContain(await page.HistoryAsync(), address => address.Contains("code=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_script_the_form_goes_at_the_press_of_a_button()
    {
        var page = await (await EnterAsync(new Comes(Script: false))).GoAsync(OpenIdTests.Authorization(World, "openid", "form_post"));
        await page.SignInAsync(await World.NewPersonAsync("Siti Rahmawati"));
        await page.Locator("button[value=allow]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Kembali ke situs tadi…");
        await page.SubmitAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Posted back");
    }

    [Fact]
    public async Task A_popup_tells_the_page_that_opened_it_and_later_a_frame_does_without_a_word()
    {
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync(World.Registered + "/#url=" + Uri.EscapeDataString(OpenIdTests.Authorization(World, "openid", "web_message")));
        var popup = await page.RunAndWaitForPopupAsync(() => page.Locator("#open").ClickAsync());
        await popup.SignInAsync(await World.NewPersonAsync("Siti Rahmawati"));
        await popup.Locator("button[value=allow]").ClickAsync();
        await IsAnswerAsync(await HeardAsync(page, 1));
        await popup.CloseAsync();

        await FrameAsync(page, OpenIdTests.Authorization(World, "openid", "web_message") + "&prompt=none");
        await IsAnswerAsync(await HeardAsync(page, 2));
    }

    [Fact]
    public async Task A_page_of_another_origin_hears_nothing_by_popup_frame_or_form()
    {
        var visitor = await EnterAsync();
        foreach (var expected in (string[])[Refused, "frame-ancestors", "chrome-error://chromewebdata"]) visitor.Expect(expected);
        var own = await visitor.GoAsync(OpenIdTests.Authorization(World, "openid"));
        await own.SignInAsync(await World.NewPersonAsync("Siti Rahmawati"));
        await own.Locator("button[value=allow]").ClickAsync();
        await Expect(own.Locator("h1")).ToHaveTextAsync("Called back");

        // Agreed already, so that nothing stands between the thief and the answer but the browser.
        var address = OpenIdTests.Authorization(World, "openid", "web_message");
        var evil = await visitor.GoAsync(World.Evil + "/#url=" + Uri.EscapeDataString(address));
        var popup = await evil.RunAndWaitForPopupAsync(() => evil.Locator("#open").ClickAsync());
        await Expect(popup.Locator("#going")).ToHaveTextAsync("Kembali ke situs tadi…");
        await popup.WaitForLoadStateAsync();
        Assert.True(await popup.EvaluateAsync<bool>("window.opener !== null"));
        await FrameAsync(evil, address + "&prompt=none");
        await evil.EvaluateAsync("() => document.querySelector('iframe').loaded");

        popup = await evil.RunAndWaitForPopupAsync(() => evil.EvaluateAsync("url => { window.open(url, 'other'); }", OpenIdTests.Authorization(World, "openid", "form_post")));
        await Expect(popup.Locator("h1")).ToHaveTextAsync("Posted back");
        Assert.Equal(World.Registered + "/cb", popup.Url);
        await Task.Delay(500); // a message would have come by now
        Assert.Equal(0, await evil.EvaluateAsync<int>("heard.length"));
    }

    private static Task FrameAsync(IPage page, string address) => page.EvaluateAsync("""
        address => {
            const frame = document.createElement('iframe');
            frame.loaded = new Promise((done) => { frame.onload = () => done(); });
            frame.src = address;
            document.body.append(frame);
        }
        """, address);

    private async Task<JsonElement> HeardAsync(IPage page, int count)
    {
        await page.WaitForFunctionAsync("count => heard.length === count", count);
        var last = (await page.EvaluateAsync<JsonElement>("heard[heard.length - 1]"));
        Assert.Equal(World.Demo.Issuer, last.GetProperty("origin").GetString());
        Assert.Equal("authorization_response", last.GetProperty("data").GetProperty("type").GetString());
        return last.GetProperty("data").GetProperty("response");
    }

    private async Task IsAnswerAsync(JsonElement answer)
    {
        Assert.Equal(("abc", World.Demo.Issuer), (answer.GetProperty("state").GetString(), answer.GetProperty("iss").GetString()));
        Assert.Equal(JsonValueKind.String, (await OpenIdTests.RedeemAsync(World, answer.GetProperty("code").GetString()!)).GetProperty("sub").ValueKind);
    }
}
