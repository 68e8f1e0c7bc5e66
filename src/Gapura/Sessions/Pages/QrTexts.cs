namespace Gapura.Sessions.Pages;

/// <summary>What the code beside the password says. In a <c>…Said</c>, <c>{by}</c> and <c>{digits}</c> are filled in by the page's script.</summary>
internal static class QrTexts
{
    public static readonly Text Title = new("Masuk dengan ponsel", "Sign in with your phone");
    public static readonly Text WithPassword = new("Masuk dengan kata sandi", "Sign in with your password");

    // Waiting
    public static readonly Text Scan = new(
        "Pindai kode ini dengan ponsel yang sudah Anda daftarkan.",
        "Scan this code with the phone you have enrolled.");
    public static readonly Text CodeAlt = new(
        "Kode QR untuk masuk. Pindai dengan ponsel yang sudah Anda daftarkan.",
        "QR code to sign in with. Scan it with the phone you have enrolled.");
    public static readonly Text OpenHere = new("Buka aplikasi di ponsel ini", "Open the app on this phone");
    public static readonly Text WaitingSaid = new("Kode QR baru siap dipindai.", "A new QR code is ready to be scanned.");

    // Scanned
    public static readonly Text ScannedBy = new("Dipindai oleh", "Scanned by");
    public static readonly Text PickDigits = new("Pilih angka ini di ponsel Anda", "Pick this number on your phone");
    public static readonly Text MatchSaid = new(
        "Dipindai oleh {by}. Pilih angka {digits} di ponsel Anda.",
        "Scanned by {by}. Pick the number {digits} on your phone.");
    public static readonly Text TypeDigits = new("Ketik empat angka dari ponsel Anda", "Type the four digits from your phone");
    public static readonly Text TypeSaid = new(
        "Dipindai oleh {by}. Ketik empat angka yang tampil di ponsel Anda.",
        "Scanned by {by}. Type the four digits that your phone shows.");
    public static readonly Text WrongCode = new("Kode salah. Sisa {tries} percobaan.", "Wrong code. {tries} tries left.");
    public static readonly Text LastTry = new("Kode salah. Sisa satu percobaan.", "Wrong code. One try left.");
    public static readonly Text CodeNotSent = new("Kode belum terkirim. Ketik sekali lagi.", "The code was not sent. Type it once more.");
    public static readonly Text NotMe = new("Bukan saya, buat kode baru", "Not me, make a new code");

    // Decided
    public static readonly Text Confirm = new("Setujui di ponsel Anda", "Approve on your phone");
    public static readonly Text ConfirmSaid = new("Dipindai oleh {by}. Setujui di ponsel Anda.", "Scanned by {by}. Approve on your phone.");
    public static readonly Text Approved = new("Disetujui. Sedang masuk…", "Approved. Signing you in…");
    public static readonly Text Declined = new("Permintaan masuk ini ditolak di ponsel.", "This sign-in was declined on the phone.");
    public static readonly Text WrongChoice = new(
        "Angka yang dipilih di ponsel tidak sama. Demi keamanan, proses masuk ini dihentikan.",
        "A different number was picked on the phone. To be safe, this sign-in was stopped.");
    public static readonly Text TooManyCodes = new(
        "Kode salah tiga kali. Demi keamanan, proses masuk ini dihentikan.",
        "Three wrong codes. To be safe, this sign-in was stopped.");
    public static readonly Text Expired = new(
        "Waktu habis: belum ada persetujuan dari ponsel.",
        "Time is up: the phone has not approved.");
    public static readonly Text NewCode = new("Buat kode baru", "Make a new code");

    // Beside all of them
    public static readonly Text Trouble = new(
        "Sambungan terganggu. Kami mencoba lagi dengan sendirinya.",
        "The connection is not stable. We keep trying by ourselves.");
}
