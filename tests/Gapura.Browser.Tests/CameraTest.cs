using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>A screen in one browser, and a phone in another whose camera sees the picture of it.</summary>
public abstract class CameraTest(TestWorld world) : BrowserTest(world)
{
    private protected static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };
    private static readonly Comes InTheHand = new(Width: 360, Height: 740);

    private protected virtual Task<Camera> CameraAsync() => World.CameraAsync();

    private protected async Task<(Authenticator Phone, Camera Camera)> PhoneAsync(Person person)
    {
        var camera = await CameraAsync();
        var visitor = await EnterAsync(InTheHand, camera.Browser);
        visitor.Expect("status of 400");
        await visitor.Context.GrantPermissionsAsync(["camera"]);
        var phone = await Authenticator.OpenAsync(visitor);
        await phone.SetUpAsync(person);
        return (phone, camera);
    }

    private protected async Task<PhoneDoor> OwnDoorAsync()
    {
        var door = new PhoneDoor(await (await EnterAsync()).GoAsync($"{World.Demo.Issuer}/sign-in"));
        await door.CodeAsync();
        return door;
    }

    private protected static async Task<PhoneDoor> PopupAsync(TauTauBeres partner)
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
    private protected static async Task<string> DigitsAsync(PhoneDoor door)
    {
        await Expect(door.Section("match")).ToBeVisibleAsync(Soon);
        return (await door.Page.Locator("[data-digits]").TextContentAsync())!;
    }

    private protected static Task<byte[]> PictureAsync(PhoneDoor door) => Camera.PictureAsync(door.Page, door.Image);

    private protected static async Task ScanAsync(Authenticator phone, Camera camera, PhoneDoor door) => await ScanAsync(phone, camera, await PictureAsync(door));

    // The picture is before the camera when the app opens it.
    private protected static async Task ScanAsync(Authenticator phone, Camera camera, byte[] picture)
    {
        await camera.SeeAsync(picture);
        await phone.OpenCameraAsync();
    }
}
