namespace Gapura.Tests;

/// <summary>Finds files of the repository the tests were built from.</summary>
internal static class Repository
{
    /// <returns>Null when the solution is not above the test's folder.</returns>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Gapura.slnx"))) return Path.Combine(folder.FullName, path);
        return null;
    }
}
