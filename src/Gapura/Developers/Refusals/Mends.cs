using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Sessions.Pages;

namespace Gapura.Developers.Refusals;

/// <summary>What a developer does about a refusal, in both languages: English from the one list of refusals, Bahasa Indonesia from here.</summary>
internal static class Mends
{
    private static readonly Dictionary<(string Code, int Status), string> Bahasa = new()
    {
        [("api_key_not_valid", 403)] = "Kirim API key yang masih berlaku di header yang ditentukan. Untuk popup: ambil tiket masuk yang baru, lalu buka popup sekali lagi; satu tiket untuk satu kali masuk.",
        [("server_error", 500)] = "Kesalahan kami. Coba lagi; pengelola server menemukan penyebabnya di log dengan nomor jejak permintaan ini.",
        [("temporarily_unavailable", 503)] = "Kirim permintaan yang sama sekali lagi sesudah Retry-After detik: penyimpanan kami sedang tidak menjawab. Proses masuk yang sudah dijawab tidak hilang.",
        [("invalid_request", 400)] = "Baca kalimat jawabannya: di sana tertulis parameter yang salah dan bentuk yang benar.",
        [("invalid_client", 400)] = "Periksa clientId; tanyakan kepada pengelola server apakah platform ini dinonaktifkan.",
        [("invalid_session", 400)] = "Pindai kode yang sedang tampil di layar, lalu tanda tangani persis teksnya.",
        [("invalid_signature", 400)] = "Tanda tangani byte UTF-8 dari session id dengan ECDSA pada secp256k1 dan SHA-256, DER dalam heksadesimal. `gapura verify` menunjukkan yang salah.",
        [("invalid_key", 400)] = "Daftarkan ponselnya dulu. Di sandbox: ponsel milik orang uji. Kunci yang tidak dikenal, milik orang lain, dan yang dicabut dijawab sama.",
        [("already_authenticated", 400)] = "Tidak perlu apa-apa: permintaan pertama berhasil, hanya jawabannya yang hilang. Tampilkan bahwa berhasil.",
        [("nonce_spent", 400)] = "Buat nonce acak yang baru untuk setiap proses masuk.",
        [("already_scanned", 400)] = "Minta kode baru di layar, lalu pindai kode itu.",
        [("confirmation_required", 400)] = "POST /v1/qrAuth/scan memberi tahu yang diminta: kirim dua angka yang dipilih, atau tunggu sampai kode diketik di layar. Lihat docs/phone.md.",
        [("sign_in_denied", 400)] = "Jika itu salah tekan, mulai lagi dengan kode baru.",
        [("wrong_code", 400)] = "Ketik empat angka yang sedang tampil di ponsel. triesLeft memberi tahu sisa percobaan.",
        [("not_approved", 400)] = "Tunggu sampai GET /v1/qrAuth/events menjawab approved.",
        [("too_many_waiting", 503)] = "Tanyakan keadaannya setiap dua detik dengan Accept: application/json, atau coba lagi sesudah Retry-After.",
        [("method_not_allowed", 405)] = "Pakai metode yang tertulis di header Allow.",
        [("not_found", 404)] = "Periksa alamatnya di dokumentasi.",
        [("origin_not_registered", 403)] = "Minta pengelola server mendaftarkan asal ini: `gapura platform set-addresses CLIENT-ID --origin ASAL`, atau `--domain ASAL` untuk halaman yang membuka popup.",
        [("wrong_password", 403)] = "Coba lagi. Jawabannya sama untuk nama pengguna yang tidak ada.",
        [("too_many_attempts", 429)] = "Tunggu selama yang tertulis di Retry-After.",
        [("phone_sign_in_not_valid", 403)] = "Pindai kode yang baru. Satu persetujuan berlaku sekali, dua menit, hanya untuk yang tampil di ponsel.",
        [("ticket_spent", 403)] = "Tiket ini sudah dipakai untuk satu kali masuk. Ambil tiket baru untuk setiap popup.",
        [("foreign_form", 403)] = "Buka halaman masuk sekali lagi dan isi formulirnya di sana. Formulir tidak dapat dikirim dari situs lain.",
        [("not_signed_in", 401)] = "Kirim cookie sesi dari peramban yang sudah masuk.",
        [("fresh_sign_in_required", 403)] = "Masuk sekali lagi, lalu ulangi permintaannya.",
        [("invalid_proof", 400)] = "Minta challenge yang baru dan tanda tangani persis teksnya dengan kunci yang dimaksud.",
        [("key_taken", 409)] = "Buat kunci baru di ponsel; satu kunci untuk satu akun, sekali.",
        [("password_too_short", 400)] = "Pilih kata sandi yang lebih panjang.",
        [("password_too_long", 400)] = "Pilih kata sandi yang lebih pendek.",
        [("password_too_common", 400)] = "Pilih kata sandi yang tidak umum dan bukan nama pengguna.",
        [("access_denied", 403)] = "Tawarkan cara masuk yang lain, atau tanyakan lagi jika orang itu mau.",
        [("login_required", 401)] = "Kirim orang itu ke authorization endpoint tanpa prompt=none.",
        [("consent_required", 403)] = "Kirim orang itu ke authorization endpoint tanpa prompt=none.",
        [("unsupported_response_type", 400)] = "Pakai authorization code flow dengan PKCE.",
        [("request_not_supported", 400)] = "Kirim parameternya langsung.",
        [("request_uri_not_supported", 400)] = "Kirim parameternya langsung.",
        [("registration_not_supported", 400)] = "Minta pengelola server mendaftarkan platform ini.",
        [("invalid_request_uri", 400)] = "Kirim permintaannya sekali lagi ke pushed authorization endpoint, lalu antar orang itu dalam 90 detik dengan request_uri yang baru.",
        [("unmet_authentication_requirements", 403)] = "Minta salah satu dari acr_values_supported.",
        [("invalid_token", 401)] = "Perbarui token itu, atau minta orangnya masuk sekali lagi dengan scope openid.",
        [("insufficient_scope", 403)] = "Antar orang itu ke authorization endpoint dengan scope yang tertulis di WWW-Authenticate.",
        [("unauthorized_client", 400)] = "Minta pengelola server mendaftarkan grant type ini untuk platform Anda.",
        [("invalid_dpop_proof", 400)] = "Kirim satu header DPoP: JWT untuk saat ini, metode ini, dan alamat ini, ditandatangani dengan kunci pengikat token (RFC 9449 bagian 4).",
        [("use_dpop_nonce", 400)] = "Ulangi dengan bukti baru yang memuat nonce ini (RFC 9449 bagian 8).",
        [("invalid_request_object", 400)] = "Tanda tangani dengan kunci yang terdaftar, untuk issuer ini, dengan exp paling lama satu jam (RFC 9101).",
        [("unsupported_grant_type", 400)] = "Pakai grant_type=authorization_code atau refresh_token.",
        [("invalid_scope", 400)] = "Minta hanya kata-kata dari scope yang terdaftar, atau tidak lebih dari yang dimiliki token itu.",
        [("invalid_target", 400)] = "Kirim audience satu kali: client id platform yang didaftarkan dengan --resource-api (RFC 8693 bagian 2.2.2).",
        [("invalid_grant", 400)] = "Minta orangnya masuk sekali lagi. Kode berlaku untuk satu percobaan dalam 60 detik, refresh token untuk satu pertukaran.",
        [("invalid_client", 401)] = "Kirim clientId dan API key dengan HTTP Basic, atau API key di headernya; atau yang didaftarkan platform: client_assertion, sertifikat.",
        [("authorization_pending", 400)] = "Tanyakan lagi sesudah jedanya.",
        [("slow_down", 400)] = "Tambah jedanya lima detik, lalu tanyakan lagi (RFC 8628 bagian 3.5).",
        [("expired_token", 400)] = "Mulai dari awal jika orang itu menginginkannya.",
        [("invalid_binding_message", 400)] = "Kirim teks pendek yang dapat dicocokkan orang, misalnya W4SCT (CIBA Core 1.0 bagian 7.1).",
        [("invalid_redirect_uri", 400)] = "Daftarkan alamat https yang lengkap, tanpa * dan # (http hanya untuk komputer sendiri).",
        [("invalid_client_metadata", 400)] = "Perbaiki anggota yang disebut dalam kalimat jawaban; tidak ada yang didaftarkan atau diubah (RFC 7591 bagian 2).",
        [("invalid_software_statement", 400)] = "Jangan kirim software_statement: tidak diperlukan.",
        [("unapproved_software_statement", 400)] = "Jangan kirim software_statement: yang dipakai adalah initial access token.",
    };

