namespace Gapura.Client.Wire;

/// <summary>What to do about a refusal: the last column of docs/errors.md for the codes this package can meet; a test holds it to that page.</summary>
internal static class Mends
{
    private static readonly Dictionary<(string Code, int Status), string> Known = new()
    {
        [("api_key_not_valid", 403)] = "Send a live API key in the configured header. For a popup: fetch a new login ticket and open the popup again; a ticket is good for one completed sign-in.",
        [("server_error", 500)] = "Our fault. Try again; the operator finds the cause in the log under the request's trace id.",
        [("invalid_request", 400)] = "Read error_description: it names the parameter and the form it must have.",
        [("invalid_client", 400)] = "Check the clientId; ask the operator whether the platform is disabled.",
        [("invalid_client", 401)] = "Send the clientId and an API key by HTTP Basic, or the API key in its header; or what the platform registered: a client_assertion, a certificate.",
        [("invalid_session", 400)] = "Scan the code that is on the screen now and sign exactly its text.",
        [("invalid_signature", 400)] = "Sign the UTF-8 bytes of the session id with ECDSA on secp256k1 over SHA-256, DER in hex. `gapura verify` shows what is wrong.",
        [("invalid_key", 400)] = "Enrol the phone first. An unknown, a foreign and a revoked key look alike.",
        [("already_authenticated", 400)] = "Nothing: your first request succeeded and its answer got lost. Show success.",
        [("nonce_spent", 400)] = "Make a new random nonce for every sign-in.",
        [("already_scanned", 400)] = "Ask for a new code at the screen and scan that one.",
        [("confirmation_required", 400)] = "POST /v1/qrAuth/scan says what is asked for: send confirmation with the two digits chosen, or wait until the code was typed at the screen. docs/phone.md.",
        [("sign_in_denied", 400)] = "Begin again with a new code, if it was a slip.",
        [("not_approved", 400)] = "Wait for the state approved in GET /v1/qrAuth/events.",
        [("method_not_allowed", 405)] = "Use the method named in the Allow header.",
        [("not_found", 404)] = "Check the path against the documentation.",
        [("wrong_password", 403)] = "Try again. The answer is the same for a user name that does not exist.",
        [("too_many_attempts", 429)] = "Wait as long as Retry-After says. The answer is the same for a user name that does not exist.",
        [("fresh_sign_in_required", 403)] = "Sign in again, then repeat the request.",
        [("invalid_proof", 400)] = "Ask for a new challenge and sign exactly its text with the key it was made for. A challenge opens one session.",
        [("key_taken", 409)] = "Make a new key on the phone; a key serves one account once.",
        [("invalid_token", 401)] = "Refresh it, or sign the person in again with scope openid.",
        [("insufficient_scope", 403)] = "Send the person to the authorization endpoint with the scope that WWW-Authenticate names.",
        [("unauthorized_client", 400)] = "Ask the operator to register the grant type for the platform.",
        [("invalid_dpop_proof", 400)] = "Send one DPoP header: a JWT of this moment for this method and address, signed with the key the token is bound to (RFC 9449 section 4).",
        [("invalid_grant", 400)] = "Sign the person in again. A code is good for one try within 60 seconds, a refresh token for one rotation.",
        [("invalid_scope", 400)] = "Ask for words of the registered scope, or for no more than the subject token has.",
    };

    public static IReadOnlyDictionary<(string Code, int Status), string> All => Known;

    public static string Of(string code, int status) => Known.TryGetValue((code, status), out var mend) ? mend
        : status >= 500 ? "Try again later; the operator finds the cause in the server's log."
        : $"See {code} in docs/errors.md of the server.";
}
