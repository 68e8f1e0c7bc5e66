using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.Screens;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>When the code beside the password is there, when a new one comes, and when the password stands alone.</summary>
public sealed class PhoneDoorTests(TestWorld world) : BrowserTest(world)
{
    private static readonly Comes InASmallWindow = new(Width: 445, Height: 650);

    private string SignIn => $"{World.Demo.Issuer}/sign-in";

    [Fact]
    public async Task In_a_small_window_the_password_comes_first_and_no_code_is_opened_before_it_is_wanted()
    {
        var visitor = await EnterAsync(InASmallWindow);
        var door = new PhoneDoor(await visitor.GoAsync(SignIn));
        await Expect(door.Page.Locator("#username")).ToBeFocusedAsync();
        await Expect(door.Image).ToBeHiddenAsync();
        Assert.Equal(0, visitor.Sent("POST", "/v1/qrAuth"));

        await door.ChooseAsync();
        await door.CodeAsync();
        await Expect(door.Page.Locator("#username")).ToBeHiddenAsync();
        await Expect(door.Page.Locator("#phone-title")).ToBeFocusedAsync();

        await door.Page.ReloadAsync();
        await door.CodeAsync();
        await door.Page.Locator("[data-door=password]").ClickAsync();
        await Expect(door.Page.Locator("#username")).ToBeFocusedAsync();
        await Expect(door.Image).ToBeHiddenAsync();
        await door.Page.ReloadAsync();
        await Expect(door.Page.Locator("#username")).ToBeVisibleAsync();
        Assert.Equal(2, visitor.Sent("POST", "/v1/qrAuth"));
    }

    [Fact]
    public async Task Where_there_is_room_both_stand_side_by_side()
    {
        var door = new PhoneDoor(await (await EnterAsync()).GoAsync(SignIn));
        await door.CodeAsync();
        await Expect(door.Page.Locator("#username")).ToBeFocusedAsync();
        await Expect(door.Page.Locator("[data-door]:visible")).ToHaveCountAsync(0);
        var (form, code) = (await door.Page.Locator(".by-password").BoundingBoxAsync(), await door.Image.BoundingBoxAsync());
        Assert.True(code!.X > form!.X + form.Width);
    }

    [Fact]
    public async Task A_new_code_takes_the_place_of_the_old_one_without_moving_anything()
    {
        var visitor = await EnterAsync();
        var page = await visitor.Context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync(SignIn);
        var door = new PhoneDoor(page);
        var first = await door.CodeAsync();
        await page.EvaluateAsync("""
            window.shifts = 0; window.gaps = 0;
            new PerformanceObserver(list => { for (const each of list.getEntries()) window.shifts += each.value; }).observe({ type: 'layout-shift' });
            new MutationObserver(() => { const image = document.querySelector('[data-part=image]'); if (image.hidden || !image.complete || image.naturalWidth === 0) window.gaps++; })
                .observe(document.querySelector('[data-part=code]'), { childList: true, subtree: true, attributes: true });
            """);
        await page.Clock.RunForAsync(20_500);
        var second = await door.CodeAsync(first);
        await page.Clock.RunForAsync(20_500);
        await door.CodeAsync(second);
        Assert.Equal(0, await page.EvaluateAsync<double>("window.shifts"));
        Assert.Equal(0, await page.EvaluateAsync<int>("window.gaps"));
    }

    [Fact]
    public async Task On_a_phone_the_code_is_a_link_to_the_app()
    {
        await using var context = await World.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 360, Height = 740 }, HasTouch = true, IsMobile = true, Locale = "id-ID" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(SignIn);
        var door = new PhoneDoor(page);
        await door.ChooseAsync();
        Assert.StartsWith("nu.id:1:gapura:", await door.CodeAsync(), StringComparison.Ordinal);
        await Expect(door.Link).ToBeVisibleAsync();
        await Expect(door.Link).ToHaveTextAsync("Buka aplikasi di ponsel ini");
        await Expect(door.Link).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/authenticator/#scan=nu\\.id%3A1%3Agapura%3A"));
        await Expect(door.Link).ToHaveAttributeAsync("rel", "noopener");
        await Expect(door.Link).ToHaveAttributeAsync("target", "_blank");
    }

    [Fact]
    public async Task Without_JavaScript_there_is_the_password_alone()
    {
        var visitor = await EnterAsync(new Comes(Script: false));
        foreach (var size in ((int, int)[])[(1280, 800), (445, 650)])
        {
            var page = await visitor.GoAsync(SignIn);
            await page.SetViewportSizeAsync(size.Item1, size.Item2);
            await Expect(page.Locator("#username")).ToBeVisibleAsync();
            await Expect(page.Locator(".phone")).ToBeHiddenAsync();
            await Expect(page.Locator("[data-door=phone]")).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task A_refusal_of_the_server_leaves_the_password_alone()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 400");
        await visitor.Context.RouteAsync("**/v1/qrAuth", route => route.FulfillAsync(new() { Status = 400, ContentType = "application/json", Body = """{"error":"invalid_client"}""" }));
        var page = await visitor.GoAsync(SignIn);
        await Expect(page.Locator(".phone")).ToBeHiddenAsync();
        await page.SetViewportSizeAsync(445, 650);
        await Expect(page.Locator("[data-door=phone]")).ToBeHiddenAsync();
        await Expect(page.Locator("#username")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_network_that_went_away_is_said_quietly_and_the_page_goes_on_by_itself()
    {
        var visitor = await EnterAsync();
        visitor.Expect("ERR_FAILED");
        var isAway = true;
        await visitor.Context.SaysAsync("""{"state":"waiting"}""");
        await visitor.Context.RouteAsync("**/v1/qrAuth", route => isAway ? route.AbortAsync() : route.ContinueAsync());
        var door = new PhoneDoor(await visitor.GoAsync(SignIn));
        await Expect(door.Page.Locator("[data-part=trouble]")).ToBeVisibleAsync();
        await Expect(door.Page.Locator("#username")).ToBeVisibleAsync();
        isAway = false;
        await door.CodeAsync();
        await Expect(door.Page.Locator("[data-part=trouble]")).ToBeHiddenAsync();
    }
}
