using Gapura.Sessions.Pages;

namespace Gapura.SeamlessLogin.Pages;

/// <summary>What the popup says.</summary>
internal static class Texts
{
    public static readonly Text YouAreOn = new("Anda akan masuk ke situs", "You are signing in to the site");
    public static readonly Text Trial = new(
        "Ini situs percobaan: hanya orang uji yang dapat masuk. Jangan ketik kata sandi Anda yang sebenarnya.",
        "This site is a trial: only test people can sign in. Do not type a real password.");
    public static readonly Text UseAnotherAccount = new("Gunakan akun lain", "Use another account");
    public static readonly Text AlreadySignedIn = new("Anda sudah masuk sebagai:", "You are already signed in as:");
    public static readonly Text Finished = new("Selesai", "Done");
    public static readonly Text OneMoreStep = new("Satu langkah lagi", "One more step");
    public static readonly Text MayClose = new("Anda boleh menutup jendela ini.", "You may close this window.");

    public static Text SignInTo(string platform) => new($"Masuk ke {platform}", $"Sign in to {platform}");

    public static Text RunBy(string company) => new($"Dikelola oleh {company}", $"Run by {company}");

    public static Text Shares(string host) => new(
        $"Setelah masuk, nama pengguna dan NPWP Anda diberikan kepada {host}.",
        $"Once you are signed in, your user name and tax number (NPWP) are given to {host}.");

    public static Text ContinueAs(string name) => new($"Lanjutkan sebagai {name}", $"Continue as {name}");

    public static Text Returning(string platform) => new(
        $"Sedang mengembalikan Anda ke {platform}…",
        $"Taking you back to {platform}…");

    public static Text Done(string platform) => new($"Anda sudah masuk ke {platform}.", $"You are signed in to {platform}.");

    public static Text OpenerGone(string platform) => new(
        $"Halaman {platform} sudah tertutup",
        $"The page of {platform} has gone");

    public static Text OpenerGoneAdvice(string host) => new(
        $"Akun Anda sudah dikenali, tetapi halaman yang membuka jendela ini tidak ada lagi. Buka kembali {host}, lalu tekan tombol masuk sekali lagi.",
        $"We know who you are, but the page that opened this window is no longer there. Open {host} again and press its sign-in button once more.");

    public static Text GoTo(string host) => new($"Buka {host}", $"Open {host}");

    public static Text BackByHand(string platform) => new(
        $"Akun Anda sudah dikenali. Peramban Anda tidak menjalankan JavaScript, jadi tekan tombol ini untuk kembali ke {platform}.",
        $"We know who you are. Your browser runs no JavaScript, so press this button to go back to {platform}.");

    public static Text BackTo(string host) => new($"Kembali ke {host}", $"Go back to {host}");

    public static Text NeedsScript(string host) => new(
        $"Nyalakan JavaScript di peramban Anda. Tanpa itu Anda tidak dapat dikembalikan ke {host}. Setelah itu, tekan tombol masuk di {host} sekali lagi.",
        $"Turn on JavaScript in your browser. Without it you cannot be taken back to {host}. Then press the sign-in button on {host} again.");
}
