using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>Keeper of revoked access tokens that belong to no grant (client credentials): by id, until they would have expired anyway.</summary>
internal sealed class RevokedTokens(Ceremonies ceremonies, TimeProvider time)
{
    private static readonly TimeSpan Longer = TimeSpan.FromMinutes(10);

    public Task Add(SqlSession sql, AccessToken token) => ceremonies.TryAdd(sql, new Ceremony
    {
        Key = Key(token.Id), Door = Door.OpenId, State = CeremonyState.Denied, Handle = token.Id, ClientId = token.ClientId, AccountId = "", MovedAt = time.GetUtcNow(),
        CollectUntil = token.ExpiresAt, KeepUntil = token.ExpiresAt + Longer,
    });

    public async Task<bool> Holds(string id, CancellationToken ct) => await ceremonies.Known(Key(id), ct) is not null;

    private static string Key(string id) => "revoked:" + id;
}
