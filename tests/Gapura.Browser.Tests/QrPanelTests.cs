using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>Door one: the partner's screen, read as a camera reads it and signed by another language's program.</summary>
public sealed class QrPanelTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task The_code_on_the_screen_signed_by_OpenSSL_signs_the_page_in()
    {
        NeedsOrSkips(Programs.Exists("zbarimg") ? null : "No zbarimg here to read the code with: install Debian's zbar-tools.");
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var phone = await World.NewPhoneAsync(siti, "Ponsel Siti");
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());

        var sessionId = await ReadAsync(partner.Page.Locator(".qr .code"));
        Assert.StartsWith($"nu.id:1:{World.Demo.Platform.ClientId}:", sessionId);
        Assert.Equal(200, await World.ApproveAsync(sessionId, phone));

        await partner.SeesAsync(siti);
        await Expect(partner.Page.Locator("#door")).ToHaveTextAsync("masuk lewat kode QR");
    }

    [Fact]
    public async Task The_code_on_a_dark_phones_screen_can_be_read_and_leads_to_the_documents()
    {
        NeedsOrSkips(Programs.Exists("zbarimg") ? null : "No zbarimg here to read the code with: install Debian's zbar-tools.");
        var visitor = await EnterAsync(new Comes("en", 360, 740));
        var partner = await TauTauBeres.OpenAsync(visitor);
        await partner.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        var sessionId = await ReadAsync(partner.Page.Locator(".qr .code"));
        Assert.Equal(200, await World.ApproveAsync(sessionId, World.Demo.Device));

        await partner.SeesAsync(World.CobaJualan);
    }

    /// <returns>The text of the code, from nothing but its picture.</returns>
    private static async Task<string> ReadAsync(ILocator place)
    {
        var picture = Path.Combine(Path.GetTempPath(), $"gapura-code-{Environment.ProcessId}.png");
        try
        {
            await place.ScreenshotAsync(new() { Path = picture });
            return (await Programs.RunAsync("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture)).TrimEnd('\n');
        }
        finally
        {
            File.Delete(picture);
        }
    }
}
