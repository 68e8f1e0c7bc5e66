using System.Globalization;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands;

/// <summary>What was given on the command line, held to its rule. Each refusal names the value and shows a good one.</summary>
internal static class Given
{
    public static string ClientId(string text) => Platform.IsClientId(text) ? text
        : throw new RefusedException($"Client id '{Shown(text)}' must be 1 to 64 letters, digits, dots, dashes or underscores, such as tautauberes.");

    public static WebOrigin Origin(string text) => WebOrigin.TryParse(text, out var origin) ? origin
        : throw new RefusedException($"'{Shown(text)}' is not a web origin: scheme and host, a port if need be, nothing after, such as https://tautauberes.id (http only on localhost).");

    public static string RedirectUri(string text) => Platform.IsRedirectUri(text) ? text
        : throw new RefusedException($"'{Shown(text)}' cannot be a redirect URI: it must be absolute, https (http only on localhost), without * or #, such as https://tautauberes.id/callback.");

    /// <summary>A line of text for people.</summary>
    public static string Line(string what, string text, int most)
    {
        var line = text.Trim();
        return line.Length >= 1 && line.Length <= most && !line.Any(char.IsControl) ? line
            : throw new RefusedException($"{what} must be one line of 1 to {most} characters.");
    }

    public static string Username(string text)
    {
        var username = Account.Normalise(text);
        return Account.IsUsername(username) ? username
            : throw new RefusedException($"User name '{Shown(text)}' must be 1 to 64 letters, digits and . _ - @ +, beginning with a letter or a digit, such as cobajualan.");
    }

    public static string Email(string text) => Account.IsEmail(text) ? text
        : throw new RefusedException($"'{Shown(text)}' is not an e-mail address such as coba@example.id.");

    public static string Phone(string text) => Account.IsPhone(text) ? text
        : throw new RefusedException($"Phone number '{Shown(text)}' must begin with + and the country, then digits only, such as +628123456789.");

    public static string Npwp(string text) => Account.IsNpwp(text) ? text
        : throw new RefusedException($"NPWP '{Shown(text)}' must be 15 or 16 digits without dots and dashes, such as 018263453454543.");

    public static DevicePublicKey PublicKey(string text) => DevicePublicKey.TryParse(text, out var key) ? key
        : throw new RefusedException($"This public key cannot be enrolled: {Verify.KeyFault.Explain(text)}");

    /// <summary><c>90d</c>, <c>12h</c>, <c>30m</c>, <c>2w</c>: one second to ten years.</summary>
    public static TimeSpan Span(string text)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
        return unit > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0 && (long)count * unit <= 3660L * 86_400
            ? TimeSpan.FromSeconds((long)count * unit)
            : throw new RefusedException($"'{Shown(text)}' is not a span such as 90d, 12h or 30m, of at most ten years.");
    }

    // A sentence quotes what it refuses, but never lets it move the cursor or fill the screen.
    private static string Shown(string text) =>
        string.Concat((text.Length > 80 ? text[..80] + "…" : text).Select(c => char.IsControl(c) ? '?' : c));
}