    private static readonly Dictionary<RefusedWhy, (Text Why, Text Mend)> Kept = new()
    {
        [RefusedWhy.KeyRevoked] = (
            new("API key yang dikirim sudah dicabut.", "The API key that was sent has been revoked."),
            new("Pakai API key yang masih berlaku, atau minta yang baru: `gapura api-key issue`.", "Use the live API key, or ask for a new one: `gapura api-key issue`.")),
        [RefusedWhy.KeyExpired] = (
            new("API key yang dikirim sudah kedaluwarsa.", "The API key that was sent has expired."),
            new("Minta API key yang baru: `gapura api-key issue`.", "Ask for a new API key: `gapura api-key issue`.")),
        [RefusedWhy.KeyMistyped] = (
            new("API key yang dikirim mirip milik platform ini, tetapi tidak utuh.", "The API key that was sent looks like one of this platform's, but it is not whole."),
            new("Salin API key itu sekali lagi dari awal sampai akhir.", "Copy the key once more, from its first character to its last.")),
        [RefusedWhy.TicketExpired] = (
            new("Tiket masuk itu sudah kedaluwarsa.", "The login ticket had expired."),
            new("Ambil tiket saat tombol ditekan, bukan saat halaman dibuat.", "Fetch the ticket when the button is pressed, not when the page is made.")),
        [RefusedWhy.TicketOfDeadKey] = (
            new("Tiket masuk itu diambil dengan API key yang sekarang sudah dicabut atau kedaluwarsa.", "The login ticket was fetched with an API key that has since been revoked or has expired."),
            new("Ambil tiket baru dengan API key yang masih berlaku.", "Fetch a new ticket with a live API key.")),
    };

