using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Gapura.Storage.Backups;

/// <summary>
/// A copy of an SQLite installation as of one moment, made while a server may be writing: everything it had answered
/// before is in it. It gets its name when all of it is on the disk, so there is a whole backup of a name or none.
/// </summary>
internal sealed class Backup(SqliteDatabase database, string program, TimeProvider time)
{
    /// <param name="masterKey">The file to lay beside the copy; null when the setting MasterKey holds the key.</param>
    /// <param name="quiet">Whether nobody else had the database open.</param>
    /// <exception cref="BackupException">There is something of that name, or the database is damaged; nothing was left.</exception>
    public async Task<BackupManifest> Make(string to, string? masterKey, bool quiet, CancellationToken ct)
    {
        if (File.Exists(to) || Directory.Exists(to)) throw new BackupException($"{to} is there already, and a backup never takes the place of another: give it a name of its own.");
        var parent = Path.GetDirectoryName(to)!;

        // Where a disk was not mounted, its directory would fill the wrong one.
        if (!Directory.Exists(parent)) throw new BackupException($"There is no {parent}: make it first, or mount what lies there.");
        var draft = $"{to}.draft-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        Durable.CreateDirectory(draft);
        try
        {
            var manifest = await Fill(draft, masterKey, quiet, ct);
            ct.ThrowIfCancellationRequested();
            Directory.Move(draft, to);
            Durable.FlushNames(parent);
            return manifest;
        }
        catch
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
            throw;
        }
    }

    private async Task<BackupManifest> Fill(string draft, string? masterKey, bool quiet, CancellationToken ct)
    {
        var copy = Path.Combine(draft, BackupManifest.DatabaseFile);
        await Durable.Create(copy).DisposeAsync();
        var madeAt = time.GetUtcNow();
        var (migrations, tables) = await database.Read(sql => Task.FromResult(Copy((SqliteConnection)sql.Connection, copy)), ct);
        List<BackupFile> files = [Described(copy)];
        if (masterKey is not null)
        {
            var key = Path.Combine(draft, BackupManifest.MasterKeyFile);
            await using (var file = Durable.Create(key)) await file.WriteAsync(await File.ReadAllBytesAsync(masterKey, ct), ct);
            files.Add(Described(key));
        }

        var manifest = new BackupManifest
        {
            Format = BackupManifest.KnownFormat, MadeAt = madeAt, Program = program, MasterKey = masterKey is null ? "setting" : "file", Quiet = quiet,
            Migrations = migrations, Tables = tables, Files = files,
        };
        var path = Path.Combine(draft, BackupManifest.FileName);
        await using (var file = Durable.Create(path)) manifest.Write(file);
        foreach (var file in Directory.GetFiles(draft)) Durable.Flush(file);
        Durable.FlushNames(draft);
        return manifest;
    }

    private static (IReadOnlyList<MigrationShown> Migrations, IReadOnlyDictionary<string, long> Tables) Copy(SqliteConnection from, string path)
    {
        if (SqliteLook.Tables(from).Contains("migrations") is false) throw new BackupException($"{from.DataSource} holds no tables of ours: name the database of an installation.");
        using var into = SqliteLook.Open(path);
        SqliteLook.Run(into, "PRAGMA synchronous=OFF");

        // In one step: a copy in several begins anew whenever somebody writes between two of them.
        from.BackupDatabase(into);

        // One file, without a log beside it: a server that opens it makes it its own again.
        SqliteLook.Run(into, "PRAGMA journal_mode=DELETE");
        if (SqliteLook.Damage(into, thorough: false) is { } damage)
            throw new BackupException($"{from.DataSource} is damaged: {damage}. A copy of it would be no backup; restore the last good one.");
        return (SqliteLook.Migrations(into), SqliteLook.Tables(into).ToDictionary(t => t, t => SqliteLook.Rows(into, t), StringComparer.Ordinal));
    }

    private static BackupFile Described(string path)
    {
        using var stream = File.OpenRead(path);
        return new BackupFile(Path.GetFileName(path), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
