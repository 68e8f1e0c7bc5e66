namespace Gapura.Storage;

/// <summary>
/// Who is on an SQLite file. Every process that has it open shares a lock on an empty file beside it; whoever must be
/// alone (a restore, a move) takes that lock whole. The system lets go of it when a process dies, however it dies.
/// </summary>
internal static class SqliteHold
{
    // A backup looks for a moment whether it is alone; nobody must fail to start because of that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Null where the lock cannot be kept at all, on a read-only disk for one: what SQLite says of it is the better sentence.</summary>
    /// <exception cref="DatabaseUnavailableException">Somebody needs the file alone.</exception>
    public static FileStream? Share(string database)
    {
        FileStream? hold = null;
        return SpinWait.SpinUntil(() => TryOpen(database, FileShare.Read, out hold), Patience) ? hold
            : throw new DatabaseUnavailableException($"{database} is being restored or moved by another process: wait until that is done.");
    }

    /// <exception cref="DatabaseUnavailableException">A server or a command has it open.</exception>
    public static FileStream? Alone(string database) => TryOpen(database, FileShare.None, out var hold) ? hold
        : throw new DatabaseUnavailableException($"{database} is in use: stop the server on it, and every other command, then try again.");

    /// <summary>Whether nobody else has it open at this moment.</summary>
    public static bool IsQuiet(string database)
    {
        if (!TryOpen(database, FileShare.None, out var hold)) return false;
        hold?.Dispose();
        return true;
    }

    // Reading is enough for either lock (flock(2)), so that a lock file that somebody else made serves as well.
    private static bool TryOpen(string database, FileShare share, out FileStream? hold)
    {
        hold = null;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Read, Share = share, BufferSize = 0 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            hold = new FileStream(database + "-lock", options);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return !IsHeldByAnother(e);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsHeldByAnother(Exception e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
