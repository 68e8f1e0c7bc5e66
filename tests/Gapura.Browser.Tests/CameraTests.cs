using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>
/// The whole way, between two browsers that know nothing of each other: one shows a code, the other's camera sees the
/// picture of it.
/// </summary>
public sealed class CameraTests(TestWorld world) : CameraTest(world)
{
    [Fact]
    public async Task The_phone_sees_the_code_types_then_matches_and_the_partners_page_is_signed_in()
    {
        var sari = await World.NewPersonAsync("Sari Dewi");
        var (phone, camera) = await PhoneAsync(sari);
        var desk = await EnterAsync();

        // The first time on this platform: four digits are typed at the screen.
        var partner = await TauTauBeres.OpenAsync(desk);
        var door = await PopupAsync(partner);
        await ScanAsync(phone, camera, door);
        await Expect(phone.Title).ToHaveTextAsync("Masuk ke TauTauBeres.id?");
        await Expect(phone.Page.Locator("main")).ToContainTextAsync(new Uri(World.Demo.Platform.Domain).Authority);
        await phone.ApproveAsync();
        await Expect(door.Section("type")).ToBeVisibleAsync(Soon);
        var code = (await phone.Digits.TextContentAsync())!;
        await door.Page.ClosesAfterAsync(() => door.Page.Locator("#typed").PressSequentiallyAsync(code));
        await phone.IsDoneAsync();
        await partner.SeesAsync(sari);

        // From then on two digits on the screen are picked on the phone.
        await partner.SignOutAsync();
        await phone.GoHomeAsync();
        door = await PopupAsync(partner);
        await ScanAsync(phone, camera, door);
        await phone.ApproveAsync();
        var digits = await DigitsAsync(door);
        await door.Page.ClosesAfterAsync(() => phone.ChooseAsync(digits));
        await phone.IsDoneAsync();
        await partner.SeesAsync(sari);
    }

    [Fact]
    public async Task Declined_on_the_phone_the_screen_says_so_and_stays_signed_out()
    {
        var (phone, camera) = await PhoneAsync(await World.NewPersonAsync("Ketut Jaya"));
        var door = await OwnDoorAsync();
        await ScanAsync(phone, camera, door);
        await phone.DeclineAsync();
        await Expect(door.Section("declined")).ToBeVisibleAsync(Soon);
        await Expect(phone.Title).ToHaveTextAsync("Ditolak");
    }

    [Fact]
    public async Task The_wrong_number_signs_nobody_in()
    {
        var (phone, camera) = await PhoneAsync(await World.NewPersonAsync("Budi Hartono"));
        var door = await OwnDoorAsync();
        await ScanAsync(phone, camera, door);
        await phone.ApproveAsync();
        var right = await DigitsAsync(door);
        var wrong = (await phone.Choices.AllTextContentsAsync()).First(c => c.Trim() != right).Trim();
        await phone.ChooseAsync(wrong);
        await Expect(door.Section("wrong-choice")).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task A_second_phone_comes_too_late_and_the_screen_names_the_first()
    {
        var (first, camera) = await PhoneAsync(await World.NewPersonAsync("Rina Wati"));
        var (second, _) = await PhoneAsync(await World.NewPersonAsync("Agus Salim"));
        var door = await OwnDoorAsync();
        var picture = await PictureAsync(door);
        await ScanAsync(first, camera, picture);
        await Expect(first.Page.Locator("#approve")).ToBeVisibleAsync(Soon);
        await Expect(door.Section("match").Locator("bdi")).ToHaveTextAsync("R••• W•••");
        await ScanAsync(second, camera, picture);
        await Expect(second.Page.Locator("main")).ToContainTextAsync("sudah dipindai ponsel lain", new() { Timeout = 20_000 });
        await Expect(second.Page.Locator("#approve")).ToHaveCountAsync(0);
    }
}
