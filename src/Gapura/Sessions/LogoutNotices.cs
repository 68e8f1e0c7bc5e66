using Gapura.Storage;

namespace Gapura.Sessions;

/// <summary>A platform that has still to hear that a session is over.</summary>
/// <param name="Tries">How often it was picked up, this time included.</param>
internal sealed record LogoutNotice(string ClientId, string SessionId, string AccountId, DateTimeOffset EndedAt, int Tries);

/// <summary>
/// Keeper of what platforms have still to hear: a row for each platform and session, written in the transaction that ends
/// the session, gone once the platform was told. A row that is picked up belongs to one node for a while; when that node
/// dies, to the next.
/// </summary>
internal sealed class LogoutNotices(Database database, TimeProvider time) : IDisposable
{
    private const string Columns = "client_id AS ClientId, session_id AS SessionId, account_id AS AccountId, ended_at AS EndedAt, tries AS Tries";
    private readonly SemaphoreSlim _woken = new(0);

    /// <summary>For every platform that knows this session and wants to be told.</summary>
    public Task Add(SqlSession sql, string sessionId) => Add(sql, "g.session_id = @id", sessionId);

    /// <summary>For every session of an account that a standing grant names, those long expired here too.</summary>
    public Task AddOfAccount(SqlSession sql, string accountId) => Add(sql, "g.account_id = @id AND g.session_id IS NOT NULL AND g.revoked_at IS NULL", accountId);

    /// <summary>For every session of anybody that a standing grant names.</summary>
    public Task AddOfAll(SqlSession sql) => Add(sql, "g.session_id IS NOT NULL AND g.revoked_at IS NULL", "");

    /// <summary>Returns as soon as this node has written a notice, or after a while: another may have.</summary>
    public Task Woken(TimeSpan most, CancellationToken ct) => _woken.WaitAsync(most, ct);

    /// <summary>Picks up what is due, in one statement: of several nodes one has each.</summary>
    /// <param name="lease">How long nobody else touches it.</param>
    public async Task<IReadOnlyList<LogoutNotice>> Claim(int most, TimeSpan lease, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (await database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM logout_notices WHERE due_at <= @now", new { now }), ct) == 0) return [];
        var rows = await database.Write(sql => sql.Rows<Row>($"""
            UPDATE logout_notices SET due_at = @until, tries = tries + 1
            WHERE due_at <= @now AND (client_id, session_id) IN (SELECT client_id, session_id FROM logout_notices WHERE due_at <= @now ORDER BY due_at LIMIT @most)
            RETURNING {Columns}
            """, new { now, most, until = now + (long)lease.TotalMilliseconds }), ct);
        return [.. rows.Select(r => r.Notice())];
    }

    /// <summary>The platform was told, or never will be.</summary>
    public Task Done(LogoutNotice notice, CancellationToken ct) => database.Write(
        sql => sql.Execute("DELETE FROM logout_notices WHERE client_id = @ClientId AND session_id = @SessionId", notice), ct);

    /// <summary>The platform did not hear: this and everything else for it waits, so that a dead one costs one try and not one for each person.</summary>
    public Task Later(LogoutNotice notice, TimeSpan wait, CancellationToken ct) => database.Write(
        async sql =>
        {
            var at = (time.GetUtcNow() + wait).ToUnixTimeMilliseconds();
            await sql.Execute("UPDATE logout_notices SET due_at = @at WHERE client_id = @ClientId AND session_id = @SessionId AND tries = @Tries", new { at, notice.ClientId, notice.SessionId, notice.Tries });
            await sql.Execute("UPDATE logout_notices SET due_at = @at WHERE client_id = @ClientId AND due_at < @at", new { at, notice.ClientId });
        }, ct);

    public void Dispose() => _woken.Dispose();

    // The settings are JSON that we write ourselves: a name stands in it between quotes or not at all. Whoever sends looks again.
    private async Task Add(SqlSession sql, string which, string id)
    {
        var added = await sql.Execute($"""
            INSERT INTO logout_notices (client_id, session_id, account_id, ended_at, due_at)
            SELECT DISTINCT g.client_id, g.session_id, g.account_id, @now, @now FROM grants g JOIN platforms p ON p.client_id = g.client_id
            WHERE {which} AND ' ' || g.scope || ' ' LIKE '% openid %' AND p.client LIKE '%"backchannel_logout_uri"%'
            ON CONFLICT (client_id, session_id) DO NOTHING
            """, new { id, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        if (added > 0) sql.AfterCommit(() => _woken.Release());
    }

    private sealed class Row
    {
        public string ClientId { get; init; } = "";

        public string SessionId { get; init; } = "";

        public string AccountId { get; init; } = "";

        public long EndedAt { get; init; }

        public long Tries { get; init; }

        public LogoutNotice Notice() => new(ClientId, SessionId, AccountId, DateTimeOffset.FromUnixTimeMilliseconds(EndedAt), (int)Tries);
    }
}
