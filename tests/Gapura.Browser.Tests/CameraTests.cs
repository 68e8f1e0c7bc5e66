using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>
/// The whole way, between two browsers that know nothing of each other: one shows a code, the other's camera sees the
/// picture of it.
/// </summary>
public sealed class CameraTests(TestWorld world) : BrowserTest(world)
{
    private static readonly Comes InTheHand = new(Width: 360, Height: 740);
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };

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
    public async Task A_rotated_code_is_seen_like_the_first()
    {
        var (phone, camera) = await PhoneAsync(await World.NewPersonAsync("Putu Ayu"));
        var door = await OwnDoorAsync();
        var first = await door.CodeAsync();
        await door.CodeAsync(after: first);
        await ScanAsync(phone, camera, door);
        await phone.ApproveAsync();
        await phone.ChooseAsync(await DigitsAsync(door));
        await Expect(door.Page.Locator(".person-bar")).ToBeVisibleAsync(Soon);
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

    [Fact]
    public async Task A_screenshot_that_is_31_seconds_old_and_one_that_has_expired_lead_nowhere()
    {
        var (phone, camera) = await PhoneAsync(await World.NewPersonAsync("Dewi Lestari"));
        var door = await OwnDoorAsync();
        await door.CodeAsync();
        var taken = TimeProvider.System.GetTimestamp();
        var picture = await PictureAsync(door);

        await UntilAsync(taken, TimeSpan.FromSeconds(31));
        await ScanAsync(phone, camera, picture);
        await Expect(phone.Refusal).ToContainTextAsync("tidak berlaku", new() { Timeout = 20_000 });
        await Expect(phone.Page.Locator("#approve")).ToHaveCountAsync(0);

        await UntilAsync(taken, TimeSpan.FromSeconds(62));
        await phone.GoHomeAsync();
        await ScanAsync(phone, camera, picture);
        await Expect(phone.Refusal).ToContainTextAsync("kedaluwarsa", new() { Timeout = 20_000 });
        await Expect(door.Section("waiting")).ToBeVisibleAsync();
    }

    private async Task<(Authenticator Phone, Camera Camera)> PhoneAsync(Person person)
    {
        var camera = await World.CameraAsync();
        var visitor = await EnterAsync(InTheHand, camera.Browser);
        visitor.Expect("status of 400");
        await visitor.Context.GrantPermissionsAsync(["camera"]);
        var phone = await Authenticator.OpenAsync(visitor);
        await phone.SetUpAsync(person);
        return (phone, camera);
    }

    private async Task<PhoneDoor> OwnDoorAsync()
    {
        var door = new PhoneDoor(await (await EnterAsync()).GoAsync($"{World.Demo.Issuer}/sign-in"));
        await door.CodeAsync();
        return door;
    }

    private static async Task<PhoneDoor> PopupAsync(TauTauBeres partner)
    {
        var popup = await partner.Page.RunAndWaitForPopupAsync(() => partner.Page.Locator("#login-as").ClickAsync());
        await popup.SetViewportSizeAsync(445, 650);
        var door = new PhoneDoor(popup);
        await popup.Locator("[data-door]:visible").First.WaitForAsync();
        if (await popup.Locator("[data-door=phone]").IsVisibleAsync()) await door.ChooseAsync();
        await door.CodeAsync();
        return door;
    }

    // At our own page a person who has just set up a phone is known: by this browser's name, in this network.
    private static async Task<string> DigitsAsync(PhoneDoor door)
    {
        await Expect(door.Section("match")).ToBeVisibleAsync(Soon);
        return (await door.Page.Locator("[data-digits]").TextContentAsync())!;
    }

    private static Task<byte[]> PictureAsync(PhoneDoor door) => Camera.PictureAsync(door.Page, door.Image);

    private static async Task ScanAsync(Authenticator phone, Camera camera, PhoneDoor door) => await ScanAsync(phone, camera, await PictureAsync(door));

    // The picture is before the camera when the app opens it.
    private static async Task ScanAsync(Authenticator phone, Camera camera, byte[] picture)
    {
        await camera.SeeAsync(picture);
        await phone.OpenCameraAsync();
    }

    private static async Task UntilAsync(long since, TimeSpan old)
    {
        var left = old - TimeProvider.System.GetElapsedTime(since);
        if (left > TimeSpan.Zero) await Task.Delay(left, TestContext.Current.CancellationToken);
    }
}
