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
            await sql.Send("""
                INSERT INTO consents (account_id, client_id, scope, given_at) VALUES (@accountId, @clientId, @word, @now)
                ON CONFLICT (account_id, client_id, scope) DO NOTHING
                """, new { accountId, clientId, word, now });
    }

    /// <summary>What an account lets platforms know, and since when.</summary>
    /// <param name="clientId">Null for all of them.</param>
    public async Task<IReadOnlyList<Consent>> Of(string accountId, string? clientId, CancellationToken ct) => [.. (await database.Read(sql => sql.Rows<Row>(
        $"SELECT client_id AS ClientId, scope AS Scope, given_at AS GivenAt FROM consents WHERE account_id = @accountId {(clientId is null ? "" : "AND client_id = @clientId")} ORDER BY client_id, scope",
        new { accountId, clientId }), ct)).Select(r => new Consent(r.ClientId, r.Scope, DateTimeOffset.FromUnixTimeMilliseconds(r.GivenAt)))];

    /// <summary>Forgets all of it at one platform.</summary>
    /// <returns>The scopes that had been agreed to; null when nothing had.</returns>
    public async Task<IReadOnlyList<string>?> TakeBack(SqlSession sql, string accountId, string clientId)
    {
        var taken = await sql.Rows<string>("DELETE FROM consents WHERE account_id = @accountId AND client_id = @clientId RETURNING scope", new { accountId, clientId });
        return taken.Count > 0 ? Scopes.InOrder(taken) : null;
    }

    // Whoever asks for nothing still asks who it is.
    private static IEnumerable<string> Words(IReadOnlyList<string> scope) => scope.DefaultIfEmpty("");

    private sealed class Row
    {
        public string ClientId { get; init; } = "";

        public string Scope { get; init; } = "";

        public long GivenAt { get; init; }
    }
}

/// <summary>One thing a person lets a platform know.</summary>
/// <param name="Scope">One word; empty for no more than that it is they.</param>
internal sealed record Consent(string ClientId, string Scope, DateTimeOffset GivenAt);
