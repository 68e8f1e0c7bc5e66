using Gapura.Storage;

namespace Gapura.Audit;

/// <summary>Keeper of the audit: it is written and read, never changed.</summary>
internal sealed class AuditLog(Database database)
{
    private const string Insert = """
        INSERT INTO audit (id, at, action, actor, account_id, client_id, device_id, grant_id, browser, system, network, country, details)
        VALUES (@Id, @At, @Action, @Actor, @AccountId, @ClientId, @DeviceId, @GrantId, @Browser, @System, @Network, @Country, @Details)
        """;

    /// <summary>Writes it down in the transaction that does it: what is undone is not told.</summary>
    public Task Note(SqlSession sql, AuditEntry entry) => sql.Send(Insert, AuditRow.From(entry));

    /// <summary>The same for what can happen once only.</summary>
    /// <returns>False when there is an entry with this id: nothing was written.</returns>
    public async Task<bool> TryNote(SqlSession sql, AuditEntry entry) => await sql.Execute($"{Insert} ON CONFLICT (id) DO NOTHING", AuditRow.From(entry)) == 1;

    /// <summary>One entry of an account.</summary>
    public async Task<AuditEntry?> Find(string id, string accountId, CancellationToken ct) => (await database.Read(sql => sql.Row<AuditRow>(
        $"SELECT {AuditRow.Columns} FROM audit WHERE id = @id AND account_id = @accountId", new { id, accountId }), ct))?.Entry();

    /// <summary>The last entries, newest first.</summary>
    /// <param name="accountId">Null for everybody's.</param>
    public async Task<IReadOnlyList<AuditEntry>> Last(string? accountId, int most, CancellationToken ct)
    {
        var rows = await database.Read(sql => sql.Rows<AuditRow>(
            $"SELECT {AuditRow.Columns} FROM audit {(accountId is null ? "" : "WHERE account_id = @accountId")} ORDER BY at DESC, id DESC LIMIT @most", new { accountId, most }), ct);
        return [.. rows.Select(r => r.Entry())];
    }

    /// <summary>The last sign-ins that were decided in an account's name, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> SignIns(string accountId, int most, CancellationToken ct)
    {
        var rows = await database.Read(sql => sql.Rows<AuditRow>(
            $"SELECT {AuditRow.Columns} FROM audit WHERE account_id = @accountId AND action IN ('{AuditAction.SignInApproved}', '{AuditAction.SignInDenied}') ORDER BY at DESC, id DESC LIMIT @most",
            new { accountId, most }), ct);
        return [.. rows.Select(r => r.Entry())];
    }

    /// <summary>When an account last signed in to each platform, by client id.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastSignIns(string accountId, CancellationToken ct)
    {
        var rows = await database.Read(sql => sql.Rows<AuditRow>(
            $"SELECT client_id AS ClientId, MAX(at) AS At FROM audit WHERE account_id = @accountId AND action = '{AuditAction.SignInApproved}' AND client_id IS NOT NULL GROUP BY client_id", new { accountId }), ct);
        return rows.ToDictionary(r => r.ClientId!, r => DateTimeOffset.FromUnixTimeMilliseconds(r.At), StringComparer.Ordinal);
    }

    /// <summary>What happened to an account, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> OfAccount(string accountId, string action, DateTimeOffset since, int most, CancellationToken ct)
    {
        var rows = await database.Read(sql => sql.Rows<AuditRow>(
            $"SELECT {AuditRow.Columns} FROM audit WHERE account_id = @accountId AND action = @action AND at >= @since ORDER BY at DESC, id DESC LIMIT @most",
            new { accountId, action, since = since.ToUnixTimeMilliseconds(), most }), ct);
        return [.. rows.Select(r => r.Entry())];
    }
}
