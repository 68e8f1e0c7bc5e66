namespace Gapura.Sessions.Pages;

/// <summary>What the sign-in form, our own sign-in page and the account page say.</summary>
internal static class Texts
{
    // The frame
    public static readonly Text SkipToContent = new("Langsung ke isi", "Skip to content");
    public static readonly Text LanguageSwitch = new("Bahasa", "Language");
    public static readonly Text Footer = new(
        "Jangan berikan kata sandi Anda kepada siapa pun.",
        "Never give your password to anyone.");

    public static readonly Text Detail = new("Rincian teknis:", "Technical detail:");

    // The sign-in form
    public static readonly Text Username = new("Nama pengguna", "User name");
    public static readonly Text Password = new("Kata sandi", "Password");
    public static readonly Text Show = new("Tampilkan", "Show");
    public static readonly Text ShowPassword = new("Tampilkan kata sandi", "Show password");
    public static readonly Text Hide = new("Sembunyikan", "Hide");
    public static readonly Text HidePassword = new("Sembunyikan kata sandi", "Hide password");
    public static readonly Text SignIn = new("Masuk", "Sign in");
    public static readonly Text Processing = new("Memproses…", "Please wait…");

    // Our own sign-in page
    public static readonly Text OwnSignInLead = new(
        "Gunakan akun yang sama dengan yang Anda pakai di semua platform.",
        "Use the account you use on every platform.");
    public static readonly Text PhoneWanted = new("Situs yang Anda tuju meminta Anda masuk dengan ponsel.", "The site you are going to asks you to sign in with your phone.");
    public static readonly Text PasswordWanted = new("Situs yang Anda tuju juga meminta kata sandi Anda.", "The site you are going to asks for your password as well.");
    public static readonly Text PhoneNeedsScript = new("Masuk dengan ponsel memerlukan JavaScript. Nyalakan JavaScript di peramban Anda.", "Signing in with your phone needs JavaScript. Turn it on in your browser.");

    // The signed-out page
    public static readonly Text SignedOut = new("Anda sudah keluar", "You are signed out");
    public static readonly Text SignedOutLead = new("Peramban ini tidak lagi masuk ke akun Anda.", "This browser is no longer signed in to your account.");
    public static readonly Text SignInAgain = new("Masuk lagi", "Sign in again");
    public static readonly Text GoOn = new("Lanjutkan", "Continue");

    public static Text SigningOutOf(string platform) => new($"Keluar dari {platform}", $"Signing out of {platform}");

    // The account page
    public static readonly Text Account = new("Akun Anda", "Your account");
    public static readonly Text SignedIn = new("Anda sudah masuk", "You are signed in");
    public static readonly Text Npwp = new("NPWP", "NPWP (tax number)");
    public static readonly Text NoNpwp = new("Belum ada", "None yet");
    public static readonly Text SignOut = new("Keluar", "Sign out");
    public static readonly Text Platforms = new("Situs yang terhubung", "Connected sites");
    public static readonly Text Devices = new("Ponsel Anda", "Your phones");
    public static readonly Text DevicesLead = new(
        "Ponsel ini dapat membuka akun Anda dengan memindai kode QR. Cabut ponsel yang hilang atau tidak Anda kenali.",
        "These phones can open your account by scanning a QR code. Remove a phone that is lost or that you do not know.");
    public static readonly Text NoDevices = new(
        "Belum ada ponsel yang terdaftar.",
        "No phone has been enrolled yet.");
    public static readonly Text Enrolled = new("Didaftarkan", "Enrolled");
    public static readonly Text LastUsed = new("Terakhir dipakai", "Last used");
    public static readonly Text NeverUsed = new("Belum pernah dipakai", "Never used");
    public static readonly Text Revoke = new("Cabut", "Remove");

    public static Text NpwpEndingIn(string last) => new($"NPWP, berakhir dengan {last}", $"Tax number ending in {last}");

    public static Text RevokeDevice(string device) => new($"Cabut {device}", $"Remove {device}");

    public static Text RevokeWarning(string device) => new(
        $"{device} tidak akan dapat membuka akun Anda lagi.",
        $"{device} will no longer be able to open your account.");

    public static readonly Text RevokeNow = new("Ya, cabut ponsel ini", "Yes, remove this phone");
}
