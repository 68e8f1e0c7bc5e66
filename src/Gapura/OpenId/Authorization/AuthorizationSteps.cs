using System.Globalization;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Authorization;

/// <summary>
/// Reads an authorization request in numbered steps, in the order of the specifications. Pure: parameters and the
/// register in, a request or a refusal out. Until the second step is passed nothing is sent anywhere.
/// </summary>
internal static class AuthorizationSteps
{
    private const int LongestText = 2_000;

    /// <param name="parameters">Values by name, as often as they came.</param>
    public static AuthorizationRead Read(Func<string, IReadOnlyList<string?>> parameters, Func<string, Platform?> platforms, Func<Platform, bool>? keepsSecret = null)
    {
        // 1. load_client, 2. check_redirect_uri
        if (Single("client_id") is not { } clientId || platforms(clientId) is not { } platform || clientId == PlatformRegister.OwnClientId) return new AuthorizationRead.Show(Refusals.InvalidClient);
        if (Single("redirect_uri") is not { } redirectUri || !RedirectUris.Allow(platform, redirectUri))
            return new AuthorizationRead.Show(Refusals.InvalidRequest.Because("redirect_uri is not one that is registered for this client."));
        var state = Single("state");

        // 3. reject_repeated_parameters (RFC 6749 section 3.1)
        if (Known.FirstOrDefault(name => parameters(name).Count > 1) is { } repeated) return No(Refusals.InvalidRequest.Because($"{repeated} appears twice."));
        if (Known.FirstOrDefault(name => Single(name)?.Length > LongestText) is { } tooLong) return No(Refusals.InvalidRequest.Because($"{tooLong} is longer than 2000 characters."));

        // 4. reject_unsupported
        foreach (var (name, refusal) in ((string, Refusal)[])[("request", Refusals.RequestNotSupported), ("request_uri", Refusals.RequestUriNotSupported), ("registration", Refusals.RegistrationNotSupported)])
            if (Single(name) is not null) return No(refusal);

        // 5. check_response_type, 6. check_response_mode
        if (Single("response_type") is not { Length: > 0 } type) return No(Refusals.InvalidRequest.Because("response_type is missing."));
        if (type != "code") return No(Refusals.UnsupportedResponseType);
        if (Single("response_mode") is not (null or "query")) return No(Refusals.InvalidRequest.Because("response_mode must be query."));

        // 7. check_code_challenge (RFC 7636): required for public clients (RFC 9700 section 2.1.1); a confidential client may leave both out
        var challenge = Single("code_challenge");
        if (challenge is not null || Single("code_challenge_method") is not null || keepsSecret?.Invoke(platform) != true)
        {
            if (Single("code_challenge_method") is not "S256") return No(Refusals.InvalidRequest.Because("code_challenge_method must be S256."));
            if (challenge is not { Length: 43 } || !challenge.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                return No(Refusals.InvalidRequest.Because("code_challenge must be base64url(SHA-256(code_verifier)), 43 characters."));
        }

        // 8. check_prompt, 9. check_max_age
        if (ReadPrompt(Single("prompt")) is not { } prompt) return No(Refusals.InvalidRequest.Because("prompt must be none alone, or some of login, consent and select_account."));
        if (ReadMaxAge(Single("max_age")) is not { } maxAge) return No(Refusals.InvalidRequest.Because("max_age must be a number of seconds."));

        return new AuthorizationRead.Valid(new AuthorizationRequest
        {
            Platform = platform, RedirectUri = redirectUri, State = state, Scope = Scopes.Read(Single("scope")), Nonce = Single("nonce"), CodeChallenge = challenge,
            Prompt = prompt, MaxAge = maxAge.Most, LoginHint = Single("login_hint"),
        });

        string? Single(string name) => parameters(name) is [var one] ? one : null;
        AuthorizationRead.Tell No(Refusal refusal) => new(redirectUri, state, refusal);
    }

    private static readonly string[] Known =
    [
        "client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce", "code_challenge", "code_challenge_method", "prompt", "max_age",
        "login_hint", "ui_locales", "request", "request_uri", "registration",
    ];

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
