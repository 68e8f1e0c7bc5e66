using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Partners;

/// <summary>Pages of the documentation and of partners, unchanged but for the host.</summary>
public sealed class UnchangedPagesTests(TestWorld world, PartnerSite site) : BrowserTest(world), IClassFixture<PartnerSite>
{
    [Fact]
    public async Task The_documented_plugin_signs_in_sets_its_cookies_and_goes_where_the_page_says()
    {
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync($"{site.Origin}/nle");
        await page.EvaluateAsync("window.stays = true");
        var popup = await page.RunAndWaitForPopupAsync(() => page.GetByText("Login as NLE").ClickAsync());
        await popup.Locator("#username").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.stays === true"), "The click has loaded the page anew.");
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        await page.ArrivesAsync($"{site.Origin}/inside");
        var cookies = (await visitor.Context.CookiesAsync([site.Origin])).ToDictionary(c => c.Name);
        Assert.Equal(World.CobaJualan.Username, cookies["nle_user"].Value);
        Assert.Equal(World.CobaJualan.Npwp, cookies["nle_npwp"].Value);
        Assert.Equal(3, cookies["nle_token"].Value.Split('.').Length);

        // Playwright says when a cookie ends as a float, which is a multiple of 128 seconds in our days.
        Assert.InRange(cookies["nle_token"].Expires - await page.EvaluateAsync<double>("Date.now() / 1000"), 900 - 130, 900 + 130);
    }

    [Fact]
    public async Task The_plugin_is_text_that_old_browsers_read()
    {
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync($"{site.Origin}/nle");
        var script = await page.EvaluateAsync<string>("fetch(document.scripts[0].src).then((answer) => answer.text())");

        Assert.DoesNotMatch(@"=>|`|\b(?:let|const|class|async|await)\b|\?\.|\?\?|\.\.\.", script);
    }

    [Fact]
    public async Task The_documented_page_hears_the_documented_message()
    {
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/documented");
        var popup = await page.RunAndWaitForPopupAsync(() => page.GetByText("Login as NLE").ClickAsync());
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        await page.WaitForFunctionAsync("window.heard");
        var heard = JsonDocument.Parse(await page.EvaluateAsync<string>("JSON.stringify(window.heard)")).RootElement;
        Assert.Equal(["access_token", "expires_in", "iss", "npwp", "username"], heard.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Equal(900, heard.GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task A_partners_react_component_hears_the_tax_number()
    {
        var page = await (await EnterAsync()).GoAsync($"{site.Origin}/react");
        var popup = await page.RunAndWaitForPopupAsync(() => page.Locator("#login").ClickAsync());
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        await Expect(page.Locator("#npwp")).ToHaveTextAsync(World.CobaJualan.Npwp);
    }

    [Fact]
    public async Task A_partners_react_component_that_asks_again_with_its_nonce_gets_the_token_a_phone_approved()
    {
        var person = await World.NewPersonAsync("Budi Santoso");
        var phone = await World.NewPhoneAsync(person, "Ponsel Budi");
        var visitor = await EnterAsync();
        var page = await visitor.Context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{site.Origin}/react?qr");
        var first = await page.Locator("#qr").GetAttributeAsync("data-session");

        // Nobody has approved: at its end the component asks again, and gets a fresh code for the same nonce.
        await page.Clock.FastForwardAsync("10:00");
        await Expect(page.Locator("#qr")).Not.ToHaveAttributeAsync("data-session", first!);
        Assert.Equal(200, await World.ApproveAsync((await page.Locator("#qr").GetAttributeAsync("data-session"))!, phone));

        await page.Clock.FastForwardAsync("10:00");
        await Expect(page.Locator("#phone")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^[\w-]+\.[\w-]+\.[\w-]+$"));
    }
}
