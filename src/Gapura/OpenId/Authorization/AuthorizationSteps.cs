using System.Globalization;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Authorization;

/// <summary>
/// Reads an authorization request in numbered steps, in the order of the specifications. Pure: parameters and the
/// register in, a request or a refusal out. Until the second step is passed nothing is sent anywhere.
/// </summary>
internal static class AuthorizationSteps
{
    private const int LongestText = 2_000;

    private static readonly string[] Known =
    [
        "client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce", "code_challenge", "code_challenge_method", "dpop_jkt", "prompt", "max_age",
        "acr_values", "claims", "login_hint", "id_token_hint", "ui_locales", "request", "request_uri", "registration",
    ];

    /// <param name="parameters">Values by name, as often as they came.</param>
    /// <param name="platforms">Null for one that may not sign people in.</param>
    /// <param name="keepsSecret">Whether a platform authenticates at the token endpoint.</param>
    /// <param name="idTokens">Reads an ID token of ours, expired or not; null for any other.</param>
    public static AuthorizationRead Read(Func<string, IReadOnlyList<string?>> parameters, Func<string, Platform?> platforms, Func<Platform, bool> keepsSecret, Func<string, IdTokenHint?> idTokens)
    {
        // 1. load_client, 2. check_redirect_uri
        if (Single("client_id") is not { } clientId || platforms(clientId) is not { } platform || clientId == PlatformRegister.OwnClientId) return new AuthorizationRead.Show(Refusals.InvalidClient);
        if (Single("redirect_uri") is not { } redirectUri || !RedirectUris.Allow(platform, redirectUri))
            return new AuthorizationRead.Show(Refusals.InvalidRequest.Because("redirect_uri is not one that is registered for this client."));
        var isDocumented = keepsSecret(platform) && Single("code_challenge") is null && !Words("scope").Contains(Scopes.OpenId);
        var target = new AnswerTarget(redirectUri, ReadMode(Single("response_mode")) ?? ResponseMode.Query, Single("state"), SaysIssuer: !isDocumented);

        // 3. reject_repeated_parameters (RFC 6749 section 3.1)
        if (Known.FirstOrDefault(name => parameters(name).Count > 1) is { } repeated) return No(Refusals.InvalidRequest.Because($"{repeated} appears twice."));
        if (Known.FirstOrDefault(name => Single(name)?.Length > LongestText) is { } tooLong) return No(Refusals.InvalidRequest.Because($"{tooLong} is longer than 2000 characters."));
        if (Known.FirstOrDefault(name => Single(name)?.Contains('\0', StringComparison.Ordinal) == true) is { } nul) return No(Refusals.InvalidRequest.Because($"{nul} holds a NUL, which no text has."));

        // 4. reject_unsupported: what was pushed or signed has been opened before this
        foreach (var (name, refusal) in ((string, Refusal)[])[("request", Refusals.RequestNotSupported), ("request_uri", Refusals.RequestUriNotSupported), ("registration", Refusals.RegistrationNotSupported)])
            if (Single(name) is not null) return No(refusal);

        // 5. check_response_type, 6. check_response_mode
        if (Single("response_type") is not { Length: > 0 } type) return No(Refusals.InvalidRequest.Because("response_type is missing."));
        if (type != "code") return No(Refusals.UnsupportedResponseType);
        if (ReadMode(Single("response_mode")) is null) return No(Refusals.InvalidRequest.Because("response_mode must be query, form_post or web_message."));

        // 7. check_code_challenge (RFC 7636): for whoever keeps no secret (RFC 9700 section 2.1.1), and under FAPI 2.0 for everybody
        var challenge = Single("code_challenge");
        if (challenge is not null || Single("code_challenge_method") is not null || !keepsSecret(platform) || platform.Client.RequirePushedRequests == true)
        {
            if (Single("code_challenge_method") is not "S256") return No(Refusals.InvalidRequest.Because("code_challenge_method must be S256."));
            if (!AuthorizationCode.IsHash(challenge)) return No(Refusals.InvalidRequest.Because("code_challenge must be base64url(SHA-256(code_verifier)), 43 characters."));
        }

        if (Single("dpop_jkt") is { } key && !AuthorizationCode.IsHash(key)) return No(Refusals.InvalidRequest.Because("dpop_jkt must be a JWK thumbprint, 43 characters."));

        // 8. check_scope: what gives the account away, an operator allows
        var scope = Scopes.Read(Single("scope"));
        if (scope.Contains(Scopes.KeysOp) && !Scopes.MayAskForKeys(platform.Client)) return No(Refusals.InvalidScope);

        // 9. check_prompt, 10. check_max_age, 11. check_claims
        if (ReadPrompt(Single("prompt")) is not { } prompt) return No(Refusals.InvalidRequest.Because("prompt must be none alone, or some of login, consent and select_account."));
        if (ReadMaxAge(Single("max_age")) is not { } maxAge) return No(Refusals.InvalidRequest.Because("max_age must be a number of seconds."));
        if (ClaimsRequest.Read(Single("claims")) is not { } claims) return No(Refusals.InvalidRequest.Because("claims must be a JSON object with userinfo or id_token."));

        // 12. check_acr: an essential one that we do not know cannot be met by anybody
        if (claims.IsAcrEssential && claims.AcrValues.Count > 0 && !claims.AcrValues.Any(Acr.All.Contains)) return No(Refusals.UnmetAuthenticationRequirements);

        // 13. check_id_token_hint: whoever it names, and nobody else (Core 1.0 section 3.1.2.2)
        var hint = Single("id_token_hint") is { Length: > 0 } shown ? idTokens(shown) : null;
        if (Single("id_token_hint") is { Length: > 0 } && hint?.ClientId != clientId) return No(Refusals.InvalidRequest.Because("id_token_hint is not an ID token that was given to this client."));
        if (hint is not null && claims.Subject is { } meant && meant != hint.Subject) return No(Refusals.InvalidRequest.Because("id_token_hint and claims name two people."));

        return new AuthorizationRead.Valid(new AuthorizationRequest
        {
            Platform = platform, Target = target, Scope = scope, Claims = claims, Nonce = Single("nonce"), CodeChallenge = challenge, DpopKey = Single("dpop_jkt"),
            Prompt = prompt, MaxAge = maxAge.Most, AcrValues = [.. Words("acr_values"), .. claims.AcrValues], Subject = hint?.Subject ?? claims.Subject, LoginHint = Single("login_hint"), UiLocales = Single("ui_locales"),
        });

        string? Single(string name) => parameters(name) is [var one] ? one : null;
        string[] Words(string name) => (Single(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        AuthorizationRead.Tell No(Refusal refusal) => new(target, refusal);
    }

    private static ResponseMode? ReadMode(string? text) => text switch
    {
        null or "query" => ResponseMode.Query,
        "form_post" => ResponseMode.FormPost,
        "web_message" => ResponseMode.WebMessage,
        _ => null,
    };

    private static Prompt? ReadPrompt(string? text)
    {
        var prompt = Prompt.AsNeeded;
        foreach (var word in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word switch { "none" => Prompt.None, "login" => Prompt.Login, "consent" => Prompt.Consent, "select_account" => Prompt.SelectAccount, _ => (Prompt?)null } is not { } one) return null;
            prompt |= one;
        }

        return prompt.HasFlag(Prompt.None) && prompt != Prompt.None ? null : prompt;
    }

    private static Age? ReadMaxAge(string? text) =>
        text is null ? new Age(null)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? new Age(TimeSpan.FromSeconds(seconds))
        : null;

    // "None asked for" and "not a number" are two things.
    private sealed record Age(TimeSpan? Most);
}
