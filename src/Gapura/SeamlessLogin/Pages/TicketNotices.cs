using Gapura.Kernel;
using Gapura.Sessions.Pages;

namespace Gapura.SeamlessLogin.Pages;

/// <summary>The notices a popup can end in. An unknown, an expired and a revoked ticket look alike.</summary>
internal static class TicketNotices
{
    public static Notice NotValid(Language language) => new(language,
        new("Jendela masuk ini tidak berlaku lagi", "This sign-in window is no longer valid"),
        new("Jendela ini mungkin terlalu lama terbuka, atau dibuka dari tautan lama.",
            "It may have been open for too long, or it was opened from an old link."),
        new("Tutup jendela ini, kembali ke halaman platform, lalu tekan tombol masuk sekali lagi.",
            "Close this window, go back to the platform's page and press its sign-in button again."));

    /// <summary>The platform's page asked in a wrong way: the detail, which the caller adds, is for who wrote that page.</summary>
    public static Notice WrongRequest(Language language) => new(language,
        new("Permintaan masuk ini tidak dapat diterima", "This sign-in request cannot be accepted"),
        new("Halaman platform membuka jendela ini dengan cara yang salah.",
            "The platform's page opened this window in a wrong way."),
        new("Tutup jendela ini dan beri tahu pengelola platform. Akun Anda tidak terpengaruh.",
            "Close this window and tell the people who run the platform. Your account is not affected."));

    public static Notice Spent(Language language) => new(language,
        new("Proses masuk ini sudah selesai", "This sign-in is already complete"),
        new("Setiap jendela masuk hanya dapat dipakai satu kali.",
            "A sign-in window can be used only once."),
        new("Tutup jendela ini. Jika halaman platform belum masuk, tekan tombol masuk di sana sekali lagi.",
            "Close this window. If the platform's page is not signed in, press its sign-in button again."));
}
