using Gapura.Sessions.Pages;

namespace Gapura.Developers.Refusals.Pages;

/// <summary>What the page says that a partner's developer begins at.</summary>
internal static class DeveloperTexts
{
    public static readonly Text Title = new("Untuk pengembang", "For developers");
    public static readonly Text Lead = new(
        "Pasang tombol “Masuk sebagai …” di situs Anda dalam satu sore, dengan bahasa pemrograman apa pun.",
        "Put “Login as …” on your site in one afternoon, in any language.");

    public static readonly Text SandboxTitle = new("1. Minta sandbox", "1. Ask for a sandbox");
    public static readonly Text Sandbox = new(
        "Pengelola server membuatnya dengan satu perintah dan memberi Anda client id, API key, dan tiga orang uji. Orang uji hanya dapat masuk ke sandbox, dan sandbox hanya menerima orang uji.",
        "The operator makes one with one command and gives you a client id, an API key and three test people. Test people sign in to sandboxes and nowhere else, and nobody else signs in to a sandbox.");

    public static readonly Text PopupTitle = new("2. Popup: masuk dengan satu tombol", "2. The popup: one button");
    public static readonly Text Popup = new(
        "Backend Anda mengambil tiket masuk dengan API key. API key tidak pernah boleh sampai ke halaman.",
        "Your backend fetches a login ticket with the API key. The key itself must never reach a page.");
    public static readonly Text PopupPage = new(
        "Halaman membuka popup dengan tiket itu dan menerima pesan yang berisi token. Terima pesan hanya dari asal ini:",
        "Your page opens the popup with the ticket and is sent a message with the token. Take the message from this origin only:");

    public static readonly Text QrTitle = new("3. Kode QR: masuk dengan ponsel", "3. The QR code: sign in with a phone");
    public static readonly Text Qr = new(
        "Halaman meminta kode dengan clientId dan nonce acak, menampilkannya, lalu mengambil hasilnya dengan nonce yang sama sesudah ponsel menyetujui.",
        "Your page asks for a code with the clientId and a random nonce, shows it, and collects the result with the same nonce once the phone has approved.");

    public static readonly Text HallTitle = new("4. OpenID Connect", "4. OpenID Connect");
    public static readonly Text Hall = new(
        "Sudah memakai pustaka OpenID Connect? Beri alamat ini, client id, dan API key sebagai client secret:",
        "You have an OpenID Connect library already? Give it this address, the client id, and the API key as the client secret:");

    public static readonly Text TokensTitle = new("5. Periksa token", "5. Check the token");
    public static readonly Text Tokens = new(
        "Access token adalah JWT. Periksa tanda tangan, iss, exp, dan aud. Selama platform Anda sandbox, aud-nya:",
        "The access token is a JWT. Check its signature, iss, exp and aud. As long as your platform is a sandbox, its aud is:");

    public static readonly Text Stuck = new("Ada yang ditolak?", "Something was refused?");
    public static readonly Text StuckLead = new("Jangan menebak: lihat sebabnya.", "Do not guess: see why.");
    public static readonly Text Live = new("6. Untuk orang sungguhan", "6. For real people");
    public static readonly Text LiveLead = new(
        "Jika sudah selesai, pengelola server mengubah sandbox menjadi platform dengan satu perintah. Anda mendapat API key baru; orang uji tidak dapat masuk lagi.",
        "When it works, the operator makes the sandbox a platform with one command. You get a new API key; test people cannot sign in any more.");
    public static readonly Text Reference = new("Dokumentasi lengkap", "The whole reference");
    public static readonly Text Description = new("Deskripsi untuk program (OpenAPI)", "The description for programs (OpenAPI)");
}
