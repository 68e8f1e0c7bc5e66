using System.Text.RegularExpressions;
using Gapura.Browser.Tests.World;
using Xunit;

namespace Gapura.Browser.Tests.Screens;

/// <summary>The pictures and the documents that show them belong together. Needs no browser.</summary>
public sealed partial class ShownPicturesTests
{
    private static readonly string Images = Path.Combine(Programs.Repository, "docs", "images");

    [Fact]
    public void The_document_of_screens_shows_every_picture_and_none_that_is_not_there() => Assert.Equal(There(), ShownIn("docs/screens.md"));

    [Fact]
    public void What_the_readme_shows_is_there() => Assert.Empty(ShownIn("README.md").Except(There()));

    private static IEnumerable<string> There() => Directory.EnumerateFiles(Images, "*.png").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    private static IEnumerable<string> ShownIn(string document) =>
        Image().Matches(File.ReadAllText(Path.Combine(Programs.Repository, document))).Select(m => m.Groups["file"].Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("images/(?<file>[A-Za-z0-9.-]+\\.png)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Image();
}
