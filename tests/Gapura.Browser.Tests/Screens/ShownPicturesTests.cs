using System.Text.RegularExpressions;
using Gapura.Browser.Tests.World;
using Xunit;

namespace Gapura.Browser.Tests.Screens;

/// <summary>The pictures and the documents that show them belong together. Needs no browser.</summary>
public sealed partial class ShownPicturesTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/screens.md")]
    public void Every_picture_is_shown_and_every_one_shown_is_there(string document)
    {
        var path = Path.Combine(Programs.Repository, document);
        var shown = Image().Matches(File.ReadAllText(path)).Select(m => m.Groups["file"].Value).Distinct().Order(StringComparer.Ordinal);
        var there = Directory.EnumerateFiles(Path.Combine(Programs.Repository, "docs", "images"), "*.png").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);
        Assert.Equal(there, shown);
    }

    [GeneratedRegex("images/(?<file>[A-Za-z0-9.-]+\\.png)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Image();
}
