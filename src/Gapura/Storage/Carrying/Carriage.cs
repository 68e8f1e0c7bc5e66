namespace Gapura.Storage.Carrying;

/// <summary>
/// Carries an installation from one database to another: fences both, copies, compares row by row, and only then opens the
/// new one. Interrupted at any moment it is run again and goes on. Until the end the old one can be taken back.
/// </summary>
internal sealed class Carriage(Database source, Database target, TimeProvider time, Action<CarryingProgress> told)
{
    // The platform that migrations make: all there is in a database that nobody has used.
    private const string MadeByMigrations = "platforms";

    // Rows from which on a database should know of them.
    private const int WorthMeasuring = 1_000;

    /// <exception cref="CarryingException">One of the two is in use, or is not what it must be, or the copy differs; the old one is as it was.</exception>
    public async Task<IReadOnlyList<TableCompared>> Run(CancellationToken ct)
    {
        var move = await Begin(ct);
        await Copy(ct);
        var compared = await Compare(ct);
        await End(move, ct);
        return compared;
    }

    /// <summary>Fences both sides, the old one first.</summary>
    /// <returns>What names the move: a new one, or the one that is gone on with.</returns>
    public async Task<string> Begin(CancellationToken ct)
    {
        var (here, there) = (await DatabaseState.Of(source, ct), await DatabaseState.Of(target, ct));
        if (!here.HasMigrations) throw new CarryingException($"There is no installation at {source.Place}.");
        CheckGoesOn(here.Fence, there.Fence);
        if (here.Fence is null) await Migrations.Apply(source, time, ct);
        if (there.Fence is null)
        {
            if (there.Tables.Count > 0 && !there.HasMigrations) throw new CarryingException($"{target.Place} holds tables of something else ({there.Tables[0]}): name a database that is empty.");
            await Migrations.Apply(target, time, ct);
            if (await FirstUsed(ct) is { } used) throw new CarryingException($"{target.Place} holds an installation of its own (there are rows in {used}): name a database that is empty.");
        }

        await CheckSameVersion(ct);
        var leaving = here.Fence ?? new Fence(FenceKind.Leaving, Fence.NewMove(), target.Place, time.GetUtcNow());
        if (here.Fence is null) await source.Write(leaving.Put, ct);
        try
        {
            if (await OthersOn(source, ct)) throw new CarryingException($"A server is running on {source.Place}: stop every node first.");
        }
        catch (CarryingException) when (here.Fence is null)
        {
            await source.Write(Fence.Lift, ct);
            throw;
        }

        if (there.Fence is null)
        {
            await target.Write(async sql =>
            {
                await sql.Execute($"DELETE FROM {MadeByMigrations}");
                await new Fence(FenceKind.Arriving, leaving.Move, source.Place, time.GetUtcNow()).Put(sql);
            }, ct);
        }

        return leaving.Move;
    }

    public async Task Copy(CancellationToken ct)
    {
        var copy = new TableCopy(source, target, told);
        foreach (var table in CarriedTables.All) await copy.Run(table, ct);
    }

    /// <exception cref="CarryingException">A row differs.</exception>
    public async Task<IReadOnlyList<TableCompared>> Compare(CancellationToken ct)
    {
        var comparison = new TableComparison(source, target);
        List<TableCompared> all = [];
        foreach (var table in CarriedTables.All)
        {
            all.Add(await comparison.Run(table, ct));
            if (all[^1].Source > 0) told(new CarryingProgress(table.Name, all[^1].Source, IsCompared: true));
        }

        return all.Find(t => t.Different > 0) is { } bad
            ? throw new CarryingException($"{all.Sum(t => t.Different)} rows are not the same on both sides: {string.Join("; ", bad.Examples)}. Somebody wrote to {target.Place} meanwhile: empty that database, take this one back with `gapura move --cancel`, and begin again.")
            : all;
    }

