using Gapura.Storage;

namespace Gapura.OpenId.Authorization;

/// <summary>Keeper of consents: what a person lets a platform know, remembered until it is taken back. A row a scope, so that two at once lose nothing.</summary>
internal sealed class Consents(Database database, TimeProvider time)
{
    /// <summary>Whether everything that is asked for was agreed to before.</summary>
    public async Task<bool> Cover(string accountId, string clientId, IReadOnlyList<string> scope, CancellationToken ct)
    {
        var given = await database.Read(sql => sql.Rows<string>("SELECT scope FROM consents WHERE account_id = @accountId AND client_id = @clientId", new { accountId, clientId }), ct);
        return Words(scope).All(given.Contains);
    }

    /// <summary>Adds to what was agreed to.</summary>
    public async Task Give(SqlSession sql, string accountId, string clientId, IReadOnlyList<string> scope)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var word in Words(scope))
            await sql.Execute("""
                INSERT INTO consents (account_id, client_id, scope, given_at) VALUES (@accountId, @clientId, @word, @now)
                ON CONFLICT (account_id, client_id, scope) DO NOTHING
                """, new { accountId, clientId, word, now });
    }

    // Whoever asks for nothing still asks who it is.
    private static IEnumerable<string> Words(IReadOnlyList<string> scope) => scope.DefaultIfEmpty("");
}
