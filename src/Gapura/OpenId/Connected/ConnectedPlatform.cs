using Gapura.OpenId.Authorization;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Connected;

/// <summary>A platform that a person agreed to, or is signed in to now.</summary>
/// <param name="Since">The oldest agreement or open sign-in there is.</param>
/// <param name="MayKnow">Scopes in our own order, and what a door hands over where they came by one: never empty.</param>
/// <param name="StaysConnected">It may come back for more without the person.</param>
internal sealed record ConnectedPlatform(string ClientId, DateTimeOffset Since, IReadOnlyList<string> MayKnow, bool StaysConnected)
{
    /// <summary>What a door tells about a person beyond that it is they.</summary>
    public const string UserName = "username";

    /// <summary>Brings what was agreed to and what is open together, by platform: whoever came last first.</summary>
    public static IReadOnlyList<ConnectedPlatform> From(IEnumerable<Consent> consents, IEnumerable<OpenGrant> open)
    {
        var agreed = consents.ToLookup(c => c.ClientId, StringComparer.Ordinal);
        var standing = open.ToLookup(g => g.ClientId, StringComparer.Ordinal);
        return
        [
            .. agreed.Select(c => c.Key).Union(standing.Select(g => g.Key), StringComparer.Ordinal)
                .Select(clientId => Of(clientId, [.. agreed[clientId]], [.. standing[clientId]]))
                .OrderByDescending(p => p.Since).ThenBy(p => p.ClientId, StringComparer.Ordinal),
        ];
    }

    private static ConnectedPlatform Of(string clientId, IReadOnlyList<Consent> agreed, IReadOnlyList<OpenGrant> open)
    {
        var scopes = agreed.Select(c => c.Scope).Concat(open.SelectMany(g => g.Scope.Split(' '))).ToHashSet(StringComparer.Ordinal);
        var stays = scopes.Remove(Scopes.OfflineAccess) || open.Any(g => g.IsRenewable);
        if (open.Any(g => g.Door != Door.OpenId) && !scopes.Contains(Scopes.Profile)) scopes.Add(UserName);
        if (open.Any(g => g.Door == Door.Seamless)) scopes.Add(Scopes.Npwp);
        var mayKnow = Scopes.InOrder(scopes);
        return new ConnectedPlatform(clientId, agreed.Select(c => c.GivenAt).Concat(open.Select(g => g.GrantedAt)).Min(), mayKnow.Count > 0 ? mayKnow : [Scopes.OpenId], stays);
    }
}