    /// <summary>The old one is closed for good before the new one is open: there is no moment with two.</summary>
    public async Task End(string move, CancellationToken ct)
    {
        // Whoever asks first must not wait until the database has found out by itself how large its tables are. A small
        // one is left alone: PostgreSQL would believe that it stays small, and look through all of it when it no longer is.
        foreach (var table in CarriedTables.All)
            if (await target.Read(sql => sql.Value<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM \"{table.Name}\" LIMIT {WorthMeasuring}) AS first"), ct) == WorthMeasuring)
                await target.Write(sql => sql.Execute($"ANALYZE \"{table.Name}\""), ct);
        await source.Write(new Fence(FenceKind.Left, move, target.Place, time.GetUtcNow()).Put, ct);
        await target.Write(Fence.Lift, ct);
    }

    /// <summary>Gives an installation back that was to be moved.</summary>
    /// <exception cref="CarryingException">None was begun, or it is over.</exception>
    public static async Task<Fence> Cancel(Database source, CancellationToken ct)
    {
        var state = await DatabaseState.Of(source, ct);
        if (state.Fence is not { Kind: FenceKind.Leaving } fence)
            throw new CarryingException(state.Fence?.Sentence ?? $"No move of {source.Place} was begun.");
        await source.Write(Fence.Lift, ct);
        return fence;
    }

    /// <summary>Whether a server of ours is at a PostgreSQL database. Of an SQLite file <see cref="SqliteHold"/> tells.</summary>
    public static Task<bool> OthersOn(Database database, CancellationToken ct) => !database.IsShared ? Task.FromResult(false) : database.Read(async sql =>
        await sql.Value<long>("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gapura' AND pid <> pg_backend_pid()") > 0, ct);

    private void CheckGoesOn(Fence? here, Fence? there)
    {
        if (there is { Kind: not FenceKind.Arriving }) throw new CarryingException($"{target.Place} cannot be moved to. {there.Sentence}");
        if (here is { Kind: FenceKind.Arriving }) throw new CarryingException(here.Sentence);
        var same = here is not null && there is not null && here.Move == there.Move;
        if (there is not null && !same) throw new CarryingException($"{target.Place} holds a part of another move: empty that database first.");

        // Struck between the last two steps: the old one is closed, and the new one not open yet.
        if (here is { Kind: FenceKind.Left } && !same) throw new CarryingException(here.Sentence);
        if (here is { Kind: FenceKind.Leaving } && here.Other != target.Place) throw new CarryingException(here.Sentence);
    }

    private async Task CheckSameVersion(CancellationToken ct)
    {
        const string query = "SELECT number AS Number, name AS Name, hash AS Hash FROM migrations WHERE number > 0 ORDER BY number";
        var (here, there) = (await source.Read(sql => sql.Rows<Backups.MigrationShown>(query), ct), await target.Read(sql => sql.Rows<Backups.MigrationShown>(query), ct));
        if (here[^1].Number > Migrations.Newest) throw new CarryingException($"{source.Place} is of a newer version than this program: use that version.");
        if (!here.SequenceEqual(there)) throw new CarryingException($"{source.Place} and {target.Place} are of different versions: go on with the version of Gapura that began the move, or take it back with `gapura move --cancel`.");
    }

    private async Task<string?> FirstUsed(CancellationToken ct)
    {
        foreach (var table in CarriedTables.All)
        {
            var which = table.Name == MadeByMigrations ? "WHERE created_at > 0" : "";
            if (await target.Read(sql => sql.Value<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM \"{table.Name}\" {which} LIMIT 1) one"), ct) > 0) return table.Name;
        }

        return null;
    }
}

/// <param name="Rows">Carried by this run so far, or compared.</param>
internal sealed record CarryingProgress(string Table, long Rows, bool IsCompared)
{
    public override string ToString() => $"{Table}: {Rows:N0} rows {(IsCompared ? "compared" : "carried")}";
}
