using System.Globalization;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Registration;

/// <summary>
/// What a program may be registered as: the rules of <see cref="ClientSettingsRules"/>, and less than an operator may give.
/// Steps in the order of RFC 7591 section 2. Pure.
/// </summary>
internal static class RegistrationRules
{
    private const int LongestName = 100;

    // Those by which a platform acts without a person before it, or wakes people's phones, are the operator's to give.
    private static readonly string[] Open = [ClientWords.AuthorizationCode, ClientWords.RefreshToken, ClientWords.DeviceCode];

    /// <param name="given">What it has now: what an operator gave it, it may keep. Null for a new one.</param>
    /// <returns>The platform as it would be registered, in its company's name, or why not.</returns>
    public static (Platform? Platform, Refusal? Refusal) Platform(RegistrationRequest request, string clientId, string company, DateTimeOffset now, ClientSettings? given = null)
    {
        // 1. check_software_statement
        if (request.SoftwareStatement is { } statement) return (null, statement.Split('.').Length == 3 ? Refusals.UnapprovedSoftwareStatement : Refusals.InvalidSoftwareStatement);

        // 2. load_defaults
        var client = WithDefaults(request.Client, given?.Scope ?? "");

        // 3. check_redirect_uris
        var uris = (request.RedirectUris ?? []).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (uris.Count < (request.RedirectUris ?? []).Distinct(StringComparer.Ordinal).Count() || !uris.All(Platforms.Platform.IsRedirectUri)) return (null, Refusals.InvalidRedirectUri.Because("redirect_uris must be absolute and https (http only on the person's own machine), without * or #."));
        if (uris.Count == 0 && client.MayUse(ClientWords.AuthorizationCode)) return (null, Refusals.InvalidRedirectUri.Because("redirect_uris is missing."));

        // 4. check_flow
        if (request.ResponseTypes is { } types && !(types.Count == 0 && !client.MayUse(ClientWords.AuthorizationCode)) && types is not ["code"]) return Wrong("response_types", "must be [\"code\"].");
        if (client.GrantTypes!.FirstOrDefault(g => !Open.Contains(g) && given?.MayUse(g) != true) is { } closed) return Wrong("grant_types", ClientWords.GrantTypes.Contains(closed) ? $"may not hold {closed}: an operator gives it." : $"may hold {string.Join(", ", Open)}.");
        if (request.ApplicationType is not (null or "web" or "native")) return Wrong("application_type", "must be web or native.");

        // 5. check_name, load_domain: who the person is told it is
        if (Domain(uris, client) is not { } domain) return Wrong("client_uri", "is needed where there is no redirect URI: people are told where it lives.");
        var name = request.Name?.Trim() ?? domain.Host;
        if (name.Length is 0 or > LongestName || name.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)) return Wrong("client_name", $"must be one line of 1 to {LongestName} characters.");

        // 6. check_settings
        var platform = new Platform { ClientId = clientId, Name = name, Company = company, Domain = domain, RedirectUris = uris, IsOAuthOnly = true, Client = client, CreatedAt = now };
        return ClientSettingsRules.Fault(platform) is { } fault ? Wrong(fault.Member, fault.Sentence) : (platform, null);
    }

    private static ClientSettings WithDefaults(ClientSettings client, string givenScope) => client with
    {
        AuthenticationMethod = client.AuthenticationMethod ?? "client_secret_basic",
        GrantTypes = client.GrantTypes is { Count: > 0 } types ? types : [ClientWords.AuthorizationCode],
        IdTokenAlgorithm = client.SignedAnswers ?? "RS256",
        SubjectType = client.SubjectType ?? "public",

        // A scope that is not known is not given (section 3.2.1), nor the one that gives accounts away: what is registered is told in the answer.
        Scope = (client.Scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => (Scopes.All.Contains(w) && w != Scopes.KeysOp) || Scopes.Has(givenScope, w)).Distinct().ToList() is { Count: > 0 } known ? string.Join(' ', known) : null,
    };

    private static WebOrigin? Domain(IReadOnlyList<string> uris, ClientSettings client) =>
        Uri.TryCreate(uris.Count > 0 ? uris[0] : client.ClientUri, UriKind.Absolute, out var uri) && WebOrigin.TryParse(uri.GetLeftPart(UriPartial.Authority), out var origin) ? origin : null;

    private static (Platform?, Refusal?) Wrong(string member, string sentence) => (null, Refusals.InvalidClientMetadata.Because($"{member} {sentence}"));
}
