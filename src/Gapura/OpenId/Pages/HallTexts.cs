using Gapura.Sessions.Pages;

namespace Gapura.OpenId.Pages;

/// <summary>What the hall's pages say.</summary>
internal static class HallTexts
{
    public static readonly Text AsksFor = new("Situs ini meminta:", "This site asks for:");
    public static readonly Text As = new("Anda masuk sebagai:", "You are signed in as:");
    public static readonly Text Allow = new("Izinkan", "Allow");
    public static readonly Text Deny = new("Jangan izinkan", "Do not allow");
    public static readonly Text Another = new("Gunakan akun lain", "Use another account");
    public static readonly Text Remembered = new(
        "Izin ini diingat. Anda dapat mencabutnya kapan saja: buka akun Anda, lalu pilih “Situs yang terhubung”.",
        "This is remembered. You can take it back at any time: open your account, then “Connected sites”.");

    public static readonly Text AsksForMore = new("Situs ini sekarang juga meminta (baru):", "This site now also asks for (new):");
    public static readonly Text AllowedBefore = new("Yang sudah Anda izinkan sebelumnya:", "What you allowed before:");
    public static readonly Text AsksAgain = new("Ini sudah pernah Anda izinkan. Situs ini bertanya sekali lagi:", "You allowed this before. The site asks you once more:");
    public static readonly Text NewTab = new("(terbuka di tab baru)", "(opens in a new tab)");

    public static readonly Text GoingBack = new("Kembali ke situs tadi…", "Going back to the site…");
    public static readonly Text Continue = new("Lanjutkan", "Continue");
    public static readonly Text OpenerGone = new("Halaman situs itu sudah tidak ada", "The page of the site has gone");
    public static readonly Text OpenerGoneAdvice = new("Tutup jendela ini, buka kembali situsnya, lalu coba masuk sekali lagi.", "Close this window, open the site again and sign in once more.");
    public static readonly Text NeedsScript = new("Langkah ini memerlukan JavaScript. Nyalakan JavaScript di peramban Anda, lalu coba lagi dari situsnya.", "This step needs JavaScript. Turn it on in your browser and try again from the site.");

    public static Text Title(string platform) => new($"Izinkan {platform} mengenali Anda?", $"Let {platform} know who you are?");

    public static Text RunBy(string company) => new($"Dikelola oleh {company}", $"Run by {company}");

    /// <param name="kind">As <see cref="PlatformLink.Kind"/>.</param>
    public static Text LinkTo(string kind) => kind switch
    {
        "policy" => new("Kebijakan privasi", "Privacy policy"),
        "terms" => new("Ketentuan layanan", "Terms of service"),
        _ => new("Tentang situs ini", "About this site"),
    };

    /// <summary>What a scope gives away, in the words of whoever gives it.</summary>
    public static Text Of(string scope) => scope switch
    {
        Scopes.Profile => new("nama dan nama pengguna Anda", "your name and your user name"),
        Scopes.Email => new("alamat surel (email) Anda", "your email address"),
        Scopes.Phone => new("nomor telepon Anda", "your telephone number"),
        Scopes.BasicInfo => new("nama, alamat surel, dan foto Anda", "your name, your email address and your picture"),
        Scopes.UpdateBasicInfo => new("mengganti foto Anda", "to change your picture"),
        Scopes.KeysOp => new("melihat, menambah, dan menghapus ponsel yang dapat masuk atas nama Anda", "to see, add and remove the phones that can sign in as you"),
        Scopes.Npwp => new("NPWP Anda: nomor pajak Anda, seluruh angkanya", "your tax number (NPWP), all of its digits"),
        Scopes.OfflineAccess => new(
            "tetap terhubung dengan akun Anda walaupun Anda sedang tidak memakai situs ini, sampai izinnya Anda cabut",
            "to stay connected to your account even while you are not using this site, until you take it back"),
        Connected.ConnectedPlatform.UserName => new("nama pengguna Anda", "your user name"),
        _ => new("tanda bahwa ini akun yang sama setiap kali Anda masuk", "a sign that it is the same account each time you sign in"),
    };
}

internal static class HallNotices
{
    public static Notice NotAsked(Kernel.Language language) => new(language,
        new("Permintaan masuk ini tidak dapat diterima", "This sign-in request cannot be accepted"),
        new("Situs yang mengirim Anda ke sini tidak memintanya dengan benar.", "The site that sent you here did not ask for it rightly."),
        new("Kembali ke situs itu dan coba lagi. Bila tetap gagal, beri tahu pengelolanya.", "Go back to that site and try again. If it still fails, tell whoever runs it."));
}
