using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Registration;

/// <summary>
/// Whose names of people a platform that registered itself may learn (OpenID Connect Core 1.0 section 8.1). The sector is the
/// host that it names, and naming another's host costs nothing: what protects that host's names is that every answer goes to
/// an address there. Pure.
/// </summary>
internal static class SectorRules
{
    // What needs no redirect URI tells the name to whoever asks.
    private static readonly string[] AtTheAddress = [ClientWords.AuthorizationCode, ClientWords.RefreshToken, "client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"];

    /// <param name="before">As it is registered now; null for a new one.</param>
    /// <returns>Null for a registration that learns no more than its own sector's names.</returns>
    public static Refusal? Refuse(Platform after, Platform? before)
    {
        if (after.Client.SubjectType != ClientWords.Pairwise || (before is not null && !IsRenamed(after, before) && Elsewhere(after).All(before.Client.MayUse))) return null;
        if (after.RedirectUris.Count == 0) return No("needs a redirect URI: it says whose name is told.");
        if (Elsewhere(after).FirstOrDefault() is { } grantType) return No($"and {grantType} go together where an operator says so: its answers go to no redirect URI.");
        return before is { IsOAuthOnly: false } ? No("and another host than before go together where an operator says so: the two doors are open.") : null;
    }

    /// <summary>Whether it would call people by other names than until now, and by names that a sector shares: whatever it holds of the old must not tell it the new.</summary>
    public static bool IsRenamed(Platform after, Platform before) =>
        after.Client.SubjectType == ClientWords.Pairwise && (before.Client.SubjectType != ClientWords.Pairwise || Subjects.Sector(before) != Subjects.Sector(after));

    private static IEnumerable<string> Elsewhere(Platform platform) => (platform.Client.GrantTypes ?? []).Where(g => !AtTheAddress.Contains(g));

    private static Refusal No(string sentence) => Refusals.InvalidClientMetadata.Because($"subject_type pairwise {sentence}");
}
