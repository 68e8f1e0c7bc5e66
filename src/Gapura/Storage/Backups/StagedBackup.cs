using System.Security.Cryptography;

namespace Gapura.Storage.Backups;

/// <summary>
/// A backup's files beside the place where they are to be, checked on the way there, under names of their own: until they
/// are placed nothing was changed, and what is left of a restore that broke off is in nobody's way.
/// </summary>
internal sealed class StagedBackup : IDisposable
{
    private readonly string _masterKeyPath;
    private readonly string _databasePath;

    private StagedBackup(string databasePath, string masterKeyPath)
    {
        (_databasePath, _masterKeyPath) = (databasePath, masterKeyPath);
        var draft = $".restoring-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        (DatabasePath, MasterKeyPath) = (databasePath + draft, masterKeyPath + draft);
    }

    public string DatabasePath { get; }

    public string MasterKeyPath { get; }

    public bool HasMasterKey => File.Exists(MasterKeyPath);

    /// <summary>Copies the files and holds them to the manifest.</summary>
    /// <param name="withMasterKey">Whether the key in the backup is wanted.</param>
    /// <exception cref="BackupException">One is missing, or is not what the manifest says.</exception>
    public static async Task<StagedBackup> Of(string backup, BackupManifest manifest, string databasePath, string masterKeyPath, bool withMasterKey, CancellationToken ct)
    {
        var staged = new StagedBackup(databasePath, masterKeyPath);
        try
        {
            await CopyChecked(backup, manifest, BackupManifest.DatabaseFile, staged.DatabasePath, ct);
            if (withMasterKey) await CopyChecked(backup, manifest, BackupManifest.MasterKeyFile, staged.MasterKeyPath, ct);
            staged.CheckDatabase(manifest);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>Lays the old files aside, if there are any, and the new ones in their place.</summary>
    /// <param name="aside">Directory to be made for the old ones.</param>
    /// <returns>Whether there were old ones.</returns>
    public bool Place(string aside)
    {
        if (File.Exists(DatabasePath + "-wal")) throw new BackupException($"{DatabasePath}-wal is still there: something else has the file open.");
        Durable.Flush(DatabasePath);
        if (HasMasterKey) Durable.Flush(MasterKeyPath);

        // The log of the old database must be gone before the new one takes its name, or it would be played into it.
        string[] old = [_databasePath, _databasePath + "-wal", _databasePath + "-shm", .. HasMasterKey ? new[] { _masterKeyPath } : []];
        var moved = old.Where(File.Exists).ToList();
        if (moved.Count > 0) Durable.CreateDirectory(aside);
        foreach (var file in moved) File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
        if (HasMasterKey) File.Move(MasterKeyPath, _masterKeyPath);
        File.Move(DatabasePath, _databasePath);
        if (moved.Count > 0) Durable.FlushNames(aside);
        Durable.FlushNames(Path.GetDirectoryName(_masterKeyPath)!);
        Durable.FlushNames(Path.GetDirectoryName(_databasePath)!);
        return moved.Count > 0;
    }

    public void Dispose()
    {
        foreach (var file in (string[])[DatabasePath, DatabasePath + "-wal", DatabasePath + "-shm", DatabasePath + "-journal", DatabasePath + "-lock", MasterKeyPath])
            File.Delete(file);
    }

    private static async Task CopyChecked(string backup, BackupManifest manifest, string name, string to, CancellationToken ct)
    {
        var from = Path.Combine(backup, name);
        if (manifest.Files.FirstOrDefault(f => f.Name == name) is not { } said || !File.Exists(from)) throw new BackupException($"{from} is missing. Take another backup.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        await using (var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read))
        await using (var target = Durable.Create(to))
        {
            var buffer = new byte[1 << 20];
            for (int read; (read = await source.ReadAsync(buffer, ct)) > 0; length += read)
            {
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }

        if (length != said.Bytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != said.Sha256)
            throw new BackupException($"{from} is not what it was when the backup was made: its SHA-256 differs from {BackupManifest.FileName}. Take another backup.");
    }

    private void CheckDatabase(BackupManifest manifest)
    {
        using var copy = SqliteLook.Open(DatabasePath);
        if (SqliteLook.Damage(copy, thorough: true) is { } damage) throw new BackupException($"The database in the backup is damaged: {damage}. Take another backup.");
        if (manifest.Migrations.Count > 0 && manifest.Migrations.Max(m => m.Number) > Migrations.Newest)
            throw new BackupException($"The backup was made by version {manifest.Program}, whose tables this program does not know yet: restore it with that version, or a newer one.");
        foreach (var (table, rows) in manifest.Tables)
            if (SqliteLook.Rows(copy, table) != rows) throw new BackupException($"The table {table} does not hold the {rows} rows that {BackupManifest.FileName} says. Take another backup.");
    }
}
