using Gapura.Developers.Reference.Reading;
using Gapura.Sessions.Pages;

namespace Gapura.Developers.Reference.Pages;

internal static class ReferenceTexts
{
    public static readonly Text Title = new("Dokumentasi API", "API reference");
    public static readonly Text Lead = new("Satu akun, banyak platform. Dua pintu masuk, dan OpenID Connect di belakangnya.", "One account, many platforms. Two doors to sign in by, and OpenID Connect behind them.");
    public static readonly Text Contents = new("Daftar isi", "Contents");
    public static readonly Text OnThisPage = new("Di halaman ini", "On this page");
    public static readonly Text Overview = new("Ringkasan", "Overview");
    public static readonly Text Doors = new("Dua pintu", "The two doors");
    public static readonly Text Behind = new("Di belakangnya", "Behind them");
    public static readonly Text Address = new("Alamat server ini", "This server's address");
    public static readonly Text Rules = new("Yang berlaku di mana-mana", "What holds everywhere");
    public static readonly Text Proofs = new("Cara menunjukkan siapa Anda", "Ways to show who you are");
    public static readonly Text Machine = new("Untuk program", "For programs");
    public static readonly Text MachineLead = new("Semua yang tertulis di sini, sebagai OpenAPI 3.1:", "Everything that is written here, as OpenAPI 3.1:");
    public static readonly Text Errors = new("Kode kesalahan", "Error codes");
    public static readonly Text ErrorsLead = new(
        "Setiap penolakan, dan apa yang harus dilakukan. Uji kodenya: kode tetap dan tidak pernah dipakai ulang. Kalimatnya untuk manusia.",
        "Every refusal, and what to do about it. Test the code: it is stable and never reused. The sentence is for people.");
    public static readonly Text Shows = new("Ditunjukkan pemanggil", "The caller shows");
    public static readonly Text OneOf = new("salah satu dari", "one of");
    public static readonly Text Parameters = new("Parameter", "Parameters");
    public static readonly Text Body = new("Isi permintaan", "Body");
    public static readonly Text Required = new("wajib", "required");
    public static readonly Text Call = new("Panggilan", "Call");
    public static readonly Text Opens = new("Alamat yang dibuka di peramban", "The address that is opened in a browser");
    public static readonly Text Answers = new("Jawaban", "Answers");
    public static readonly Text Refused = new("Bila ditolak", "When it is refused");
    public static readonly Text Sent = new("Bila ditolak, dikirim ke redirect_uri", "When it is refused, sent to redirect_uri");
    public static readonly Text Mend = new("Yang dilakukan", "What to do");
    public static readonly Text Nobody = Words.Nobody;
    public static readonly Text Operations = new("panggilan", "calls");
}
