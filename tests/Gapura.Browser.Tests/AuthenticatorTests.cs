using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>The phone's app in a real browser, against the real server.</summary>
public sealed class AuthenticatorTests(TestWorld world) : BrowserTest(world)
{
    private static readonly Comes Phone = new(Width: 360, Height: 740);

    [Fact]
    public async Task A_phone_is_set_up_and_signs_a_partners_page_in()
    {
        var sari = await World.NewPersonAsync("Sari Dewi");
        var phone = await Authenticator.OpenAsync(await EnterAsync(Phone));
        await phone.SetUpAsync(sari, "Ponsel Sari");
        var partner = await TauTauBeres.OpenAsync(await EnterAsync());

        await phone.ScanAsync((await partner.Page.Locator("#scan-command").TextContentAsync())!.Split('\'')[1]);
        await Expect(phone.Title).ToHaveTextAsync("Masuk ke TauTauBeres.id?");
        await phone.ApproveAsync();
        await partner.Page.Locator("#typed").FillAsync((await phone.Digits.TextContentAsync())!);
        await partner.Page.Locator("#type-code button").ClickAsync();
        await phone.IsDoneAsync();
        await partner.SeesAsync(sari);
    }

    [Fact]
    public async Task The_first_time_digits_are_typed_at_the_screen_and_then_a_number_is_compared()
    {
        var phone = await Authenticator.OpenAsync(await EnterAsync(Phone));
        await phone.SetUpAsync(await World.NewPersonAsync("Wayan Putra"));

        using var first = await OwnScreen.OpenAsync(World.Demo);
        await phone.ScanAsync(first.SessionId);
        await phone.ApproveAsync();
        Assert.True((await first.TypeAsync((await phone.Digits.TextContentAsync())!)).GetProperty("confirmed").GetBoolean());
        await phone.IsDoneAsync();
        Assert.True((await first.CollectAsync()).TryGetProperty("accessToken", out _));

        await phone.GoHomeAsync();
        using var second = await OwnScreen.OpenAsync(World.Demo);
        await phone.ScanAsync(second.SessionId);
        await phone.ApproveAsync();
        await phone.ChooseAsync((await second.SeesAsync()).GetProperty("digits").GetString()!);
        await phone.IsDoneAsync();
        Assert.True((await second.CollectAsync()).TryGetProperty("accessToken", out _));
    }

    [Fact]
    public async Task A_phone_with_a_screen_lock_needs_no_passphrase()
    {
        var phone = await Authenticator.OpenAsync(await EnterAsync(Phone));
        await phone.HasScreenLockAsync();
        await phone.SetUpWithScreenLockAsync(await World.NewPersonAsync("Putu Indra"));
        using var screen = await OwnScreen.OpenAsync(World.Demo);
        await phone.Page.ReloadAsync();
        await phone.Page.Locator("#scan").ClickAsync();
        await phone.PasteAsync(screen.SessionId);
        await phone.ApproveAsync();
        await screen.TypeAsync((await phone.Digits.TextContentAsync())!);
        await phone.IsDoneAsync();
        Assert.Equal("approved", (await screen.SeesAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_declines_signs_nobody_in()
    {
        var phone = await Authenticator.OpenAsync(await EnterAsync(Phone));
        await phone.SetUpAsync(await World.NewPersonAsync("Ketut Ayu"));
        using var screen = await OwnScreen.OpenAsync(World.Demo);
        await phone.ScanAsync(screen.SessionId);
        await phone.DeclineAsync();
        await Expect(phone.Title).ToHaveTextAsync("Ditolak");
        Assert.Equal("denied", (await screen.SeesAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_code_of_somebody_else_is_refused_and_scanning_goes_on()
    {
        var phone = await Authenticator.OpenAsync(await EnterAsync(Phone));
        await phone.SetUpAsync(await World.NewPersonAsync("Agus Salim"));
        await phone.StartScanAsync();
        await phone.PasteAsync("https://contoh.example/promo");
        await Expect(phone.Refusal).ToContainTextAsync("Ini bukan kode masuk.");
        using var screen = await OwnScreen.OpenAsync(World.Demo);
        await phone.PasteAsync(screen.SessionId);
        await Expect(phone.Title).ToHaveTextAsync("Masuk ke TauTauBeres.id?");
    }

    [Fact]
    public async Task A_link_on_the_same_phone_is_taken_and_leaves_the_address_at_once()
    {
        var visitor = await EnterAsync(Phone);
        var phone = await Authenticator.OpenAsync(visitor);
        await phone.SetUpAsync(await World.NewPersonAsync("Dewi Lestari"));
        using var screen = await OwnScreen.OpenAsync(World.Demo);
        await phone.Page.GotoAsync($"{World.Demo.Issuer}/authenticator/#scan={Uri.EscapeDataString(screen.SessionId)}");
        await phone.UnlockAsync();
        await Expect(phone.Title).ToHaveTextAsync("Masuk ke TauTauBeres.id?");
        Assert.DoesNotContain("nu.id", string.Join(' ', await phone.Page.HistoryAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_shows_the_sign_in_and_takes_it_back()
    {
        var phone = await Authenticator.OpenAsync(await EnterAsync(Phone));
        await phone.SetUpAsync(await World.NewPersonAsync("Rina Wati"), "Ponsel Rina");
        using var screen = await OwnScreen.OpenAsync(World.Demo);
        await phone.ScanAsync(screen.SessionId);
        await phone.ApproveAsync();
        await screen.TypeAsync((await phone.Digits.TextContentAsync())!);
        await phone.IsDoneAsync();
        await screen.CollectAsync();
        await phone.GoHomeAsync();

        await phone.Page.GetByText("Riwayat masuk").ClickAsync();
        var newest = phone.Page.Locator(".sign-ins li").First;
        await Expect(newest).ToContainTextAsync("ponsel ini (Ponsel Rina)");
        await newest.Locator("summary").ClickAsync();
        await newest.Locator(".danger").ClickAsync();
        await Expect(newest).ToContainTextAsync("Anda laporkan: bukan Anda");
    }

    [Fact]
    public async Task Without_a_network_the_app_opens_from_its_cache_and_says_so()
    {
        var visitor = await EnterAsync(Phone);
        visitor.Expect("ERR_INTERNET_DISCONNECTED");
        var phone = await Authenticator.OpenAsync(visitor);
        await phone.SetUpAsync(await World.NewPersonAsync("Made Wirawan"));
        await phone.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => undefined)");
        await visitor.Context.SetOfflineAsync(true);
        await phone.Page.ReloadAsync();
        await Expect(phone.Page.Locator("#scan")).ToBeVisibleAsync();
        await Expect(phone.Page.Locator("#offline")).ToHaveTextAsync("Tidak ada jaringan");
    }
}
