using System.CommandLine;
using Gapura.Storage;
using Gapura.Storage.Backups;
using Microsoft.Data.Sqlite;

namespace Gapura.Hosting.Commands.Backups;

/// <summary><c>gapura backup</c></summary>
internal static class BackupCommand
{
    public static Command Build(TimeProvider time)
    {
        Option<string> to = new("--to") { Description = "The directory to make: it must not be there yet, the one above it must", HelpName = "DIR", Required = true };
        var command = new Command("backup", "Copy database and master key, as of one moment, while the server runs. Whoever has the copy can sign in as anybody: keep it like the master key.") { to };
        command.SetAction(async (said, ct) =>
        {
            var settings = said.Settings();
            if (!Database.IsFile(settings.Database)) throw new RefusedException(PostgresBackup.Advice(settings));
            if (!File.Exists(settings.Database)) throw new RefusedException($"There is no installation at {settings.Database}: say --data DIR.");
            if (settings.MasterKey is null && Installation.MasterKeyPath(settings) is var key && !File.Exists(key)) throw new RefusedException($"There is no {key}: without it the copy could not be read. Restore that file, or the setting MasterKey, first.");
            var quiet = SqliteHold.IsQuiet(Path.GetFullPath(settings.Database));
            await using var database = new SqliteDatabase(settings.Database);
            var place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(said.GetValue(to)!));
            Print(said, place, await Make(settings, database, place, quiet, time, ct));
        });
        return command;
    }

    /// <summary>The version of this program.</summary>
    public static string Program => typeof(BackupCommand).Assembly.GetName().Version!.ToString(3);

    private static async Task<BackupManifest> Make(Settings settings, SqliteDatabase database, string place, bool quiet, TimeProvider time, CancellationToken ct)
    {
        const int corrupt = 11, full = 13, notADatabase = 26;
        var key = settings.MasterKey is null ? Installation.MasterKeyPath(settings) : null;
        try
        {
            // A key that does not fit would be found out on the worst of days.
            await SealCheck.Run(database, MasterKey.Load(settings.MasterKey, key ?? ""), ct);
            return await new Backup(database, Program, time).Make(place, key, quiet, ct);
        }
        catch (BackupException e)
        {
            throw new RefusedException(e.Message);
        }
        catch (DatabaseUnavailableException e) when (e.InnerException is SqliteException { SqliteErrorCode: full })
        {
            throw new RefusedException($"There is no room for {place}: nothing was left there. Make room on that disk.");
        }
        catch (DatabaseUnavailableException e) when (e.InnerException is SqliteException { SqliteErrorCode: corrupt or notADatabase })
        {
            throw new RefusedException($"{database.Place} is damaged: {e.InnerException!.Message.TrimEnd('.')}. A copy of it would be no backup; restore the last good one.");
        }
    }

    private static void Print(ParseResult said, string place, BackupManifest manifest)
    {
        var bytes = manifest.Files.Sum(f => f.Bytes);
        var shown = new BackupShown(place, manifest.MadeAt, manifest.Quiet, manifest.MasterKey, bytes, manifest.Tables.Values.Sum(), manifest.Tables);
        said.Answer().One(shown, CommandJson.Plain.BackupShown, "Backup made and checked.",
        [
            ("Directory", place), ("As of", Answer.Minute(manifest.MadeAt)), ("Size", $"{bytes:N0} bytes"), ("Rows", $"{shown.Rows:N0} in {manifest.Tables.Count} tables"),
            ("Master key", manifest.MasterKey == "file" ? "in it" : "not in it: the setting MasterKey holds it. Keep that apart"),
            ("Meanwhile", manifest.Quiet ? "nobody had the database open" : "the server was running"),
        ]);
    }
}

/// <param name="MasterKey"><c>file</c>: it is in the backup; <c>setting</c>: it is not.</param>
/// <param name="Quiet">Nobody else had the database open.</param>
/// <param name="Bytes">Of all files.</param>
internal sealed record BackupShown(string Directory, DateTimeOffset MadeAt, bool Quiet, string MasterKey, long Bytes, long Rows, IReadOnlyDictionary<string, long> Tables);
