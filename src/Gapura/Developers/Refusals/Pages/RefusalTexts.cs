using Gapura.Sessions.Pages;

namespace Gapura.Developers.Refusals.Pages;

/// <summary>What the pages about refused requests say.</summary>
internal static class RefusalTexts
{
    public static readonly Text Title = new("Mengapa permintaan saya ditolak?", "Why was my request refused?");
    public static readonly Text Lead = new(
        "Tunjukkan API key platform Anda. Anda melihat semua permintaannya yang ditolak dalam sehari terakhir, beserta sebab dan cara memperbaikinya.",
        "Show your platform's API key. You see which of its requests were refused in the last day, why, and what to do about it.");
    public static readonly Text Kept = new(
        "Yang disimpan: waktu, alamat, jawaban, dan nama parameter. Tidak pernah disimpan: isi parameter, kunci, token, kata sandi, nama pengguna, NPWP.",
        "What is kept: the time, the address, the answer and the names of parameters. What never is: their values, keys, tokens, passwords, user names, tax numbers.");
    public static readonly Text ApiKey = new("API key", "API key");
    public static readonly Text ApiKeyHint = new("Dimulai dengan gpk_, atau kunci yang dibawa dari sistem lain.", "Begins with gpk_, or is one you brought along from another system.");
    public static readonly Text Show = new("Tampilkan", "Show");
    public static readonly Text ShowAgain = new("Tampilkan sekali lagi", "Show once more");
    public static readonly Text Nothing = new("Tidak ada permintaan yang ditolak dalam sehari terakhir.", "No request was refused in the last day.");
    public static readonly Text NothingHint = new(
        "Jika permintaan Anda tetap gagal, mungkin permintaan itu tidak sampai ke sini, atau tidak menyebut clientId maupun API key platform ini.",
        "If yours fails all the same, it may not have got here, or it named neither this platform's clientId nor its API key.");
    public static readonly Text Sandbox = new("Platform ini sandbox: hanya orang uji yang dapat masuk.", "This platform is a sandbox: only test people can sign in.");
    public static readonly Text When = new("Waktu", "When");
    public static readonly Text Answer = new("Jawaban", "Answer");
    public static readonly Text Why = new("Sebab", "Why");
    public static readonly Text Sent = new("Kalimat jawaban", "As it was answered");
    public static readonly Text Mend = new("Perbaikan", "What to do");
    public static readonly Text Parameter = new("Parameter yang salah", "Wrong parameter");
    public static readonly Text Came = new("Parameter yang datang", "Parameters that came");
    public static readonly Text Origin = new("Asal halaman", "Origin of the page");
    public static readonly Text KnownBy = new("Dikenali dari", "Known by");
    public static readonly Text ByTicket = new("tiket masuk yang diambil platform ini", "a login ticket that this platform had fetched");
    public static readonly Text ByName = new("clientId saja, yang dapat disebut siapa pun", "the clientId alone, which anybody can say");
    public static readonly Text Trace = new("Nomor jejak", "Trace id");
    public static readonly Text Back = new("Halaman pengembang", "For developers");

    public static Text Of(string platform) => new($"Permintaan {platform} yang ditolak", $"What {platform} was refused");

    public static Text Times(int times) => new($"{times} kali dalam satu detik", $"{times} times within a second");
}
