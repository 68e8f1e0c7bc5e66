namespace Gapura.Storage;

/// <summary>Keeper of ceremonies. A thing that happens once is spent in one statement, never read and then written.</summary>
internal sealed class Ceremonies(Database database, TimeProvider time) : IKeptFresh, ISwept
{
    private const string Columns = """
        key AS Key, door AS Door, state AS State, handle AS Handle, client_id AS ClientId, account_id AS AccountId,
        device_id AS DeviceId, grant_id AS GrantId, decided_at AS DecidedAt, collect_until AS CollectUntil, keep_until AS KeepUntil
        """;

    private readonly DecidedKeys _decided = new();
    private DateTimeOffset? _lookedAt;

    /// <summary>Whether anything was ever decided under this key. Answered from memory: most keys were never heard of.</summary>
    public bool MayHold(string key) => _decided.Contains(key);

    /// <returns>False when the key has been used before: nothing was written.</returns>
    public async Task<bool> TryAdd(SqlSession sql, Ceremony ceremony)
    {
        var added = await sql.Execute("""
            INSERT INTO ceremonies (key, door, state, handle, client_id, account_id, device_id, grant_id, decided_at, collect_until, keep_until)
            VALUES (@Key, @Door, @State, @Handle, @ClientId, @AccountId, @DeviceId, @GrantId, @DecidedAt, @CollectUntil, @KeepUntil)
            ON CONFLICT (key) DO NOTHING
            """, Row.From(ceremony));
        if (added == 1) sql.AfterCommit(() => _decided.Add(ceremony.Key, ceremony.KeepUntil));
        return added == 1;
    }

    /// <summary>Hands an approved ceremony to its one collector.</summary>
    /// <returns>Null when there is none, it was collected before, or its time is over.</returns>
    public async Task<Ceremony?> Take(SqlSession sql, string key)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var row = await sql.Row<Row>($"""
            UPDATE ceremonies SET state = 'Collected', collected_at = @now
            WHERE key = @key AND state = 'Approved' AND collect_until > @now
            RETURNING {Columns}
            """, new { key, now });
        return row?.Ceremony();
    }

    public async Task<Ceremony?> Find(string key, CancellationToken ct)
    {
        var row = await database.Read(sql => sql.Row<Row>($"SELECT {Columns} FROM ceremonies WHERE key = @key", new { key }), ct);
        return row?.Ceremony();
    }

    /// <summary>Learns what was decided before this process began and, where there are other nodes, what they decide.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        if (_lookedAt is not null && !database.IsShared) return;
        var now = time.GetUtcNow();
        // From ten seconds before the last look that succeeded: a transaction may commit a little after the instant it
        // carries, and a node that was cut off for a while must still hear of what the others decided meanwhile.
        var since = _lookedAt?.AddSeconds(-10).ToUnixTimeMilliseconds() ?? 0;
        var rows = await database.Read(sql => sql.Rows<Row>("SELECT key AS Key, keep_until AS KeepUntil FROM ceremonies WHERE decided_at >= @since", new { since }), ct);
        foreach (var row in rows) _decided.Add(row.Key, DateTimeOffset.FromUnixTimeMilliseconds(row.KeepUntil));
        _lookedAt = now;
    }

    public async Task Sweep(DateTimeOffset now, CancellationToken ct)
    {
        await database.Write(sql => sql.Execute("DELETE FROM ceremonies WHERE keep_until < @now", new { now = now.ToUnixTimeMilliseconds() }), ct);
        _decided.Forget(now);
    }

    private sealed class Row
    {
        public string Key { get; init; } = "";

        public string Door { get; init; } = "";

        public string State { get; init; } = "";

        public string Handle { get; init; } = "";

        public string ClientId { get; init; } = "";

        public string AccountId { get; init; } = "";

        public string? DeviceId { get; init; }

        public string GrantId { get; init; } = "";

        public long DecidedAt { get; init; }

        public long CollectUntil { get; init; }

        public long KeepUntil { get; init; }

        public static Row From(Ceremony c) => new()
        {
            Key = c.Key, Door = c.Door.ToString(), State = c.State.ToString(), Handle = c.Handle, ClientId = c.ClientId,
            AccountId = c.AccountId, DeviceId = c.DeviceId, GrantId = c.GrantId,
            DecidedAt = c.DecidedAt.ToUnixTimeMilliseconds(), CollectUntil = c.CollectUntil.ToUnixTimeMilliseconds(), KeepUntil = c.KeepUntil.ToUnixTimeMilliseconds(),
        };

        public Ceremony Ceremony() => new()
        {
            Key = Key, Door = Enum.Parse<Door>(Door), State = Enum.Parse<CeremonyState>(State), Handle = Handle, ClientId = ClientId,
            AccountId = AccountId, DeviceId = DeviceId, GrantId = GrantId,
            DecidedAt = DateTimeOffset.FromUnixTimeMilliseconds(DecidedAt),
            CollectUntil = DateTimeOffset.FromUnixTimeMilliseconds(CollectUntil),
            KeepUntil = DateTimeOffset.FromUnixTimeMilliseconds(KeepUntil),
        };
    }
}
