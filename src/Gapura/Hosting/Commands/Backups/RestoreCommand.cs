using System.CommandLine;
using Gapura.Storage;
using Gapura.Storage.Backups;

namespace Gapura.Hosting.Commands.Backups;

/// <summary><c>gapura restore</c></summary>
internal static class RestoreCommand
{
    public static Command Build(TimeProvider time)
    {
        Option<string> from = new("--from") { Description = "A directory that `gapura backup` made", HelpName = "DIR", Required = true };
        Option<bool> replace = new("--replace") { Description = "There is an installation already: lay its files aside, in a directory with the date in its name" };
        Option<bool> nothingSince = new("--nothing-since") { Description = "Keep everybody signed in. Only if no server ran on the installation after the backup was made, or what was spent and revoked since would be good again" };
        var command = new Command("restore", "Put a backup in the place of an installation. Whoever was signed in is signed out: what was spent and revoked after the backup is not known any more.") { from, replace, nothingSince };
        command.SetAction(async (said, ct) =>
        {
            var settings = said.Settings();
            if (!Database.IsFile(settings.Database)) throw new RefusedException("The setting Database names PostgreSQL: restore its dump with pg_restore, and master.key with it.");
            try
            {
                Print(said, await new Restoring(settings, time).Run(Path.GetFullPath(said.GetValue(from)!), said.GetValue(replace), said.GetValue(nothingSince), ct));
            }
            catch (BackupException e)
            {
                throw new RefusedException($"{e.Message} Nothing was changed.");
            }
        });
        return command;
    }

    private static void Print(ParseResult said, RestoredShown restored)
    {
        said.Answer().One(restored, CommandJson.Plain.RestoredShown, "Restored.",
        [
            ("Database", restored.Database), ("As of", Answer.Minute(restored.MadeAt)), ("Master key", restored.MasterKey), ("Laid aside", restored.Aside),
            ("Ended", restored.Ended is { } ended ? $"{ended.SignIns:N0} sign-ins, {ended.Sessions:N0} browsers' sessions, {ended.RegistrationTokens:N0} registration tokens" : "nothing: --nothing-since"),
        ]);
        if (said.GetValue(Everywhere.Json) || restored.Ended is null) return;
        said.InvocationConfiguration.Output.WriteLine($"""

            What happened after {Answer.Minute(restored.MadeAt)} is gone. Before the server is started, do again what was done since:
              accounts that were disabled, passwords and phones that were taken away, API keys that were revoked, platforms that were disabled;
              a signing key that was rotated because it was feared lost: gapura signing-key rotate --at-once.
            A client assertion (private_key_jwt) lives an hour at most: start the server an hour after it stopped, if one may have been stolen.
            """);
    }
}

/// <param name="Database">The file it was restored to.</param>
/// <param name="MadeAt">The moment it was brought back to.</param>
/// <param name="MasterKey">Where the key is.</param>
/// <param name="Aside">Where the files that were there lie now; null when there were none.</param>
/// <param name="Ended">Null when nothing was ended.</param>
internal sealed record RestoredShown(string Database, DateTimeOffset MadeAt, string MasterKey, string? Aside, Ended? Ended);
