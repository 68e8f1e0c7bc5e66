using Gapura.Storage;

namespace Gapura.Hosting.Commands.Doctor;

/// <summary>The data directory and the master key in it.</summary>
internal static class DataChecks
{
    private const UnixFileMode OthersMayRead = UnixFileMode.OtherRead;
    private const UnixFileMode OthersMayEnter = UnixFileMode.OtherExecute;
    private const UnixFileMode AnyoneButOwner =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const long LittleSpace = 200L * 1024 * 1024;

    public static IEnumerable<Finding> Run(Settings settings)
    {
        yield return Directory(settings);
        yield return MasterKeyIn(settings);
    }

    /// <returns>Null when there is none or it cannot be read, which <see cref="Run"/> reports.</returns>
    public static MasterKey? ReadableMasterKey(Settings settings)
    {
        var path = Installation.MasterKeyPath(settings);
        try
        {
            return settings.MasterKey is null && !File.Exists(path) ? null : MasterKey.Load(settings.MasterKey, path);
        }
        catch (Exception e) when (e is DatabaseUnavailableException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Finding Directory(Settings settings)
    {
        const string What = "data directory";
        var directory = settings.DataDirectory;
        if (!System.IO.Directory.Exists(directory)) return Finding.Warning(What, $"{directory} does not exist yet.", "`gapura serve` makes it. If you meant another one, say --data DIR.");
        try
        {
            // The only proof that a file can be written, on every file system, is a file.
            var trial = Path.Combine(directory, $".doctor-{Environment.ProcessId}");
            using (new FileStream(trial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Problem(What, $"{directory} cannot be written: {e.Message}", $"Give it to the user the server runs as: chown -R {Environment.UserName} {directory}");
        }

        if (new DriveInfo(directory).AvailableFreeSpace is var free && free < LittleSpace)
            return Finding.Problem(What, $"{directory} has {free / 1024 / 1024} MB left.", "Make room: a full disk stops every sign-in.");
        return !OperatingSystem.IsWindows() && IsOpen(directory, settings)
            ? Finding.Warning(What, $"{directory} and the database in it can be read by every user of this machine.", $"chmod 700 {directory}")
            : Finding.Ok(What, $"{directory} can be written.");
    }

    private static bool IsOpen(string directory, Settings settings) =>
        !OperatingSystem.IsWindows() && Database.IsFile(settings.Database) && File.Exists(settings.Database)
        && (File.GetUnixFileMode(settings.Database) & OthersMayRead) != UnixFileMode.None && (File.GetUnixFileMode(directory) & OthersMayEnter) != UnixFileMode.None;

    private static Finding MasterKeyIn(Settings settings)
    {
        const string What = "master key";
        var path = Installation.MasterKeyPath(settings);
        try
        {
            if (settings.MasterKey is null && !File.Exists(path))
            {
                return Database.IsFile(settings.Database) && File.Exists(settings.Database)
                    ? Finding.Problem(What, $"There is a database but no {path}.", "Restore it from the backup that belongs to this database; without it the keys in the database cannot be read.")
                    : Finding.Warning(What, $"There is no {path} yet.", "The first `gapura serve` makes it. Keep a copy apart from the database's backups.");
            }

            MasterKey.Load(settings.MasterKey, path);
            if (settings.MasterKey is not null) return Finding.Ok(What, "Taken from the setting MasterKey.");
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & AnyoneButOwner) != UnixFileMode.None
                ? Finding.Problem(What, $"{path} can be read by others than its owner.", $"chmod 600 {path}")
                : Finding.Ok(What, $"{path}, for its owner only. Keep a copy apart from the database's backups.");
        }
        catch (Exception e) when (e is DatabaseUnavailableException or IOException or UnauthorizedAccessException)
        {
            return Finding.Problem(What, e.Message, "It must be 64 hex digits, readable by the user the server runs as. Restore it from your backup.");
        }
    }
}
