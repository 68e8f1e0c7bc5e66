namespace Gapura.Platforms;

/// <summary>
/// Which names of parameters may be written down. A name is whatever somebody sends, a secret in the wrong place too: so
/// only names that are ours are kept, and one that is nearly ours, which says what the slip was.
/// </summary>
internal static class ParameterNames
{
    private const int MostListed = 24;

    private static readonly string[] Ours =
    [
        // The doors.
        "clientId", "nonce", "nonceMethod", "returnQrCode", "sessionId", "signature", "publicKey", "confirmation", "challenge", "decision", "device", "code", "verifier", "key", "token", "state", "ui_locales", "popup", "another",
        "username", "password", "accessToken", "display", "ack",

        // The hall.
        "client_id", "client_secret", "client_assertion", "client_assertion_type", "redirect_uri", "response_type", "response_mode", "scope", "code_challenge", "code_challenge_method", "code_verifier",
        "dpop_jkt", "prompt", "max_age", "acr_values", "claims", "login_hint", "id_token_hint", "login_hint_token", "request", "request_uri", "registration", "grant_type", "refresh_token", "device_code",
        "user_code", "auth_req_id", "subject_token", "subject_token_type", "requested_token_type", "actor_token", "actor_token_type", "audience", "resource", "token_type_hint", "access_token",
        "binding_message", "requested_expiry", "client_notification_token", "post_logout_redirect_uri", "logout_hint", "redirect_uris", "client_name", "image", "id", "origin",
    ];

    private static readonly HashSet<string> Known = [.. Ours];
    private static readonly Dictionary<string, string> Plain = Ours.GroupBy(Flat).ToDictionary(g => g.Key, g => g.First());

    /// <returns>Names separated by commas: <c>clientId, redirectUri (redirect_uri?), 2 others</c>.</returns>
    public static string Of(IEnumerable<string> came)
    {
        var all = came.Distinct(StringComparer.Ordinal).ToList();
        var shown = all.Select(Shown).OfType<string>().Take(MostListed).ToList();
        var others = all.Count - shown.Count;
        if (others > 0) shown.Add(others == 1 ? "1 other" : $"{others} others");
        return string.Join(", ", shown);
    }

    /// <summary>The parameter that a refusal's sentence begins with or names; null for none.</summary>
    public static string? In(string sentence) => sentence.Split([' ', '.', ',', ':', ';', '='], 40).FirstOrDefault(w => Known.Contains(w) && (w.Contains('_', StringComparison.Ordinal) || w.Any(char.IsUpper) || sentence.StartsWith(w, StringComparison.Ordinal)));

    // A slip is shown as it was made only when it spells the name but for capitals, dashes and underscores: nothing else fits into it.
    private static string? Shown(string name) =>
        Known.Contains(name) ? name
        : name.Length <= 60 && Plain.TryGetValue(Flat(name), out var meant) && name.Length <= meant.Length + 4 && name.All(c => char.IsAsciiLetter(c) || c is '_' or '-') ? $"{name} ({meant}?)"
        : null;

    private static string Flat(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
