using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Screens;

/// <summary>
/// The pictures of <c>docs/screens.md</c>. They are taken while the pages are tested, when GAPURA_TEST_SCREENSHOTS names
/// the folder they go to.
/// </summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GAPURA_TEST_SCREENSHOTS");

    /// <summary>A page that is told apart for its picture in English alone needs no second test.</summary>
    public static bool AreWanted => !string.IsNullOrEmpty(Folder);

    public static async Task TakeAsync(IPage page, Screen screen, string language, (int Width, int Height) phone, (int Width, int Height) other)
    {
        if (!AreWanted || language != screen.Pictured) return;
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await TakeAsync(page, screen, phone, $"{screen.Name}.phone.{Name(scheme)}.png");
            await TakeAsync(page, screen, other, $"{screen.Name}.{(screen.IsPopup ? "popup" : "desktop")}.{Name(scheme)}.png");
        }
    }

    /// <summary>One state of the phone's app, as it stands before its owner.</summary>
    public static async Task TakePhoneAsync(IPage page, string state, string language)
    {
        if (!AreWanted) return;
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(360, 740);
        var file = Path.GetFullPath(Path.Combine(Programs.Repository, Folder!, $"authenticator-{state}.{language}.png"));

        // Where the decision stands at the foot of the screen, a picture of the whole page would show it in the middle.
        await page.ScreenshotAsync(new() { Path = file, FullPage = !state.StartsWith("review", StringComparison.Ordinal) });
        await SmallerAsync(file);
    }

    private static async Task TakeAsync(IPage page, Screen screen, (int Width, int Height) size, string name)
    {
        await page.SetViewportSizeAsync(size.Width, size.Height);
        var file = Path.GetFullPath(Path.Combine(Programs.Repository, Folder!, name));
        if (screen.Part is { } part)
            await page.Locator(part).ScreenshotAsync(new() { Path = file });
        else
            await page.ScreenshotAsync(new() { Path = file, FullPage = true });

        await SmallerAsync(file);
    }

    // A quarter of the size, with no difference to be seen.
    private static async Task SmallerAsync(string file)
    {
        if (Programs.Exists("pngquant"))
            await Programs.RunAsync("pngquant", "--force", "--skip-if-larger", "--quality", "80-100", "--strip", "--output", file, file);
    }

    private static string Name(ColorScheme scheme) => scheme == ColorScheme.Light ? "light" : "dark";
}
