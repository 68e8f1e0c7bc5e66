using System.Data.Common;
using System.Globalization;
using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Hosting.Commands.Doctor;

/// <summary>The database, the keys in it, and the clock it bears witness to.</summary>
internal static class DatabaseChecks
{
    // Nodes and file servers differ by that much without harm.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    // The migration that made the audit.
    private const int AuditSince = 2;

    public static async Task<IReadOnlyList<Finding>> Run(Settings settings, TimeProvider time, CancellationToken ct)
    {
        if (Database.IsFile(settings.Database) && !File.Exists(settings.Database))
            return [Finding.Warning("database", $"There is no {settings.Database} yet.", "The first `gapura serve` makes it."), Clock(time, DateTimeOffset.MinValue, settings)];
        var findings = new List<Finding>();
        try
        {
            await using var database = Database.At(settings.Database);
            await Look(findings, database, settings, time, ct);
        }
        catch (DatabaseUnavailableException e)
        {
            findings.Add(Finding.Problem("database", $"It cannot be used: {e.InnerException?.Message ?? e.Message}", Database.IsFile(settings.Database)
                ? "Check the file's owner and the disk; if the file is damaged, put the last good backup in its place: gapura restore --from DIR --replace"
                : "Check that PostgreSQL runs, and host, name, user and password in the setting Database."));
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or ArgumentException or UriFormatException or System.Net.Sockets.SocketException)
        {
            findings.Add(Finding.Problem("database", $"It cannot be used: {e.Message}", Database.IsFile(settings.Database)
                ? "Check the file's owner and the disk; if the file is damaged, put the last good backup in its place: gapura restore --from DIR --replace"
                : "Check that PostgreSQL runs, and host, name, user and password in the setting Database."));
        }

        return findings;
    }

    private static async Task Look(List<Finding> findings, Database database, Settings settings, TimeProvider time, CancellationToken ct)
    {
        var inspection = new Inspection(database);
        var name = $"{database.Name} {await inspection.Version(ct)}";
        if (await inspection.NewestMigration(ct) is not { } migration)
        {
            findings.Add(Finding.Warning("database", $"{name}, without any table of ours.", "The first `gapura serve` makes them."));
            return;
        }

        if (await inspection.Damage(ct) is { } damage)
        {
            findings.Add(Finding.Problem("database", $"{name}; the file is damaged: {damage}.", "Stop the server, and put the last good backup in its place: gapura restore --from DIR --replace"));
            return;
        }

        await inspection.TryWrite(ct);
        findings.Add(Finding.Ok("database", $"{name}, can be written."));
        findings.Add(migration < Migrations.Newest ? Finding.Warning("migrations", $"The tables are of version {migration}; this program knows {Migrations.Newest}.", "`gapura serve` brings them up to date. Make a backup first.")
            : migration > Migrations.Newest ? Finding.Warning("migrations", $"The tables are of version {migration}; this program knows only {Migrations.Newest}.", "A newer version of Gapura is in use: update this one too.")
            : Finding.Ok("migrations", $"Version {migration}, up to date."));
        findings.Add(Clock(time, await inspection.NewestInstant(ct), settings));
        findings.AddRange(await Keys(database, settings, time, ct));
        if (migration >= AuditSince && DataChecks.ReadableMasterKey(settings) is { } master) findings.Add(await Audit(new AuditSeals(database, master, time), ct));
        if (Sodium.Load() is null && await new AccountRegister(database, time).HasArgon2id(ct))
            findings.Add(Finding.Problem("passwords", "Some were hashed with Argon2id, which this machine cannot check: libsodium is missing.", LibraryChecks.InstallSodium));
    }

    // A clock that lags behind what was written down lets expired things live; one that leads kills them early.
    private static Finding Clock(TimeProvider time, DateTimeOffset written, Settings settings)
    {
        var now = time.GetUtcNow();
        var touched = Directory.Exists(settings.DataDirectory)
            ? Directory.EnumerateFiles(settings.DataDirectory).Select(f => new DateTimeOffset(File.GetLastWriteTimeUtc(f))).Append(DateTimeOffset.MinValue).Max()
            : DateTimeOffset.MinValue;
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(AppContext.BaseDirectory, "gapura.dll")));
        var (witness, at) = new[] { ("the newest entry in the database", written), ("the newest file in the data directory", touched), ("this program itself", built) }.MaxBy(w => w.Item2);
        return at > now + ClocksDiffer
            ? Finding.Problem("clock", $"It shows {Shown(now)}, but {witness} is of {Shown(at)}.", "Set the clock and keep it right: timedatectl set-ntp true")
            : Finding.Ok("clock", $"{Shown(now)}, later than everything written here.");
    }

    private static async Task<IReadOnlyList<Finding>> Keys(Database database, Settings settings, TimeProvider time, CancellationToken ct)
    {
        const string What = "keys";
        if (DataChecks.ReadableMasterKey(settings) is not { } master) return [];
        try
        {
            var revisions = new Revisions(database);
            await new HandleKeys(database, master, revisions, time).Refresh(ct);
            var signing = new SigningKeys(database, master, revisions, settings.Tokens, time);
            List<string> signers = [];
            foreach (var algorithm in SigningAlgorithm.All)
                signers.AddRange((await signing.List(algorithm, ct)).Where(k => k.State == SigningKeyState.Signing).Select(k => $"{k.Made.Id} signs {algorithm.Name} since {Shown(k.Key.UsedFrom)}"));
            return
            [
                signers.Count > 0
                    ? Finding.Ok(What, $"All can be read; {string.Join(", ", signers)}.")
                    : Finding.Ok(What, "No key signs yet: the server makes them when it starts."),
            ];
        }
        catch (DatabaseUnavailableException e)
        {
            return [Finding.Problem(What, e.Message, "Restore the master key from the backup that belongs to this database.")];
        }
    }

    private static async Task<Finding> Audit(AuditSeals seals, CancellationToken ct)
    {
        var verdict = await seals.Verify(kept: null, ct);
        return verdict.Broken is { } broken
            ? Finding.Problem("audit", $"Seal {broken.Number} does not hold. {broken.Why}", "Somebody wrote to the database beside Gapura: compare the audit with a backup.")
            : Finding.Ok("audit", $"{verdict.Entries} entries under {verdict.Seals} seals, all whole.");
    }

    private static string Shown(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
