using System.ComponentModel;
using System.Diagnostics;
using Gapura.Protocol.Handles;

namespace Gapura.Hosting.Commands.Phone;

/// <summary>The text of a QR code, however it was given: itself, a picture of the code, or a line of standard input.</summary>
internal static class CodeText
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    /// <exception cref="RefusedException">It holds no session id.</exception>
    public static async Task<string> Read(string given, Terminal terminal, CancellationToken ct)
    {
        var text = given == "-" ? await terminal.ReadLine(ct) ?? "" : IsPicture(given) ? await ReadPicture(given, ct) : given;
        return SessionIdText.TryParse(text.Trim(), out _) ? text.Trim()
            : throw new RefusedException("This is not the text of a sign-in code: nu.id:1:, the platform, 32 letters and digits, and the time it expires, such as "
                + "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057.");
    }

    private static bool IsPicture(string given) =>
        Pictures.Contains(Path.GetExtension(given), StringComparer.OrdinalIgnoreCase) && !SessionIdText.TryParse(given, out _);

    private static async Task<string> ReadPicture(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new RefusedException($"There is no picture {Plain.Text(path)}.");
        // A full path: a name that begins with a dash must not become an option.
        var start = new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", Path.GetFullPath(path)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        try
        {
            using var reader = Process.Start(start)!;
            var (output, error) = (reader.StandardOutput.ReadToEndAsync(ct), reader.StandardError.ReadToEndAsync(ct));
            await reader.WaitForExitAsync(ct);
            await error;
            return (await output).Split('\n').FirstOrDefault(line => SessionIdText.TryParse(line.Trim(), out _))
                ?? throw new RefusedException($"There is no sign-in code to be read in {Plain.Text(path)}: show the whole code, with the white around it.");
        }
        catch (Win32Exception)
        {
            throw new RefusedException("Pictures are read by zbarimg, which is not here: install zbar-tools (Debian, Ubuntu) or zbar (Fedora, Homebrew), or give the text of the code instead of its picture.");
        }
    }
}
