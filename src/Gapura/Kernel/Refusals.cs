namespace Gapura.Kernel;

/// <summary>Every refusal there is. <c>docs/errors.md</c> is this list, and a test keeps it so.</summary>
internal static class Refusals
{
    public static readonly Refusal ApiKeyNotValid = new("api_key_not_valid", 403,
        "API key is not valid or is expired / revoked.",
        "API key tidak sah, kedaluwarsa, atau sudah dicabut.",
        "Send a live API key in the configured header. For a popup: fetch a new login ticket and open the popup again; a ticket is good for one completed sign-in.");

    public static readonly Refusal SomethingWentWrong = new("server_error", 500,
        "Something went wrong. Please try again later.",
        "Terjadi gangguan. Silakan coba lagi nanti.",
        "Our fault. Try again; the operator finds the cause in the log under the request's trace id.");

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

    public static readonly Refusal AccessDenied = new("access_denied", 403,
        "The person did not allow it.",
        "Orang itu tidak mengizinkannya.",
        "Offer another way in, or ask again when the person wants to.");

    public static readonly Refusal LoginRequired = new("login_required", 401,
        "The person must sign in, and prompt=none forbids to ask.",
        "Orang itu harus masuk dulu, dan prompt=none melarang bertanya.",
        "Send the person to the authorization endpoint without prompt=none.");

    public static readonly Refusal ConsentRequired = new("consent_required", 403,
        "The person must agree, and prompt=none forbids to ask.",
        "Orang itu harus menyetujui dulu, dan prompt=none melarang bertanya.",
        "Send the person to the authorization endpoint without prompt=none.");

    public static readonly Refusal UnsupportedResponseType = new("unsupported_response_type", 400,
        "Only response_type=code is supported.",
        "Hanya response_type=code yang didukung.",
        "Use the authorization code flow with PKCE.");

    public static readonly Refusal RequestNotSupported = new("request_not_supported", 400,
        "Signed request objects are not supported.",
        "Request object bertanda tangan tidak didukung.",
        "Send the parameters themselves.");

    public static readonly Refusal RequestUriNotSupported = new("request_uri_not_supported", 400,
        "request_uri is not supported.",
        "request_uri tidak didukung.",
        "Send the parameters themselves.");

    public static readonly Refusal RegistrationNotSupported = new("registration_not_supported", 400,
        "The registration parameter is not supported.",
        "Parameter registration tidak didukung.",
        "Register the platform with the operator.");

    public static readonly Refusal InvalidRequestUri = new("invalid_request_uri", 400,
        "The request_uri is not valid, has expired or was already used.",
        "request_uri tidak sah, kedaluwarsa, atau sudah dipakai.",
        "Push the request again and send the person with the new request_uri within 90 seconds.");

    public static readonly Refusal UnmetAuthenticationRequirements = new("unmet_authentication_requirements", 403,
        "Nobody can sign in here as strongly as is demanded.",
        "Tidak ada cara masuk di sini yang sekuat yang diminta.",
        "Ask for one of acr_values_supported.");

    public static readonly Refusal InvalidToken = new("invalid_token", 401,
        "The access token is not valid, has expired, was revoked or is not for this.",
        "Access token tidak sah, kedaluwarsa, dicabut, atau bukan untuk ini.",
        "Refresh it, or sign the person in again with scope openid.");

    public static readonly Refusal InsufficientScope = new("insufficient_scope", 403,
        "The access token was not given for this.",
        "Access token ini tidak diberikan untuk hal ini.",
        "Send the person to the authorization endpoint with the scope that WWW-Authenticate names.");

    public static readonly Refusal UnauthorizedClient = new("unauthorized_client", 400,
        "This client may not use this grant type.",
        "Klien ini tidak boleh memakai grant type ini.",
        "Ask the operator to register the grant type for the platform.");

    public static readonly Refusal InvalidDpopProof = new("invalid_dpop_proof", 400,
        "The DPoP proof is missing or not valid.",
        "Bukti DPoP tidak ada atau tidak sah.",
        "Send one DPoP header: a JWT of this moment for this method and address, signed with the key the token is bound to (RFC 9449 section 4).");

    public static readonly Refusal UseDpopNonce = new("use_dpop_nonce", 400,
        "The DPoP proof must hold the nonce of the DPoP-Nonce header.",
        "Bukti DPoP harus memuat nonce dari header DPoP-Nonce.",
        "Send the request again with a new proof that holds this nonce (RFC 9449 section 8).");

