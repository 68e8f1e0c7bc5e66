using System.Runtime.InteropServices;

namespace Gapura.Storage.Backups;

/// <summary>Files and names that survive a power cut: a file is on the disk when it was flushed, its name when the directory was.</summary>
internal static partial class Durable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new file for its owner only.</summary>
    /// <exception cref="IOException">There is one of that name.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Owner;
        return new FileStream(path, options);
    }

    /// <summary>A new directory for its owner only.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
    }

    public static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Writes down the names in a directory. Where the system has no such thing, they are by then.</summary>
    public static void FlushNames(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        const int readOnly = 0;
        var handle = Open(directory, readOnly);
        if (handle < 0) throw new IOException($"{directory} cannot be opened.");
        try
        {
            // Some file systems know no flush of a directory (EINVAL): their names need none.
            const int invalid = 22;
            if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() is var error and not invalid) throw new IOException($"{directory} cannot be flushed to the disk (error {error}).");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
