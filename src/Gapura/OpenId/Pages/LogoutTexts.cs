using Gapura.Sessions.Pages;

namespace Gapura.OpenId.Pages;

/// <summary>What the pages of signing out say.</summary>
internal static class LogoutTexts
{
    public static readonly Text Title = new("Keluar dari akun Anda?", "Sign out?");
    public static readonly Text Effect = new(
        "Setelah itu peramban ini tidak lagi masuk ke akun Anda. Situs lain yang Anda masuki dengan akun ini ikut diberi tahu.",
        "This browser will then no longer be signed in to your account. Other sites that you signed in to with it are told, too.");

    public static readonly Text As = new("Anda masuk sebagai:", "You are signed in as:");
    public static readonly Text Yes = new("Ya, keluar", "Yes, sign out");
    public static readonly Text No = new("Tetap masuk", "Stay signed in");
    public static readonly Text ToAccount = new("Ke akun Anda", "To your account");

    public static Text AskedBy(string platform, string host) => new($"{platform} ({host}) meminta Anda keluar.", $"{platform} ({host}) asks you to sign out.");

    public static Text BackTo(string platform) => new($"Kembali ke {platform}", $"Back to {platform}");
}

internal static class LogoutNotes
{
    public static Notice Stayed(Kernel.Language language) => new(language,
        new("Anda tetap masuk", "You are still signed in"),
        new("Tidak ada yang diakhiri.", "Nothing was ended."),
        new("Anda dapat keluar kapan saja di halaman akun Anda.", "You can sign out on your account page at any time."));

    public static Notice NotAsked(Kernel.Language language) => new(language,
        new("Permintaan keluar ini tidak dapat diterima", "This sign-out request cannot be accepted"),
        new("Situs yang mengirim Anda ke sini tidak memintanya dengan benar. Anda belum keluar.", "The site that sent you here did not ask for it rightly. You have not been signed out."),
        new("Anda dapat keluar sendiri di halaman akun Anda.", "You can sign out yourself on your account page."));
}
