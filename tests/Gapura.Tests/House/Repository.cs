namespace Gapura.Tests.House;

/// <summary>The sources this test program was built from, when they are still there.</summary>
internal static class Repository
{
    public const string WhyNot = "The sources are not above the test program.";

    public static string? Root { get; } = Find();

    /// <summary>Files under <c>src</c> that people wrote, relative to the root.</summary>
    public static IEnumerable<string> Sources(params string[] extensions) => Written("src", extensions);

    /// <summary>The same of the whole tree: tests, samples and documents too.</summary>
    public static IEnumerable<string> Everything(params string[] extensions) =>
        Directory.EnumerateDirectories(Root!).Select(d => Path.GetFileName(d)).Where(d => d[0] != '.').Order(StringComparer.Ordinal).SelectMany(d => Written(d, extensions));

    private static IEnumerable<string> Written(string folder, string[] extensions)
    {
        var inside = new EnumerationOptions { RecurseSubdirectories = true };
        return Directory.EnumerateFiles(Path.Combine(Root!, folder), "*", inside)
            .Select(path => Path.GetRelativePath(Root!, path).Replace('\\', '/'))
            .Where(path => extensions.Any(e => path.EndsWith(e, StringComparison.Ordinal)) && !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "dist"))
            .Order(StringComparer.Ordinal);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Gapura.slnx"))) return folder.FullName;
        return null;
    }
}
