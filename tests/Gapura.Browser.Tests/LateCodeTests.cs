using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>Codes that grow old. It takes a minute of doing nothing, so it is done while other tests work, with a camera of its own.</summary>
[Collection("codes that grow old")]
public sealed class LateCodeTests(TestWorld world) : CameraTest(world), IAsyncLifetime
{
    private Camera? _camera;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        if (_camera is not null) await _camera.DisposeAsync();
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

    private protected override async Task<Camera> CameraAsync() => _camera ??= await World.NewCameraAsync();

    private static async Task UntilAsync(long since, TimeSpan old)
    {
        var left = old - TimeProvider.System.GetElapsedTime(since);
        if (left > TimeSpan.Zero) await Task.Delay(left, TestContext.Current.CancellationToken);
    }
}
