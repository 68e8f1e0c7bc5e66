using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>The whole QR door without a phone: the partner's page in one window, the demo's toy phone in another.</summary>
public sealed class SimulatorTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task A_code_is_scanned_confirmed_and_approved_and_the_next_time_by_two_digits()
    {
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());
        var phone = await ToyPhone.OpenAsync(partner);
        for (var time = 0; time < 2; time++)
        {
            await phone.ScanAsync();
            await Expect(phone.Title).ToHaveTextAsync("Masuk ke TauTauBeres.id?");
            await Expect(phone.Page.Locator("#domain")).ToHaveTextAsync(World.Demo.Platform.Domain);
            await Expect(phone.Page.Locator("#facts")).ToContainTextAsync("Chrome");
            await Expect(partner.Page.Locator("#qr-by")).ToHaveTextAsync("Dipindai oleh C••• J•••");
            await Expect(partner.Page.Locator("#qr-image")).ToBeHiddenAsync();
            if (time == 1) await Expect(partner.Page.Locator("#qr-digits")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9]{2}$"));

            await phone.ApproveAsync(partner);
            await partner.SeesAsync(World.CobaJualan);
            await partner.SignOutAsync();
            await partner.Page.Locator("#qr-image").WaitForAsync();
            await phone.PutAwayAsync();
        }
    }

    [Fact]
    public async Task A_wrong_number_and_a_no_on_the_phone_leave_the_screen_signed_out_with_a_new_code()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 400");
        var partner = await TauTauBeres.OpenAsync(visitor);
        var phone = await ToyPhone.OpenAsync(partner);
        await phone.ScanAsync();
        await phone.ApproveAsync(partner); // from now on this screen is known, and shows a number
        await partner.SignOutAsync();
        await phone.PutAwayAsync();

        await partner.Page.Locator("#qr-image").WaitForAsync();
        await phone.ScanAsync();
        var digits = await partner.Page.Locator("#qr-digits").TextContentAsync();
        var choices = await phone.Page.Locator(".choices button").AllTextContentsAsync();
        Assert.Equal(3, choices.Count);
        await phone.ChooseAsync(choices.First(c => c != digits));
        await phone.EndsWithAsync("Tidak berhasil");
        await phone.PutAwayAsync();
        await Expect(partner.Page.Locator("#qr-status")).ToContainTextAsync("Angka yang dipilih di ponsel salah.");

        await partner.Page.Locator("#qr-image").WaitForAsync();
        await phone.ScanAsync();
        await phone.Page.Locator("#deny").ClickAsync();
        await phone.EndsWithAsync("Ditolak");
        await Expect(partner.Page.Locator("#qr-status")).ToContainTextAsync("Ditolak di ponsel.");
        await partner.Page.Locator("#qr-image").WaitForAsync();
        await Expect(partner.Page.Locator("#signed-in")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_wrong_code_at_the_screen_costs_a_try_and_the_third_ends_it()
    {
        // A browser nobody has seen: its code must be typed.
        var visitor = await EnterAsync();
        visitor.Expect("status of 400");
        await visitor.Context.RouteAsync("**/v1/qrAuth", route => route.ContinueAsync(new()
        {
            Headers = route.Request.Headers.Where(h => h.Key != "user-agent").Append(new("user-agent", "Mozilla/5.0 (Macintosh) Gecko/20100101 Firefox/140.0")),
        }));
        var partner = await TauTauBeres.OpenAsync(visitor);
        var phone = await ToyPhone.OpenAsync(partner);
        await phone.ScanAsync();
        await Expect(phone.Page.Locator("#warning")).ToContainTextAsync("peramban ini baru bagi akun Anda");
        await Expect(phone.Page.Locator("#approve")).ToBeDisabledAsync();
        var code = await phone.Page.Locator(".type").TextContentAsync();
        var wrong = code == "0000" ? "1111" : "0000";
        foreach (var left in (string[])["2", "1"])
        {
            await TypeAsync(partner, wrong);
            await Expect(partner.Page.Locator("#qr-status")).ToHaveTextAsync($"Kode salah. Sisa percobaan: {left}.");
        }

        await TypeAsync(partner, wrong);
        await Expect(partner.Page.Locator("#qr-status")).ToContainTextAsync("Kode salah tiga kali.");
        await phone.EndsWithAsync("Tidak berhasil");
    }

    [Fact]
    public async Task An_old_phone_signs_in_the_new_screen_and_the_old_one()
    {
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());
        var phone = await ToyPhone.OpenAsync(partner);
        await phone.Page.Locator("#documented").CheckAsync();
        await phone.ScanAsync();
        await Expect(phone.Page.Locator("#warning")).ToContainTextAsync("Ponsel lama tidak memindai dulu");
        await phone.ApproveAsync(partner);
        await partner.SeesAsync(World.CobaJualan);
        await partner.SignOutAsync();
        await phone.PutAwayAsync();

        await partner.Page.GetByLabel("Cara lama").CheckAsync();
        await Expect(partner.Page.Locator("#qr-countdown")).Not.ToContainTextAsync("0:1"); // minutes, where the new way renews every 20 seconds
        await phone.ScanAsync();
        await phone.ApproveAsync(partner);
        await partner.SeesAsync(World.CobaJualan);
    }

    [Fact]
    public async Task Without_a_screen_the_phone_says_what_to_open_and_takes_the_text_of_a_code()
    {
        var visitor = await EnterAsync();
        visitor.Expect("status of 400");
        var phone = await ToyPhone.OpenAsync(visitor);
        await phone.Page.Locator("#scan").ClickAsync();
        await Expect(phone.Page.Locator("#home-status")).ToContainTextAsync("Tidak ada kode di layar.");

        await phone.Page.Locator("#code").FillAsync("nu.id:1:tautauberes:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057");
        await phone.Page.Locator("#code").PressAsync("Enter");
        await phone.EndsWithAsync("Tidak berhasil");
        await Expect(phone.Page.Locator("#end-text")).ToContainTextAsync("kedaluwarsa");
    }

    [Fact]
    public async Task Another_sites_page_cannot_use_the_toy_phone()
    {
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync(World.Evil);
        visitor.Expect("CORS");
        visitor.Expect("ERR_FAILED");
        visitor.Expect("status of 403");
        var heard = await page.EvaluateAsync<string>("""
            (phone) => fetch(phone, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"sessionId":"x"}' }).then((r) => `${r.status}`, () => 'blocked')
            """, $"{World.Demo.Platform.Url}/phone/approve");
        Assert.Equal("blocked", heard);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri($"{World.Demo.Platform.Url}/phone/approve"))
        {
            Content = new StringContent("""{"sessionId":"x"}""", System.Text.Encoding.UTF8, "application/json"), Headers = { { "Sec-Fetch-Site", "cross-site" } },
        };
        using var answer = await http.SendAsync(foreign);
        Assert.Equal(403, (int)answer.StatusCode);
    }

    private static async Task TypeAsync(TauTauBeres partner, string code)
    {
        await partner.Page.Locator("#typed").FillAsync(code);
        await partner.Page.Locator("#typed").PressAsync("Enter");
    }
}
