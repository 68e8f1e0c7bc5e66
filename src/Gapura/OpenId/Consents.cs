using Gapura.Storage;

namespace Gapura.OpenId;

/// <summary>Keeper of consents: what a person lets a platform know, remembered until it is taken back.</summary>
internal sealed class Consents(Database database, TimeProvider time)
{
    /// <summary>Whether everything that is asked for was agreed to before.</summary>
    public async Task<bool> Cover(string accountId, string clientId, IReadOnlyList<string> scope, CancellationToken ct)
    {
        var given = await database.Read(sql => Given(sql, accountId, clientId), ct);
        return given is not null && scope.All(word => Scopes.Has(given, word));
    }

    /// <summary>Adds to what was agreed to.</summary>
    public async Task Give(SqlSession sql, string accountId, string clientId, IReadOnlyList<string> scope)
    {
        var all = string.Join(' ', Scopes.Read($"{await Given(sql, accountId, clientId)} {string.Join(' ', scope)}"));
        await sql.Execute("""
            INSERT INTO consents (account_id, client_id, scope, given_at) VALUES (@accountId, @clientId, @all, @now)
            ON CONFLICT (account_id, client_id) DO UPDATE SET scope = @all, given_at = @now
            """, new { accountId, clientId, all, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
    }

    private static Task<string?> Given(SqlSession sql, string accountId, string clientId) =>
        sql.Value<string>("SELECT scope FROM consents WHERE account_id = @accountId AND client_id = @clientId", new { accountId, clientId });
}
