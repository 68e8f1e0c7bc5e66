namespace Gapura.Platforms;

/// <summary>Why a registration cannot be taken.</summary>
/// <param name="Member">As the standard names it.</param>
/// <param name="Sentence">Without the member's name, with a full stop.</param>
internal sealed record SettingsFault(string Member, string Sentence);

/// <summary>
/// What a platform may register for OAuth 2.0 and OpenID Connect, whoever registers it: an operator or its own program
/// (RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section 2). Pure.
/// </summary>
internal static class ClientSettingsRules
{
    private const int MostAddresses = 32;

    /// <returns>The first thing that is wrong, or null.</returns>
    public static SettingsFault? Fault(Platform platform) =>
        CheckRedirectUris(platform.RedirectUris) ?? CheckWords(platform.Client) ?? CheckAddresses(platform.Client) ?? CheckKeys(platform.Client) ?? CheckSector(platform) ?? CheckBackChannel(platform.Client);

    private static SettingsFault? CheckRedirectUris(IReadOnlyList<string> uris) =>
        uris.Count > MostAddresses ? new("redirect_uris", $"holds more than {MostAddresses}.")
        : uris.All(Platform.IsRedirectUri) ? null : new("redirect_uris", "must be absolute and https (http only on this machine), without * or #.");

    private static SettingsFault? CheckWords(ClientSettings client) =>
        Known("token_endpoint_auth_method", client.AuthenticationMethod, ClientWords.AuthenticationMethods)
        ?? Known("id_token_signed_response_alg", client.IdTokenAlgorithm, ClientWords.IdTokenAlgorithms)
        ?? Known("subject_type", client.SubjectType, ClientWords.SubjectTypes)
        ?? Known("backchannel_token_delivery_mode", client.BackChannelDelivery, ClientWords.BackChannelDeliveries)
        ?? KnownEach("grant_types", client.GrantTypes, ClientWords.GrantTypes)
        ?? KnownEach("gapura_quirks", client.Quirks, ClientWords.Quirks)
        ?? (client.Scope is null || IsScope(client.Scope) ? null : new("scope", "must be words separated by single spaces (RFC 6749 section 3.3)."));

    private static SettingsFault? CheckAddresses(ClientSettings client)
    {
        foreach (var (member, uri) in new[]
        {
            ("jwks_uri", client.JwksUri), ("sector_identifier_uri", client.SectorIdentifierUri), ("backchannel_logout_uri", client.BackChannelLogoutUri), ("frontchannel_logout_uri", client.FrontChannelLogoutUri),
            ("backchannel_client_notification_endpoint", client.BackChannelNotificationEndpoint), ("client_uri", client.ClientUri), ("policy_uri", client.PolicyUri), ("tos_uri", client.TermsUri),
        })
        {
            if (uri is not null && !Platform.IsRedirectUri(uri)) return new(member, "must be an absolute https address without * or #.");
        }

        return client.PostLogoutRedirectUris is not { } after ? null
            : after.Count > MostAddresses ? new("post_logout_redirect_uris", $"holds more than {MostAddresses}.")
            : after.All(Platform.IsRedirectUri) ? null : new("post_logout_redirect_uris", "must be absolute and https (http only on this machine), without * or #.");
    }

    private static SettingsFault? CheckKeys(ClientSettings client)
    {
        if (client is { Jwks: not null, JwksUri: not null }) return new("jwks", "and jwks_uri exclude each other.");
        if (client.Jwks is { } jwks && PublicKeySet.Fault(jwks) is { } wrong) return new("jwks", wrong);
        var hasKeys = client.Jwks is not null || client.JwksUri is not null;
        if (client.AuthenticationMethod is "private_key_jwt" or "self_signed_tls_client_auth" && !hasKeys) return new("token_endpoint_auth_method", $"{client.AuthenticationMethod} needs jwks or jwks_uri.");
        if (client.AuthenticationMethod == "tls_client_auth" && string.IsNullOrWhiteSpace(client.CertificateSubject)) return new("token_endpoint_auth_method", "tls_client_auth needs tls_client_auth_subject_dn.");
        if (client.CertificateSubject is { } subject && (subject.Length > 500 || subject.Any(char.IsControl))) return new("tls_client_auth_subject_dn", "must be one line of at most 500 characters.");
        if (client.RequireSignedRequests == true && !hasKeys) return new("require_signed_request_object", "needs jwks or jwks_uri.");
        return client is { DpopBound: true, CertificateBound: true } ? new("dpop_bound_access_tokens", "and tls_client_certificate_bound_access_tokens exclude each other: a token is bound to one key.") : null;
    }

    // The host that names the sector must be one that all its members share, or one that lists them (Core 1.0 section 8.1).
    private static SettingsFault? CheckSector(Platform platform) =>
        platform.Client is not { SubjectType: ClientWords.Pairwise, SectorIdentifierUri: null } || platform.RedirectUris.Select(u => new Uri(u).Host).Distinct(StringComparer.OrdinalIgnoreCase).Count() <= 1
            ? null : new("sector_identifier_uri", "is needed: the redirect URIs are of more than one host.");

    private static SettingsFault? CheckBackChannel(ClientSettings client)
    {
        if (client.BackChannelDelivery is "ping" or "push" && client.BackChannelNotificationEndpoint is null) return new("backchannel_client_notification_endpoint", $"is needed for {client.BackChannelDelivery}.");
        return client.BackChannelDelivery is null || client.MayUse(ClientWords.Ciba) ? null : new("backchannel_token_delivery_mode", $"needs the grant type {ClientWords.Ciba}.");
    }

    private static SettingsFault? Known(string member, string? word, IReadOnlyList<string> words) =>
        word is null || words.Contains(word) ? null : new(member, $"must be one of {string.Join(", ", words)}.");

    private static SettingsFault? KnownEach(string member, IReadOnlyList<string>? given, IReadOnlyList<string> words) =>
        given is null || (given.Count <= words.Count && given.All(words.Contains)) ? null : new(member, $"may hold {string.Join(", ", words)}, each once.");

    private static bool IsScope(string text) => text.Length <= 1000 && text.Split(' ').All(word => word.Length > 0 && word.All(c => c is '!' or (>= '#' and <= '[') or (>= ']' and <= '~')));
}
