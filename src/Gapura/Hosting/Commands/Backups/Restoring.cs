using System.Globalization;
using Gapura.Audit;
using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Storage.Backups;
using Gapura.Tokens;

namespace Gapura.Hosting.Commands.Backups;

/// <summary>A backup put in the place of an installation: everything is checked and made ready beside it, then placed.</summary>
internal sealed class Restoring(Settings settings, TimeProvider time)
{
    private readonly string _databasePath = Path.GetFullPath(settings.Database);
    private readonly string _masterKeyPath = Installation.MasterKeyPath(settings);

    /// <exception cref="BackupException">It cannot be restored; nothing was changed.</exception>
    /// <exception cref="RefusedException">An installation is in the way.</exception>
    public async Task<RestoredShown> Run(string backup, bool replace, bool nothingSince, CancellationToken ct)
    {
        // 1. read_manifest
        var manifest = BackupManifest.Read(backup);
        if (nothingSince && !manifest.Quiet) throw new BackupException("--nothing-since cannot be true: the server was running when this backup was made.");

        // 2. check_place
        var keyInBackup = settings.MasterKey is null && manifest.MasterKey == "file";
        if (!keyInBackup && settings.MasterKey is null && !File.Exists(_masterKeyPath))
            throw new BackupException($"The master key is not in the backup: the setting MasterKey held it. Set it, or write it to {_masterKeyPath}, first.");
        Refuse(!replace && IsThere(_databasePath), _databasePath);
        Refuse(!replace && keyInBackup && IsThere(_masterKeyPath), _masterKeyPath);
        if (!Directory.Exists(settings.DataDirectory)) Durable.CreateDirectory(settings.DataDirectory);
        if (!Directory.Exists(Path.GetDirectoryName(_databasePath))) Durable.CreateDirectory(Path.GetDirectoryName(_databasePath)!);
        using var hold = SqliteHold.Alone(_databasePath);

        // 3. stage_files
        using var staged = await StagedBackup.Of(backup, manifest, _databasePath, _masterKeyPath, keyInBackup, ct);

        // 4. check_master_key, bring_up_to_date, end_sign_ins
        var ended = await MakeReady(staged, manifest, nothingSince, ct);

        // 5. place_files
        var now = time.GetUtcNow();
        var aside = Path.Combine(settings.DataDirectory, $"replaced-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        ct.ThrowIfCancellationRequested();
        var laidAside = staged.Place(aside);
        return new RestoredShown(_databasePath, manifest.MadeAt, settings.MasterKey is null ? _masterKeyPath : "the setting MasterKey", laidAside ? aside : null, ended);
    }

    private async Task<Ended?> MakeReady(StagedBackup staged, BackupManifest manifest, bool nothingSince, CancellationToken ct)
    {
        var master = MasterKey.Load(settings.MasterKey, staged.HasMasterKey ? staged.MasterKeyPath : _masterKeyPath);
        await using var database = new SqliteDatabase(staged.DatabasePath, alone: true);
        await SealCheck.Run(database, master, ct);
        await Migrations.Apply(database, time, ct);
        using var notices = new LogoutNotices(database, time);
        return await database.Write(async sql =>
        {
            var ended = nothingSince ? null : await EndOfSignIns.Run(sql, new Grants(database, time), notices, time);
            await new AuditLog(database).Note(sql, new AuditEntry
            {
                Id = PublicId.New(time), At = time.GetUtcNow(), Action = AuditAction.InstallationRestored, Actor = Hand.Operator.Actor,
                Details = $"as of {manifest.MadeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}",
            });
            return ended;
        }, ct);
    }

    private static bool IsThere(string path) => File.Exists(path) || Directory.Exists(path);

    private static void Refuse(bool isInTheWay, string path)
    {
        if (isInTheWay) throw new RefusedException($"There is an installation already: {path}. Say --data DIR for another place, or --replace to lay its files aside.");
    }
}
