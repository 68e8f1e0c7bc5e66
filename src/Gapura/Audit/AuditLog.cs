using Gapura.Storage;

namespace Gapura.Audit;

/// <summary>Keeper of the audit: it is written and read, never changed.</summary>
internal sealed class AuditLog(Database database)
{
    private const string Columns = """
        id AS Id, at AS At, action AS Action, actor AS Actor, account_id AS AccountId, client_id AS ClientId, device_id AS DeviceId,
        grant_id AS GrantId, browser AS Browser, system AS System, network AS Network, country AS Country, details AS Details
        """;

    /// <summary>Writes it down in the transaction that does it: what is undone is not told.</summary>
    public Task Note(SqlSession sql, AuditEntry entry) => sql.Execute("""
        INSERT INTO audit (id, at, action, actor, account_id, client_id, device_id, grant_id, browser, system, network, country, details)
        VALUES (@Id, @At, @Action, @Actor, @AccountId, @ClientId, @DeviceId, @GrantId, @Browser, @System, @Network, @Country, @Details)
        """, Row.From(entry));

    /// <summary>What happened to an account, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> OfAccount(string accountId, string action, DateTimeOffset since, int most, CancellationToken ct)
    {
        var rows = await database.Read(sql => sql.Rows<Row>(
            $"SELECT {Columns} FROM audit WHERE account_id = @accountId AND action = @action AND at >= @since ORDER BY at DESC, id DESC LIMIT @most",
            new { accountId, action, since = since.ToUnixTimeMilliseconds(), most }), ct);
        return [.. rows.Select(r => r.Entry())];
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public long At { get; init; }

        public string Action { get; init; } = "";

        public string Actor { get; init; } = "";

        public string? AccountId { get; init; }

        public string? ClientId { get; init; }

        public string? DeviceId { get; init; }

        public string? GrantId { get; init; }

        public string? Browser { get; init; }

        public string? System { get; init; }

        public string? Network { get; init; }

        public string? Country { get; init; }

        public string? Details { get; init; }

        public static Row From(AuditEntry e) => new()
        {
            Id = e.Id, At = e.At.ToUnixTimeMilliseconds(), Action = e.Action, Actor = e.Actor, AccountId = e.AccountId, ClientId = e.ClientId,
            DeviceId = e.DeviceId, GrantId = e.GrantId, Browser = e.Browser, System = e.System, Network = e.Network, Country = e.Country, Details = e.Details,
        };

        public AuditEntry Entry() => new()
        {
            Id = Id, At = DateTimeOffset.FromUnixTimeMilliseconds(At), Action = Action, Actor = Actor, AccountId = AccountId, ClientId = ClientId,
            DeviceId = DeviceId, GrantId = GrantId, Browser = Browser, System = System, Network = Network, Country = Country, Details = Details,
        };
    }
}
