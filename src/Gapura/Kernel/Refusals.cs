namespace Gapura.Kernel;

/// <summary>Every refusal there is. <c>docs/errors.md</c> is this list, and a test keeps it so.</summary>
internal static partial class Refusals
{
    public static readonly Refusal ApiKeyNotValid = new("api_key_not_valid", 403,
        "API key is not valid or is expired / revoked.",
        "API key tidak sah, kedaluwarsa, atau sudah dicabut.",
        "Send a live API key in the configured header. For a popup: fetch a new login ticket and open the popup again; a ticket is good for one completed sign-in.");

    public static readonly Refusal SomethingWentWrong = new("server_error", 500,
        "Something went wrong. Please try again later.",
        "Terjadi gangguan. Silakan coba lagi nanti.",
        "Our fault. Try again; the operator finds the cause in the log under the request's trace id.");

    /// <remarks>The name is RFC 6749's (section 4.1.2.1), the status RFC 9110's (section 15.6.4).</remarks>
    public static readonly Refusal Unavailable = new("temporarily_unavailable", 503,
        "Sign-in is not possible for a moment. Please try again.",
        "Untuk sementara tidak dapat masuk. Silakan coba lagi.",
        "Send the same request again after Retry-After seconds: our store does not answer. A sign-in that was answered is not lost; whether one that got this answer went through is told by asking again.");

    public static readonly Refusal InvalidRequest = new("invalid_request", 400,
        "A parameter is missing or malformed.",
        "Ada parameter yang kurang atau salah bentuk.",
        "Read error_description: it names the parameter and the form it must have.");

    public static readonly Refusal InvalidClient = new("invalid_client", 400,
        "The clientId is not one of a platform that may sign people in.",
        "clientId bukan milik platform yang boleh dipakai masuk.",
        "Check the clientId; ask the operator whether the platform is disabled.");

    public static readonly Refusal InvalidSession = new("invalid_session", 400,
        "The session id is not valid, has expired or was already used.",
        "Session id tidak sah, kedaluwarsa, atau sudah dipakai.",
        "Scan the code that is on the screen now and sign exactly its text.");

    public static readonly Refusal InvalidSignature = new("invalid_signature", 400,
        "The signature does not fit the session id and the public key.",
        "Tanda tangan tidak cocok dengan session id dan kunci publik.",
        "Sign the UTF-8 bytes of the session id with ECDSA on secp256k1 over SHA-256, DER in hex. `gapura verify` shows what is wrong.");

    public static readonly Refusal UnknownKey = new("invalid_key", 400,
        "The public key cannot sign in here.",
        "Kunci publik ini tidak dapat dipakai untuk masuk.",
        "Enrol the phone first. An unknown, a foreign and a revoked key look alike.");

    public static readonly Refusal AlreadyAuthenticated = new("already_authenticated", 400,
        "This phone has already approved this session id; the screen is being signed in.",
        "Ponsel ini sudah menyetujui session id ini; layar sedang dimasukkan.",
        "Nothing: your first request succeeded and its answer got lost. Show success.");

    public static readonly Refusal NonceSpent = new("nonce_spent", 400,
        "The nonce has already been used to collect a sign-in.",
        "Nonce sudah dipakai untuk mengambil hasil masuk.",
        "Make a new random nonce for every sign-in.");

    public static readonly Refusal AlreadyScanned = new("already_scanned", 400,
        "Another phone has scanned this code.",
        "Kode ini sudah dipindai ponsel lain.",
        "Ask for a new code at the screen and scan that one.");

    public static readonly Refusal ConfirmationRequired = new("confirmation_required", 400,
        "This sign-in must be confirmed first: scan the code, then compare or type the number.",
        "Proses masuk ini harus dipastikan dulu: pindai kodenya, lalu cocokkan atau ketik angkanya.",
        "POST /v1/qrAuth/scan says what is asked for: send confirmation with the two digits chosen, or wait until the code was typed at the screen. docs/phone.md.");

    public static readonly Refusal SignInDenied = new("sign_in_denied", 400,
        "This sign-in was declined.",
        "Proses masuk ini ditolak.",
        "Begin again with a new code, if it was a slip.");

    public static readonly Refusal WrongCode = new("wrong_code", 400,
        "The code is not the one on the phone.",
        "Kodenya bukan yang ada di ponsel.",
        "Type the four digits the phone shows now. triesLeft says how often still.");

    public static readonly Refusal NotApproved = new("not_approved", 400,
        "Nobody has approved this sign-in yet.",
        "Belum ada yang menyetujui proses masuk ini.",
        "Wait for the state approved in GET /v1/qrAuth/events.");

    public static readonly Refusal TooManyWaiting = new("too_many_waiting", 503,
        "Too many screens wait here at the moment.",
        "Terlalu banyak layar yang sedang menunggu.",
        "Ask for the state with Accept: application/json every two seconds instead, or try again after Retry-After.");

