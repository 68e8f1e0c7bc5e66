using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.House;

/// <summary>Rules of the house that only the sources can be held to.</summary>
public sealed class SourcesTests
{
    private const int LongestFile = 300;

    public SourcesTests() => Assert.SkipWhen(Repository.Root is null, Repository.WhyNot);

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Assert.Equal([], Repository.Sources(".cs", ".razor", ".sql").Select(p => (Path: p, Lines: Lines(p).Length)).Where(f => f.Lines > LongestFile));

    [Fact]
    public void Every_namespace_is_its_folder() => Assert.Equal([], Repository.Sources(".cs").Select(Wrong).OfType<string>());

    [Fact]
    public void There_are_sources_to_look_at() => Assert.InRange(Repository.Sources(".cs").Count(), 40, 5000);

    // Only a program's first file needs no namespace.
    private static string? Wrong(string path)
    {
        var parts = path.Split('/');
        var folder = string.Join('.', parts[1..^1]);
        var said = Lines(path).Select(l => Regex.Match(l, @"^namespace ([\w.]+);$")).Where(m => m.Success).Select(m => m.Groups[1].Value).ToList();
        return said is [var one] && one == folder || (said is [] && parts[^1] == "Program.cs") ? null : $"{path}: namespace {string.Join(", ", said)}, folder {folder}";
    }

    private static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Repository.Root!, path));
}
