using Gapura.Audit;
using Gapura.Kernel;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Devices;

/// <summary>Keeper of devices.</summary>
internal sealed class DeviceRegister(Database database, Grants grants, AuditLog audit, DeviceNotices notices, TimeProvider time)
{
    private const string Select = """
        SELECT d.id AS Id, d.account_id AS AccountId, d.public_key AS PublicKey, d.name AS Name, d.enrolled_at AS EnrolledAt,
               d.last_used_at AS LastUsedAt, d.revoked_at AS RevokedAt, a.test AS Test
        FROM devices d JOIN accounts a ON a.id = d.account_id
        """;

    private const string Using = """
        UPDATE devices SET last_used_at = @now
        WHERE id = @id AND revoked_at IS NULL AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = devices.account_id AND a.disabled_at IS NULL)
        """;

    /// <summary>The device that may sign in with this key: enrolled, not revoked, its account not disabled.</summary>
    /// <returns>Null for an unknown, a revoked and a disabled account's key alike.</returns>
    public async Task<Device?> Active(string publicKey, CancellationToken ct) => (await database.Read(sql => sql.Row<Row>(
        $"{Select} WHERE d.public_key = @publicKey AND d.revoked_at IS NULL AND a.disabled_at IS NULL", new { publicKey }), ct))?.Device();

    public async Task<IReadOnlyList<Device>> Of(string accountId, CancellationToken ct) =>
        [.. (await database.Read(sql => sql.Rows<Row>($"{Select} WHERE d.account_id = @accountId ORDER BY d.enrolled_at", new { accountId }), ct)).Select(r => r.Device())];

    public async Task<IReadOnlyList<Device>> List(CancellationToken ct) =>
        [.. (await database.Read(sql => sql.Rows<Row>($"{Select} ORDER BY d.account_id, d.enrolled_at"), ct)).Select(r => r.Device())];

    /// <summary>Enrols it, writes that down, and tells the owner's other phones.</summary>
    /// <returns>False when the key was ever enrolled before, for anybody.</returns>
    public Task<bool> TryEnrol(Device device, Hand by, CancellationToken ct) => database.Write(async sql =>
    {
        var enrolled = await sql.Execute("""
            INSERT INTO devices (id, account_id, public_key, name, enrolled_at) VALUES (@Id, @AccountId, @PublicKey, @Name, @enrolledAt)
            ON CONFLICT (public_key) DO NOTHING
            """, new { device.Id, device.AccountId, device.PublicKey, device.Name, enrolledAt = device.EnrolledAt.ToUnixTimeMilliseconds() }) == 1;
        if (!enrolled) return false;
        await Note(sql, AuditAction.DeviceEnrolled, device.Id, device.AccountId, by);
        sql.AfterCommit(() => notices.Tell(device.AccountId, device.Id));
        return true;
    }, ct);

    /// <returns>Null when its owner has no such device, or revoked it.</returns>
    public Task<Device?> Rename(string id, string accountId, string name, Hand by, CancellationToken ct) => database.Write(async sql =>
    {
        var row = await sql.Row<Row>($"""
            UPDATE devices SET name = @name WHERE id = @id AND account_id = @accountId AND revoked_at IS NULL
            RETURNING id AS Id, account_id AS AccountId, public_key AS PublicKey, name AS Name, enrolled_at AS EnrolledAt, last_used_at AS LastUsedAt, revoked_at AS RevokedAt
            """, new { id, accountId, name });
        if (row is not null) await Note(sql, AuditAction.DeviceRenamed, id, accountId, by);
        return row?.Device();
    }, ct);

    /// <summary>Revokes the device and every grant it approved.</summary>
    /// <param name="accountId">Its owner, who may revoke no other's; null for an operator.</param>
    /// <returns>False when there is no such device or it was revoked before.</returns>
    public Task<bool> Revoke(string id, string? accountId, Hand by, CancellationToken ct) => database.Write(async sql =>
    {
        var owner = await sql.Value<string>("""
            UPDATE devices SET revoked_at = @now, push_endpoint = NULL
            WHERE id = @id AND revoked_at IS NULL AND account_id = COALESCE(@accountId, account_id) RETURNING account_id
            """, new { id, accountId, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        if (owner is null) return false;
        await grants.RevokeOfDevice(sql, id);
        await Note(sql, AuditAction.DeviceRevoked, id, owner, by);
        return true;
    }, ct);

    /// <summary>Notes the use, if the device may still sign in: the last word on that, inside the transaction it decides.</summary>
    /// <returns>False when it was revoked or its account disabled a moment ago.</returns>
    public async Task<bool> TryUse(SqlSession sql, string id) => await sql.Execute(Using, new { id, now = time.GetUtcNow().ToUnixTimeMilliseconds() }) == 1;

    /// <summary>The same for work that rests on it.</summary>
    /// <exception cref="OvertakenException">It may not, with <see cref="Refusals.UnknownKey"/>: from here or from whatever follows in the work.</exception>
    public Task Use(SqlSession sql, string id) =>
        sql.Require(Using, new { id, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, () => new OvertakenException(Refusals.UnknownKey));

    private Task Note(SqlSession sql, string action, string id, string accountId, Hand by) => audit.Note(sql, new AuditEntry
    {
        Id = PublicId.New(time), At = time.GetUtcNow(), Action = action, Actor = by.Actor, AccountId = accountId, ClientId = by.ClientId, DeviceId = id,
        Browser = by.From.Browser, System = by.From.System, Network = by.From.Network, Country = by.From.Country,
    });

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string AccountId { get; init; } = "";

        public string PublicKey { get; init; } = "";

        public string Name { get; init; } = "";

        public long EnrolledAt { get; init; }

        public long? LastUsedAt { get; init; }

        public long? RevokedAt { get; init; }

        public long Test { get; init; }

        public Device Device() => new()
        {
            Id = Id, AccountId = AccountId, IsTest = Test != 0, PublicKey = PublicKey, Name = Name, EnrolledAt = DateTimeOffset.FromUnixTimeMilliseconds(EnrolledAt),
            LastUsedAt = LastUsedAt is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null,
            RevokedAt = RevokedAt is { } revoked ? DateTimeOffset.FromUnixTimeMilliseconds(revoked) : null,
        };
    }
}
