using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>Only the registered origin hears the message, whoever holds the ticket.</summary>
public sealed class OriginTests(TestWorld world) : BrowserTest(world)
{
    private const string DroppedByTheBrowser = "Failed to execute 'postMessage'";

    [Fact]
    public async Task The_registered_origin_receives_the_documented_message_once()
    {
        var visitor = await EnterAsync();
        var (opener, popup) = await OpenAsync(visitor, World.Registered, "&state=s-1");
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        var heard = await HeardAsync(opener);
        var message = Assert.Single(heard);
        Assert.Equal(World.Demo.Issuer, message.GetProperty("origin").GetString());
        var data = message.GetProperty("data");
        Assert.Equal(["access_token", "expires_in", "iss", "npwp", "state", "username"], data.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Equal(900, data.GetProperty("expires_in").GetInt32());
        Assert.Equal(World.CobaJualan.Npwp, data.GetProperty("npwp").GetString());
        Assert.Equal(World.CobaJualan.Username, data.GetProperty("username").GetString());
        Assert.Equal(World.Demo.Issuer, data.GetProperty("iss").GetString());
        Assert.Equal("s-1", data.GetProperty("state").GetString());
        Assert.Equal(3, data.GetProperty("access_token").GetString()!.Split('.').Length);
    }

    [Fact]
    public async Task A_page_elsewhere_that_opens_the_popup_with_a_stolen_ticket_receives_nothing()
    {
        var visitor = await EnterAsync();
        visitor.Expect(DroppedByTheBrowser);
        var (opener, popup) = await OpenAsync(visitor, World.Evil);
        await Expect(popup.Locator(".host strong")).ToHaveTextAsync(new Uri(World.Registered).Authority);
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        Assert.Empty(await HeardAsync(opener));
    }

    [Fact]
    public async Task An_opener_that_has_gone_to_another_origin_receives_nothing()
    {
        var visitor = await EnterAsync();
        visitor.Expect(DroppedByTheBrowser);
        var (opener, popup) = await OpenAsync(visitor, World.Registered);
        await opener.GotoAsync(World.Evil);
        Assert.True(await popup.EvaluateAsync<bool>("window.opener !== null"), "The popup still holds on to its opener, or this test shows nothing.");
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        Assert.Empty(await HeardAsync(opener));
    }

    [Fact]
    public async Task A_page_elsewhere_that_confirms_for_somebody_signed_in_receives_nothing()
    {
        var visitor = await EnterAsync();
        visitor.Expect(DroppedByTheBrowser);
        var own = await visitor.GoAsync($"{World.Demo.Issuer}/sign-in");
        await own.SignInAsync(World.CobaJualan);
        await Expect(own.Locator(".person-bar")).ToBeVisibleAsync();

        var (opener, popup) = await OpenAsync(visitor, World.Evil);
        await popup.ClosesAfterAsync(popup.SubmitAsync);

        Assert.Empty(await HeardAsync(opener));
    }

    [Fact]
    public async Task No_page_can_frame_the_form()
    {
        var visitor = await EnterAsync();
        visitor.Expect("frame-ancestors");
        visitor.Expect("X-Frame-Options");
        visitor.Expect("chrome-error://");
        var page = await visitor.GoAsync(World.Registered);
        var address = World.PopupAddress(await World.TicketAsync(World.StrangersPlatform));
        await page.EvaluateAsync("address => { const frame = document.createElement('iframe'); frame.src = address; document.body.append(frame); }", address);
        await page.WaitForTimeoutAsync(1500);
        Assert.DoesNotContain(page.Frames, f => f.Url.StartsWith(World.Demo.Issuer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_platform_can_open_the_popup_with_a_form_and_keep_the_ticket_out_of_addresses()
    {
        var visitor = await EnterAsync();
        var ticket = await World.TicketAsync(World.StrangersPlatform);
        var opener = await visitor.GoAsync($"{World.Registered}/#action={World.Demo.Issuer}/seamlesslogin/&token={ticket}&state=dari-formulir");
        var popup = await opener.RunAndWaitForPopupAsync(() => opener.Locator("#send").ClickAsync());
        await popup.Locator("#username").WaitForAsync();
        Assert.All(await popup.HistoryAsync(), address => Assert.DoesNotContain(ticket, address));
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));

        var message = Assert.Single(await HeardAsync(opener));
        Assert.Equal("dari-formulir", message.GetProperty("data").GetProperty("state").GetString());
    }

    private async Task<(IPage Opener, IPage Popup)> OpenAsync(Visitor visitor, string origin, string? more = null)
    {
        var address = World.PopupAddress(await World.TicketAsync(World.StrangersPlatform), more);
        var opener = await visitor.GoAsync($"{origin}/#url={Uri.EscapeDataString(address)}");
        var popup = await opener.RunAndWaitForPopupAsync(() => opener.Locator("#open").ClickAsync());
        await popup.Locator("main form[method=post]").WaitForAsync();
        return (opener, popup);
    }

    private static async Task<IReadOnlyList<JsonElement>> HeardAsync(IPage opener)
    {
        await opener.WaitForTimeoutAsync(300); // longer than a message takes
        return [.. JsonDocument.Parse(await opener.EvaluateAsync<string>("JSON.stringify(window.heard)")).RootElement.EnumerateArray()];
    }
}