    /// <summary>What the answer did not say; null for nothing.</summary>
    public static string? WhyOf(RefusedRequest request, Language language) => Kept.TryGetValue(request.Why, out var kept) ? kept.Why.In(language) : null;

    /// <summary>The sentence in the reader's language. What names a parameter was said in English alone, and stands beside it.</summary>
    public static string SentenceOf(RefusedRequest request, Language language) =>
        language == Language.English || Find(request) is not { } refusal ? request.Sentence : refusal.Bahasa;

    /// <summary>Empty for a refusal of a version that is no more.</summary>
    public static string MendOf(RefusedRequest request, Language language)
    {
        if (Kept.TryGetValue(request.Why, out var kept)) return kept.Mend.In(language);
        return Find(request) is { } refusal ? MendOf(refusal, language) : "";
    }

    public static string MendOf(Refusal refusal, Language language) => language == Language.Bahasa && Bahasa.TryGetValue((refusal.Code, refusal.Status), out var mend) ? mend : refusal.Mend;

    /// <summary>Whether a mend is there in Bahasa Indonesia.</summary>
    public static bool Has(Refusal refusal) => Bahasa.ContainsKey((refusal.Code, refusal.Status));

    // Two refusals may share a code; the status tells them apart, save where a browser was answered otherwise.
    private static Refusal? Find(RefusedRequest request) =>
        Kernel.Refusals.All.FirstOrDefault(r => r.Code == request.Code && r.Status == request.Status) ?? Kernel.Refusals.All.FirstOrDefault(r => r.Code == request.Code);
}
