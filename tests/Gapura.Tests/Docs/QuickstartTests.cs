using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.Docs;

/// <summary>The quickstarts show the samples that are run by the tests, word for word, in both languages.</summary>
public sealed partial class QuickstartTests
{
    private static readonly string? Folder = Repository.Find("docs/quickstart");

    [Fact]
    public void Every_quickstart_exists_in_both_languages()
    {
        Assert.SkipWhen(Folder is null, "The sources are not above the test program.");
        var names = Directory.EnumerateFiles(Folder!, "*.md").Select(f => Path.GetFileName(f)!).Where(n => n != "README.md").ToHashSet(StringComparer.Ordinal);
        Assert.True(names.Count >= 8);
        Assert.All(names, n => Assert.Contains(n.EndsWith(".id.md", StringComparison.Ordinal) ? n.Replace(".id.md", ".md", StringComparison.Ordinal) : n.Replace(".md", ".id.md", StringComparison.Ordinal), names));
    }

    [Fact]
    public void What_a_quickstart_shows_is_the_sample()
    {
        Assert.SkipWhen(Folder is null, "The sources are not above the test program.");
        var write = Environment.GetEnvironmentVariable("GAPURA_TEST_WRITE") == "1";
        var shown = 0;
        foreach (var file in Directory.EnumerateFiles(Folder!, "*.md"))
        {
            var text = File.ReadAllText(file);
            var right = Shown().Replace(text, match =>
            {
                shown++;
                return $"<!-- {match.Groups["sample"].Value} -->\n```{match.Groups["kind"].Value}\n{File.ReadAllText(Repository.Find(match.Groups["sample"].Value)!)}```";
            });
            if (write) File.WriteAllText(file, right);
            else Assert.Equal(right, text);
        }

        Assert.True(shown >= 6);
    }

    [GeneratedRegex(@"<!-- (?<sample>samples/\S+) -->\n```(?<kind>\w+)\n(?<text>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shown();
}
