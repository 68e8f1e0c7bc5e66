using Microsoft.Playwright;

namespace Gapura.Browser.Tests.World;

/// <summary>
/// A phone's browser with a camera that sees what is held before it: Chromium plays a file in the place of the sensor,
/// from the moment a page opens the camera.
/// </summary>
internal sealed class Camera : IAsyncDisposable
{
    private readonly string _film;

    private Camera(IBrowser browser, string film) => (Browser, _film) = (browser, film);

    public IBrowser Browser { get; }

    public static async Task<Camera> LaunchAsync(IPlaywright playwright)
    {
        var film = Path.Combine(Directory.CreateTempSubdirectory("gapura-camera-").FullName, "seen.mjpeg");
        var browser = await Chromium.LaunchAsync(playwright, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", $"--use-file-for-fake-video-capture={film}");
        return new Camera(browser, film);
    }

    /// <summary>A picture of a screen, as another phone's camera would take it.</summary>
    /// <returns>JPEG.</returns>
    public static Task<byte[]> PictureAsync(IPage screen, ILocator around) => PictureAsync(screen, around, margin: 60);

    /// <summary>Holds a picture before the camera: it is seen by whatever opens the camera next.</summary>
    public Task SeeAsync(byte[] picture) => File.WriteAllBytesAsync(_film, picture);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_film)!, recursive: true);
    }

    // Even sides: video formats halve them.
    private static async Task<byte[]> PictureAsync(IPage screen, ILocator around, int margin)
    {
        var box = await around.BoundingBoxAsync() ?? throw new InvalidOperationException("What is to be photographed cannot be seen.");
        var side = (float)(2 * Math.Floor((Math.Max(box.Width, box.Height) + margin) / 2));
        return await screen.ScreenshotAsync(new()
        {
            Type = ScreenshotType.Jpeg, Quality = 80,
            Clip = new() { X = Math.Max(0, box.X - (margin / 2)), Y = Math.Max(0, box.Y - (margin / 2)), Width = side, Height = side },
        });
    }
}
