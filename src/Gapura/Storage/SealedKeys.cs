using System.Security.Cryptography;

namespace Gapura.Storage;

/// <summary>Keeper of one purpose's rotating keys: sealed in the database, the same on every node.</summary>
/// <param name="purpose">Part of the primary key and of the seal.</param>
/// <param name="make">Makes the material of a new key.</param>
internal sealed class SealedKeys(Database database, MasterKey master, TimeProvider time, string purpose, Rotation rotation, Func<byte[]> make)
{
    /// <summary>In the order they were made.</summary>
    /// <exception cref="DatabaseUnavailableException">The master key is not the one these keys were sealed with.</exception>
    public async Task<IReadOnlyList<SealedKey>> Load(CancellationToken ct)
    {
        var rows = await database.Read(sql => sql.Rows<Row>(
            "SELECT number AS Number, created_at AS CreatedAt, used_from AS UsedFrom, sealed AS Sealed FROM sealed_keys WHERE purpose = @purpose ORDER BY number",
            new { purpose }), ct);
        return [.. rows.Select(Open)];
    }

    /// <summary>Adds the next key when it is due. Of several nodes that find so at once, one adds it.</summary>
    public async Task RotateWhenDue(CancellationToken ct)
    {
        var keys = await Load(ct);
        if (rotation.NextUse(keys, time.GetUtcNow()) is { } use) await TryAdd(keys, use, ct);
        await Forget(ct);
    }

    /// <summary>Adds the next key before it is due.</summary>
    /// <returns>Its number.</returns>
    public async Task<long> Rotate(DateTimeOffset usedFrom, CancellationToken ct)
    {
        // When another node takes the number first, that key is not the one that was asked for.
        while (true)
        {
            if (await TryAdd(await Load(ct), usedFrom, ct) is { } number) return number;
        }
    }

    private async Task<long?> TryAdd(IReadOnlyList<SealedKey> keys, DateTimeOffset usedFrom, CancellationToken ct)
    {
        var number = keys.Count == 0 ? 1 : keys[^1].Number + 1;
        var box = master.Seal(make(), Purpose(number));
        return await database.Write(async sql =>
        {
            var added = await sql.Execute(
                "INSERT INTO sealed_keys (purpose, number, created_at, used_from, sealed) VALUES (@purpose, @number, @now, @from, @box) ON CONFLICT (purpose, number) DO NOTHING",
                new { purpose, number, now = time.GetUtcNow().ToUnixTimeMilliseconds(), from = usedFrom.ToUnixTimeMilliseconds(), box });
            await Revisions.Raise(sql, Topic.Keys);
            return added == 1 ? number : (long?)null;
        }, ct);
    }

    // A key goes once nothing it made can be shown any more, and a day later still: clocks differ.
    private async Task Forget(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var keys = await Load(ct);
        var kept = rotation.Accepted(keys, now - TimeSpan.FromDays(1)).Select(k => k.Number).ToHashSet();
        foreach (var number in keys.Select(k => k.Number).Where(n => !kept.Contains(n)))
            await database.Write(sql => sql.Execute("DELETE FROM sealed_keys WHERE purpose = @purpose AND number = @number", new { purpose, number }), ct);
    }

    private SealedKey Open(Row row)
    {
        try
        {
            return new SealedKey(
                row.Number,
                DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
                DateTimeOffset.FromUnixTimeMilliseconds(row.UsedFrom),
                master.Open(row.Sealed, Purpose(row.Number)));
        }
        catch (CryptographicException e)
        {
            throw new DatabaseUnavailableException($"The {purpose} key {row.Number} in the database was sealed under another master key. Restore master.key (or the setting MasterKey) from the backup that belongs to this database.", e);
        }
    }

    private string Purpose(long number) => $"{purpose}:{number}";

    private sealed class Row
    {
        public long Number { get; init; }

        public long CreatedAt { get; init; }

        public long UsedFrom { get; init; }

        public byte[] Sealed { get; init; } = [];
    }
}
