using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;

namespace Gapura.Browser.Tests.Screens;

/// <summary>What every page owes everybody: in both languages, light and dark, small, large, and read aloud.</summary>
/// <remarks>Beside the others: no time is measured here, and between two questions to a page a core is free.</remarks>
[Collection("pages looked at")]
public sealed class ScreenTests(TestWorld world) : BrowserTest(world)
{
    private static readonly (int Width, int Height) Phone = (360, 740);
    private static readonly (int Width, int Height) PopupWindow = (445, 650);
    private static readonly (int Width, int Height) Desktop = (1280, 800);

    // By its trait one page is tested, and pictured, alone: --filter-trait screen=consent.
    public static IReadOnlyList<TheoryDataRow<string, string>> Every { get; } =
    [
        .. from screen in AllScreens.List
           from language in (string[])["id", "en"]
           where !screen.Name.EndsWith(".en", StringComparison.Ordinal) || (language == "en" && Pictures.AreWanted)
           select new TheoryDataRow<string, string>(screen.Name, language).WithTrait("screen", screen.Name),
    ];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Every))]
    public async Task Every_page_is_for_everybody(string name, string language)
    {
        var screen = AllScreens.List.Single(s => s.Name == name);
        var visitor = await EnterAsync(new Comes(language, Script: screen.Script));
        if (screen.Expected is not null) visitor.Expect(screen.Expected);
        var page = await screen.Reach(visitor);
        Assert.Equal(language, await page.EvaluateAsync<string>("document.documentElement.lang"));

        await LooksRightAsync(page, screen);
        await Pictures.TakeAsync(page, screen, language, Phone, screen.IsPopup ? PopupWindow : Desktop);

        if (!screen.Script) return; // axe is a script itself
        Assert.Empty(await Axe.LightAndDarkAsync(page));
    }

    private static async Task LooksRightAsync(IPage page, Screen screen)
    {
        foreach (var size in ((int Width, int Height)[])[(320, 640), Phone, PopupWindow, Desktop])
            await FitsAsync(page, size, "");

        if (screen.IsPopup && screen.HasButton)
        {
            await page.SetViewportSizeAsync(PopupWindow.Width, PopupWindow.Height);
            var button = await page.Locator("main button[type=submit].primary").BoundingBoxAsync();
            Assert.True(button!.Y + button.Height <= PopupWindow.Height, $"The button ends at {button.Y + button.Height} of {PopupWindow.Height}: who opens the popup must scroll to it.");
        }

        // Text twice as large, as a person sets it in the browser; a page's own sizes follow the root's.
        await page.EvaluateAsync("document.documentElement.style.fontSize = 2 * parseFloat(getComputedStyle(document.documentElement).fontSize) + 'px'");
        foreach (var size in ((int Width, int Height)[])[Phone, PopupWindow, Desktop])
            await FitsAsync(page, size, " with text twice as large");
        await page.EvaluateAsync("document.documentElement.style.fontSize = ''");
    }

    private static async Task FitsAsync(IPage page, (int Width, int Height) size, string how)
    {
        await page.SetViewportSizeAsync(size.Width, size.Height);
        var beyond = await page.EvaluateAsync<string[]>("""
            () => document.scrollingElement.scrollWidth <= document.documentElement.clientWidth ? [] :
                [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                    .map(e => `${e.tagName}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}`)
            """);
        Assert.True(beyond.Length == 0, $"At {size.Width} pixels{how} one must scroll sideways: {string.Join(", ", beyond)}");
    }
}