    public static readonly Refusal MethodNotAllowed = new("method_not_allowed", 405,
        "Only POST is allowed here.",
        "Hanya POST yang diizinkan di sini.",
        "Use the method named in the Allow header.");

    public static readonly Refusal NotFound = new("not_found", 404,
        "There is nothing at this address.",
        "Tidak ada apa-apa di alamat ini.",
        "Check the path against the documentation.");

    public static readonly Refusal OriginNotRegistered = new("origin_not_registered", 403,
        "The page's origin is not one that this platform registered: the browser keeps the answer from the page.",
        "Asal (origin) halaman tidak terdaftar untuk platform ini: peramban tidak memberikan jawaban kepada halaman itu.",
        "Only in the list of refused requests: the answer itself may say otherwise. `gapura platform set-addresses CLIENT-ID --origin ORIGIN` registers a further origin, `--domain ORIGIN` the one that the popup's message goes to.");

    public static readonly Refusal WrongPassword = new("wrong_password", 403,
        "The user name or the password is not right.",
        "Nama pengguna atau kata sandi salah.",
        "Try again. The answer is the same for a user name that does not exist.");

    public static readonly Refusal TooManyAttempts = new("too_many_attempts", 429,
        "Too many attempts. Please wait a few minutes and try again.",
        "Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.",
        "Wait as long as Retry-After says. The answer is the same for a user name that does not exist.");

    public static readonly Refusal PhoneSignInNotValid = new("phone_sign_in_not_valid", 403,
        "What your phone approved can no longer be used to sign in here.",
        "Persetujuan dari ponsel Anda tidak dapat dipakai lagi untuk masuk di sini.",
        "Scan the new code. An approval signs in once, within two minutes, to exactly what the phone showed.");

    public static readonly Refusal TicketSpent = new("ticket_spent", 403,
        "This sign-in has already been completed.",
        "Proses masuk ini sudah selesai.",
        "Close the window. If the page is not signed in, press its button again.");

    public static readonly Refusal ForeignForm = new("foreign_form", 403,
        "This form was not sent from our own page.",
        "Formulir ini tidak dikirim dari halaman kami.",
        "Open the sign-in page again and fill in the form there.");

    public static readonly Refusal NotSignedIn = new("not_signed_in", 401,
        "Sign in first.",
        "Silakan masuk terlebih dahulu.",
        "Send the session cookie of a signed-in browser.");

    public static readonly Refusal SignInTooOld = new("fresh_sign_in_required", 403,
        "Sign in again first: this needs a sign-in of the last minutes.",
        "Silakan masuk lagi: tindakan ini memerlukan proses masuk yang baru.",
        "Sign in again, then repeat the request.");

    public static readonly Refusal InvalidProof = new("invalid_proof", 400,
        "The proof of possession is not valid or has expired.",
        "Bukti kepemilikan kunci tidak sah atau kedaluwarsa.",
        "Ask for a new challenge and sign exactly its text with the key it was made for. A challenge opens one session.");

    public static readonly Refusal KeyTaken = new("key_taken", 409,
        "This public key cannot be enrolled.",
        "Kunci publik ini tidak dapat didaftarkan.",
        "Make a new key on the phone; a key serves one account once.");

    public static readonly Refusal PasswordTooShort = new("password_too_short", 400,
        "The password is too short: use at least 8 characters.",
        "Kata sandi terlalu pendek: pakai sedikitnya 8 karakter.",
        "Choose a longer password. Several words with spaces are welcome.");

    public static readonly Refusal PasswordTooLong = new("password_too_long", 400,
        "The password is too long: use at most 1024 characters.",
        "Kata sandi terlalu panjang: pakai paling banyak 1024 karakter.",
        "Choose a shorter password.");

    public static readonly Refusal PasswordTooCommon = new("password_too_common", 400,
        "The password is one of those that are guessed first: choose another.",
        "Kata sandi ini termasuk yang paling mudah ditebak: pilih yang lain.",
        "Choose a password that is not on lists of common ones and not the user name.");

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Refusal> All =>
    [
        ApiKeyNotValid, SomethingWentWrong, Unavailable, InvalidRequest, InvalidClient, InvalidSession, InvalidSignature,
        UnknownKey, AlreadyAuthenticated, NonceSpent, AlreadyScanned, ConfirmationRequired, SignInDenied, WrongCode,
        NotApproved, TooManyWaiting, MethodNotAllowed, NotFound, OriginNotRegistered, WrongPassword, TooManyAttempts,
        PhoneSignInNotValid, TicketSpent, ForeignForm, NotSignedIn, SignInTooOld, InvalidProof, KeyTaken, PasswordTooShort, PasswordTooLong,
        PasswordTooCommon,
        .. OfTheHall,
    ];
}
