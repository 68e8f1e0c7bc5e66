namespace Gapura.Demo;

/// <summary>The directory everything of one demo lives in, held by one demo at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _held;

    private DataDirectory(string path, FileStream held) => (Path, _held) = (path, held);

    public string Path { get; }

    /// <exception cref="DemoTroubleException">Not writable, held by another demo, or not a demo's.</exception>
    public static DataDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var hold = System.IO.Path.Combine(path, "demo.lock");
            return new(path, new FileStream(hold, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw new DemoTroubleException($"{path} is not writable: choose another directory with --data DIR.");
        }
        catch (IOException) when (Directory.Exists(path))
        {
            throw new DemoTroubleException($"Another demo is using {path}: end it, or choose another directory with --data DIR.");
        }
        catch (IOException refused)
        {
            throw new DemoTroubleException($"{path} cannot be used: {refused.Message}");
        }
    }

    /// <summary><c>demo/data</c> beside the sources, wherever the demo was started from.</summary>
    public static string Default()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(at.FullName, "Gapura.Demo.csproj")))
                return System.IO.Path.Combine(at.FullName, "data");
        }

        return System.IO.Path.GetFullPath("data");
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public bool HasDatabase() => Directory.EnumerateFiles(Path, "*.db").Any();

    public void Dispose() => _held.Dispose();
}
