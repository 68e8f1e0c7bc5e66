using Microsoft.Playwright;

namespace Gapura.Browser.Tests.World;

/// <summary>The machine's own Chromium: nothing is downloaded.</summary>
internal static class Chromium
{
    public static string? Path { get; } = Find();

    /// <summary>Null when it is there, else what to say instead of testing.</summary>
    public static string? Missing => Path is null
        ? "No Chromium here: install Debian's chromium, or name one in GAPURA_TEST_CHROMIUM."
        : null;

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] more) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Path,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            "--no-proxy-server",

            // Whatever a page asks for beyond this machine is not found.
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
            .. more,
        ],
    });

    private static string? Find()
    {
        var path = Environment.GetEnvironmentVariable("GAPURA_TEST_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        return File.Exists(path) ? path : null;
    }
}
