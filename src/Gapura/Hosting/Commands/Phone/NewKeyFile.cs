using System.Text.Json;

namespace Gapura.Hosting.Commands.Phone;

/// <summary>
/// A place for a key file, opened before anything is enrolled, so that no phone is enrolled whose key cannot be kept.
/// Readable by its owner only from its first byte on, where the system knows such modes; replaced whole or not at all.
/// </summary>
internal sealed class NewKeyFile : IDisposable
{
    private readonly bool _force;
    private readonly FileStream _file;

    private NewKeyFile(string path, bool force, FileStream file) => (Path, _force, _file) = (path, force, file);

    /// <summary>Full, of the finished file.</summary>
    public string Path { get; }

    /// <exception cref="RefusedException">There is a file already and it may not be replaced, or none can be written there.</exception>
    public static NewKeyFile Open(string path, bool force)
    {
        MustBeFree(path, force);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.Delete(Unfinished(path)); // the mode is set only when a file is made
            return new NewKeyFile(path, force, new FileStream(Unfinished(path), options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"No key file can be written there: {e.Message}");
        }
    }

    public void Keep(KeyFile phone)
    {
        JsonSerializer.Serialize(_file, phone, KeyFileJson.Default.KeyFile);
        _file.WriteByte((byte)'\n');
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(Unfinished(Path), Path, _force);
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(Unfinished(Path));
    }

    private static void MustBeFree(string path, bool force)
    {
        if (!force && File.Exists(path)) throw new RefusedException($"{path} holds a phone already, and its key would be lost: say --force to replace it, or --key for another file.");
    }

    private static string Unfinished(string path) => path + ".new";
}
