using Gapura.Storage;

namespace Gapura.Audit;

/// <summary>What came of a look at the whole chain.</summary>
/// <param name="Unsealed">Entries too young to be sealed.</param>
/// <param name="Last">The newest seal: kept elsewhere, it bears witness that nothing was cut off. Null before the first.</param>
/// <param name="Broken">The first seal that does not hold; null when all do.</param>
internal sealed record AuditVerdict(long Seals, long Entries, long Unsealed, KeptSeal? Last, BrokenSeal? Broken);

/// <param name="Hash">64 lower-case hex digits.</param>
internal sealed record KeptSeal(long Number, string Hash)
{
    /// <summary><c>17:9f86…</c></summary>
    public override string ToString() => $"{Number}:{Hash}";

    public static KeptSeal? Parse(string text) =>
        text.Split(':') is [var number, { Length: 64 } hash] && hash.All(char.IsAsciiHexDigit)
        && long.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? new KeptSeal(n, hash.ToLowerInvariant()) : null;
}

/// <param name="Why">One sentence.</param>
internal sealed record BrokenSeal(long Number, string Why);

/// <summary>Keeper of the chain of seals over the audit: what was written down cannot be changed any more without a trace.</summary>
internal sealed class AuditSeals(Database database, MasterKey master, TimeProvider time)
{
    public const int MostOfASeal = 1000;

    /// <summary>A transaction commits a little after the instant it carries; what comes later still goes into a later seal.</summary>
    public static readonly TimeSpan Ripe = TimeSpan.FromSeconds(2);

    private const int SealsAtATime = 20;
    private readonly byte[] _key = master.Derive("audit seals");

    /// <summary>Seals what is ripe, at most a thousand entries.</summary>
    /// <returns>How many entries were sealed: 0 when none was ripe, or another node is at it.</returns>
    public async Task<int> SealNext(CancellationToken ct)
    {
        var (now, ripe) = (time.GetUtcNow().ToUnixTimeMilliseconds(), (time.GetUtcNow() - Ripe).ToUnixTimeMilliseconds());
        if (await database.Read(sql => sql.Value<string>("SELECT id FROM audit WHERE seal IS NULL AND at <= @ripe LIMIT 1", new { ripe }), ct) is null) return 0;
        return await database.Write(async sql =>
        {
            var last = await sql.Row<Row>("SELECT number AS Number, hash AS Hash FROM audit_seals ORDER BY number DESC LIMIT 1");
            var number = (last?.Number ?? 0) + 1;

            // Whoever has the number has the chain until the commit: another node waits here, and finds it taken.
            var taken = await sql.Execute(
                "INSERT INTO audit_seals (number, sealed_at, rows_sealed, hash) VALUES (@number, @now, 0, @none) ON CONFLICT (number) DO NOTHING", new { number, now, none = Array.Empty<byte>() });
            if (taken == 0) return 0;
            var rows = await sql.Rows<AuditRow>($"""
                UPDATE audit SET seal = @number
                WHERE seal IS NULL AND id IN (SELECT id FROM audit WHERE seal IS NULL AND at <= @ripe ORDER BY at, id LIMIT {MostOfASeal})
                RETURNING {AuditRow.Columns}
                """, new { number, ripe });
            if (rows.Count == 0) await sql.Execute("DELETE FROM audit_seals WHERE number = @number", new { number });
            else await sql.Execute("UPDATE audit_seals SET rows_sealed = @count, hash = @hash WHERE number = @number",
                new { number, count = (long)rows.Count, hash = AuditSeal.Hash(_key, last?.Hash ?? AuditSeal.Beginning, number, now, rows) });
            return rows.Count;
        }, ct);
    }

    /// <summary>Computes the whole chain again.</summary>
    /// <param name="kept">A seal noted earlier and kept elsewhere: it must still be there, and the same.</param>
    public async Task<AuditVerdict> Verify(KeptSeal? kept, CancellationToken ct)
    {
        var (seals, entries, before) = (0L, 0L, AuditSeal.Beginning);
        KeptSeal? last = null;
        BrokenSeal? broken = null;
        while (broken is null && await Next(last?.Number ?? 0, ct) is { Count: > 0 } links)
        {
            foreach (var (seal, rows) in links)
            {
                broken = Fault(seal, rows, expected: seals + 1, before, kept);
                if (broken is not null) break;
                (seals, entries, before, last) = (seals + 1, entries + rows.Count, seal.Hash, new KeptSeal(seal.Number, Convert.ToHexStringLower(seal.Hash)));
            }
        }

        broken ??= await Orphan(ct) ?? (kept is not null && kept.Number > seals ? new BrokenSeal(kept.Number, "The seal that was kept is missing: the newest seals were cut off.") : null);
        var unsealed = await database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM audit WHERE seal IS NULL"), ct);
        return new AuditVerdict(seals, entries, unsealed, last, broken);
    }

    private BrokenSeal? Fault(Row seal, List<AuditRow> rows, long expected, byte[] before, KeptSeal? kept) =>
        seal.Number != expected ? new(expected, "The seal is missing.")
        : rows.Count < seal.RowsSealed ? new(expected, $"Of {seal.RowsSealed} entries {rows.Count} are left.")
        : rows.Count > seal.RowsSealed ? new(expected, $"It was made over {seal.RowsSealed} entries; {rows.Count} claim to be under it.")
        : !AuditSeal.Hash(_key, before, seal.Number, seal.SealedAt, rows).AsSpan().SequenceEqual(seal.Hash) ? new(expected, "An entry under it, or the seal itself, was changed.")
        : kept is not null && kept.Number == seal.Number && kept.Hash != Convert.ToHexStringLower(seal.Hash) ? new(expected, "It is not the seal that was kept: the chain was made anew.")
        : null;

    private Task<List<(Row Seal, List<AuditRow> Rows)>> Next(long after, CancellationToken ct) => database.Read(async sql =>
    {
        var seals = await sql.Rows<Row>(
            $"SELECT number AS Number, sealed_at AS SealedAt, rows_sealed AS RowsSealed, hash AS Hash FROM audit_seals WHERE number > @after ORDER BY number LIMIT {SealsAtATime}", new { after });
        var links = new List<(Row, List<AuditRow>)>();
        foreach (var seal in seals)
            links.Add((seal, [.. await sql.Rows<AuditRow>($"SELECT {AuditRow.Columns} FROM audit WHERE seal = @Number", new { seal.Number })]));
        return links;
    }, ct);

    private async Task<BrokenSeal?> Orphan(CancellationToken ct)
    {
        var number = await database.Read(sql => sql.Value<long?>(
            "SELECT MIN(seal) FROM audit WHERE seal IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.number = audit.seal)"), ct);
        return number is { } missing ? new BrokenSeal(missing, "The seal is missing; entries claim to be under it.") : null;
    }

    private sealed class Row
    {
        public long Number { get; init; }

        public long SealedAt { get; init; }

        public long RowsSealed { get; init; }

        public byte[] Hash { get; init; } = [];
    }
}