    public static readonly Refusal InvalidRequestObject = new("invalid_request_object", 400,
        "The signed request is not valid.",
        "Permintaan bertanda tangan tidak sah.",
        "Sign it with a registered key, for this issuer, with exp at most an hour ahead (RFC 9101).");

    public static readonly Refusal UnsupportedGrantType = new("unsupported_grant_type", 400,
        "This grant_type is not supported.",
        "grant_type ini tidak didukung.",
        "Use grant_type=authorization_code or refresh_token.");

    public static readonly Refusal InvalidGrant = new("invalid_grant", 400,
        "The refresh token is not valid, has expired, was revoked or was already used.",
        "Refresh token tidak sah, kedaluwarsa, dicabut, atau sudah dipakai.",
        "Sign the person in again. A code is good for one try within 60 seconds, a refresh token for one rotation.");

    public static readonly Refusal ClientNotAuthenticated = new("invalid_client", 401,
        "The client could not be authenticated.",
        "Klien tidak dapat dikenali.",
        "Send the clientId and an API key by HTTP Basic, or the API key in its header; or what the platform registered: a client_assertion, a certificate.");

    public static readonly Refusal AuthorizationPending = new("authorization_pending", 400,
        "The person has not decided yet.",
        "Orang itu belum memutuskan.",
        "Ask again after the interval.");

    public static readonly Refusal SlowDown = new("slow_down", 400,
        "You ask too often. The interval is five seconds longer from now on.",
        "Anda bertanya terlalu sering. Mulai sekarang jedanya lima detik lebih lama.",
        "Add five seconds to the interval, then ask again (RFC 8628 section 3.5).");

    public static readonly Refusal ExpiredToken = new("expired_token", 400,
        "Nobody decided in time.",
        "Tidak ada yang memutuskan pada waktunya.",
        "Start again, once the person asks for it.");

    public static readonly Refusal InvalidBindingMessage = new("invalid_binding_message", 400,
        "binding_message must be 1 to 64 visible characters on one line.",
        "binding_message harus 1 sampai 64 karakter yang terlihat, dalam satu baris.",
        "Send a short plain text that the person can compare, such as W4SCT (CIBA Core 1.0 section 7.1).");

    public static readonly Refusal InvalidRedirectUri = new("invalid_redirect_uri", 400,
        "A redirect URI is missing or cannot be registered.",
        "Alamat redirect tidak ada atau tidak dapat didaftarkan.",
        "Register absolute https addresses without * and # (http only on the person's own machine).");

    public static readonly Refusal InvalidClientMetadata = new("invalid_client_metadata", 400,
        "The registration cannot be taken as it is.",
        "Pendaftaran ini tidak dapat diterima.",
        "Mend the member that the description names; nothing was registered or changed (RFC 7591 section 2).");

    public static readonly Refusal InvalidSoftwareStatement = new("invalid_software_statement", 400,
        "The software statement is not a signed statement.",
        "Software statement bukan pernyataan bertanda tangan.",
        "Leave software_statement out: none is needed.");

    public static readonly Refusal UnapprovedSoftwareStatement = new("unapproved_software_statement", 400,
        "No issuer of software statements is trusted here.",
        "Tidak ada penerbit software statement yang dipercaya di sini.",
        "Leave software_statement out: the initial access token is what counts.");

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Refusal> All { get; } =
    [
        ApiKeyNotValid, SomethingWentWrong, InvalidRequest, InvalidClient, InvalidSession, InvalidSignature,
        UnknownKey, AlreadyAuthenticated, NonceSpent, AlreadyScanned, ConfirmationRequired, SignInDenied, WrongCode,
        NotApproved, TooManyWaiting, MethodNotAllowed, NotFound, WrongPassword, TooManyAttempts,
        PhoneSignInNotValid, TicketSpent, ForeignForm, NotSignedIn, SignInTooOld, InvalidProof, KeyTaken, PasswordTooShort, PasswordTooLong,
        PasswordTooCommon, AccessDenied, LoginRequired, ConsentRequired, UnsupportedResponseType, RequestNotSupported, RequestUriNotSupported,
        RegistrationNotSupported, InvalidRequestUri, UnmetAuthenticationRequirements, InvalidToken, InsufficientScope, UnauthorizedClient, InvalidDpopProof, UseDpopNonce, InvalidRequestObject, UnsupportedGrantType, InvalidGrant, ClientNotAuthenticated,
        AuthorizationPending, SlowDown, ExpiredToken, InvalidBindingMessage,
        InvalidRedirectUri, InvalidClientMetadata, InvalidSoftwareStatement, UnapprovedSoftwareStatement,
    ];
}
