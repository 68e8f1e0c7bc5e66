using Gapura.OpenId.DeviceFlow;
using Gapura.Sessions.Pages;

namespace Gapura.OpenId.Pages;

/// <summary>What the pages for a device without a keyboard say.</summary>
internal static class DeviceTexts
{
    public static readonly Text Enter = new("Masukkan kode dari perangkat Anda", "Enter the code from your device");
    public static readonly Text EnterLead = new("Kode itu terlihat di layar perangkat yang ingin Anda hubungkan, misalnya televisi.", "The code is on the screen of the device you want to connect, such as a television.");
    public static readonly Text Code = new("Kode", "Code");
    public static readonly Text CodeForm = new("Delapan huruf, misalnya WDJB-MJHT", "Eight letters, such as WDJB-MJHT");
    public static readonly Text Continue = new("Lanjutkan", "Continue");
    public static readonly Text Compare = new("Kode di perangkat Anda harus sama dengan ini:", "The code on your device must be the same as this:");
    public static readonly Text Warning = new(
        "Izinkan hanya bila kode ini terlihat di perangkat Anda sendiri, sekarang. Jika seseorang mengirimi Anda kode atau tautan ini, jangan izinkan.",
        "Allow it only if you see this code on your own device, now. If somebody sent you this code or link, do not allow it.");

    public static readonly Text AsksFor = new("Perangkat itu meminta:", "The device asks for:");
    public static readonly Text Device = new("Perangkat", "Device");
    public static readonly Text Country = new("Negara", "Country");
    public static readonly Text Asked = new("Diminta pada", "Asked at");
    public static readonly Text Network = new("Jaringan", "Network");
    public static readonly Text Same = new("sama dengan yang Anda pakai sekarang", "the same as you are using now");
    public static readonly Text Other = new("bukan yang Anda pakai sekarang", "not the one you are using now");

    public static Text Title(string platform) => new($"Hubungkan {platform} di perangkat lain?", $"Connect {platform} on another device?");

    /// <returns>Null when the device did not say what it is.</returns>
    public static Text? Kind(string? browser, string? system) => (browser, system) switch
    {
        (not null, not null) => new($"{browser} di {system}", $"{browser} on {system}"),
        (null, null) => null,
        _ => new(browser ?? system!, browser ?? system!),
    };

    public static Text Of(CodeProblem problem) => problem switch
    {
        CodeProblem.Malformed => new("Kode terdiri dari delapan huruf. Periksa lagi di layar perangkat Anda.", "A code is eight letters. Look again at the screen of your device."),
        CodeProblem.Throttled => new("Terlalu banyak percobaan. Tunggu 15 menit, lalu minta kode baru di perangkat Anda.", "Too many attempts. Wait 15 minutes, then ask your device for a new code."),
        _ => new("Tidak ada perangkat yang menunggu dengan kode ini. Kode berlaku 10 menit dan hanya sekali. Minta kode baru di perangkat Anda.",
            "No device waits with this code. A code is good for 10 minutes and once. Ask your device for a new one."),
    };
}

internal static class DeviceNotices
{
    public static Notice Allowed(Kernel.Language language) => new(language,
        new("Perangkat Anda terhubung", "Your device is connected"),
        new("Dalam beberapa detik perangkat itu akan melanjutkan sendiri.", "In a few seconds the device will go on by itself."),
        new("Anda boleh menutup halaman ini.", "You can close this page."));

    public static Notice Denied(Kernel.Language language) => new(language,
        new("Perangkat itu tidak dihubungkan", "The device was not connected"),
        new("Anda tidak mengizinkannya, dan tidak ada yang diberikan.", "You did not allow it, and nothing was given away."),
        new("Anda boleh menutup halaman ini.", "You can close this page."));
}
