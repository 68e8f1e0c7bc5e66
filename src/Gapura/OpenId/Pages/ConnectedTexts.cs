using Gapura.Accounts;
using Gapura.Sessions.Pages;

namespace Gapura.OpenId.Pages;

/// <summary>What the page of connected sites says.</summary>
internal static class ConnectedTexts
{
    public static readonly Text Title = new("Situs yang terhubung", "Connected sites");
    public static readonly Text Now = new("Yang mengenali Anda sekarang", "Who knows you now");
    public static readonly Text Nobody = new("Tidak ada situs yang terhubung dengan akun Anda.", "No site is connected to your account.");
    public static readonly Text Lead = new(
        "Situs ini Anda beri izin, atau sedang Anda pakai. Cabut izin situs yang tidak Anda pakai lagi atau tidak Anda kenali.",
        "You allowed these sites, or you are using them now. Take it back from a site that you no longer use or do not know.");

    public static readonly Text MayKnow = new("Yang boleh diketahui situs ini:", "What this site may know:");
    public static readonly Text Stays = new(
        "Tetap terhubung walaupun Anda sedang tidak memakainya.",
        "It stays connected even while you are not using it.");

    public static readonly Text DoesNotStay = new("Tidak tetap terhubung: hanya saat Anda masuk.", "It does not stay connected: only when you sign in.");
    public static readonly Text Since = new("Terhubung sejak", "Connected since");
    public static readonly Text LastSignIn = new("Terakhir masuk", "Last sign-in");

    public static readonly Text TakeBack = new("Cabut izin", "Take back");
    public static readonly Text TakeBackNow = new("Ya, cabut izin situs ini", "Yes, take it back");
    public static readonly Text TakenBack = new(
        "Izin situs itu sudah dicabut. Bila Anda masuk lagi di sana, situs itu harus meminta izin lagi.",
        "That site's permission has been taken back. If you sign in there again, it must ask you again.");

    public static readonly Text Back = new("Kembali ke akun Anda", "Back to your account");

    public static readonly Text WhoSawNpwp = new("Siapa yang melihat NPWP Anda", "Who has seen your tax number");
    public static readonly Text NobodySawNpwp = new("Dalam dua tahun terakhir belum ada yang melihat NPWP Anda.", "In the last two years nobody has seen your tax number (NPWP).");
    public static readonly Text SawNpwpLead = new(
        "NPWP adalah nomor pajak Anda. Catatan ini disimpan dua tahun.",
        "NPWP is your tax number. This record is kept for two years.");

    public static readonly Text First = new("Pertama kali", "First");
    public static readonly Text Last = new("terakhir", "last");

    public static Text TakeBackFrom(string platform) => new($"Cabut izin {platform}", $"Take back from {platform}");

    public static Text Warning(string platform) => new(
        $"{platform} tidak akan dapat melihat data Anda lagi dan Anda keluar dari sana. Yang sudah diketahuinya tidak dapat kami hapus.",
        $"{platform} will no longer be able to see your data, and you are signed out there. We cannot erase what it already knows.");

    /// <summary>How a tax number was told, in a sentence.</summary>
    public static Text Way(NpwpWay way) => way switch
    {
        NpwpWay.Popup => new("Diberikan saat Anda masuk ke situs ini.", "Given when you signed in to this site."),
        NpwpWay.IdToken => new("Diberikan saat Anda masuk, dengan izin Anda.", "Given when you signed in, as you had allowed."),
        NpwpWay.Introspection => new("Diminta saat situs ini memeriksa siapa yang masuk.", "Asked for when this site checked who had signed in."),
        _ => new("Diminta situs ini dengan izin Anda.", "Asked for by this site, as you had allowed."),
    };
}
