namespace Gapura.Kernel;

/// <summary>The family of OAuth 2.0 and OpenID Connect, under the registry's own codes.</summary>
internal static partial class Refusals
{
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

    public static readonly Refusal InvalidScope = new("invalid_scope", 400,
        "The scope is more than this client, or the token it shows, was given.",
        "Scope melebihi yang diberikan kepada klien ini atau kepada token yang ditunjukkan.",
        "Ask for words of the registered scope, or for no more than the subject token has.");

    public static readonly Refusal InvalidTarget = new("invalid_target", 400,
        "The audience is not a resource API of this server.",
        "Audience bukan resource API di server ini.",
        "Send audience once: the client id of a platform registered with --resource-api (RFC 8693 section 2.2.2).");

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

    private static IReadOnlyList<Refusal> OfTheHall =>
    [
        AccessDenied, LoginRequired, ConsentRequired, UnsupportedResponseType, RequestNotSupported, RequestUriNotSupported, RegistrationNotSupported,
        InvalidRequestUri, UnmetAuthenticationRequirements, InvalidToken, InsufficientScope, UnauthorizedClient, InvalidDpopProof, UseDpopNonce,
        InvalidRequestObject, UnsupportedGrantType, InvalidScope, InvalidTarget, InvalidGrant, ClientNotAuthenticated, AuthorizationPending, SlowDown,
        ExpiredToken, InvalidBindingMessage, InvalidRedirectUri, InvalidClientMetadata, InvalidSoftwareStatement, UnapprovedSoftwareStatement,
    ];
}
