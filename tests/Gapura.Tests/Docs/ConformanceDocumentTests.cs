using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.Docs;

/// <summary>What docs/openid-conformance.md says is shown is shown, by a test of that name in that class, and no module is passed over in silence.</summary>
public sealed partial class ConformanceDocumentTests
{
    private static string Document
    {
        get
        {
            var path = Repository.Find("docs/openid-conformance.md");
            Assert.SkipWhen(path is null, "the sources are not beside the tests");
            return File.ReadAllText(path);
        }
    }

    [Fact]
    public void Every_test_it_names_exists_in_the_class_it_names()
    {
        var named = Name().Matches(Document).Select(m => (Kind: m.Groups["kind"].Value, Test: m.Groups["test"].Value)).Distinct().ToList();
        var sources = Directory.EnumerateFiles(Repository.Find("tests")!, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        Assert.True(named.Count > 100, $"{named.Count}");
        Assert.DoesNotContain(named, n => !sources.Any(s => Regex.IsMatch(s, $@"\bclass {n.Kind}\b", RegexOptions.None, TimeSpan.FromSeconds(5)) && s.Contains($" {n.Test}(", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_module_of_the_suite_is_shown_or_said_not_to_be()
    {
        var rows = Row().Matches(Document).GroupBy(m => m.Groups["module"].Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Assert.Single(g.Select(m => m.Groups["by"].Value).Distinct()), StringComparer.Ordinal);
        var modules = File.ReadAllLines(Repository.Find("tests/Gapura.Tests/Docs/conformance-modules.txt")!).Where(line => line.Length > 0).ToList();
        Assert.Equal(154, modules.Count);
        Assert.Empty(modules.Except(rows.Keys));
        Assert.Empty(rows.Keys.Except(modules));
        Assert.Empty(rows.Where(row => !Name().IsMatch(row.Value) && !row.Value.StartsWith("not: ", StringComparison.Ordinal) && !row.Value.StartsWith("not ours: ", StringComparison.Ordinal)).Select(row => row.Key));
    }

    [Fact]
    public void Every_requirement_has_a_test_or_a_reason() =>
        Assert.DoesNotContain(Document.Split('\n'), line => line.StartsWith("| ", StringComparison.Ordinal) && !Heading().IsMatch(line) && !Name().IsMatch(line) && !line.Contains("| not", StringComparison.Ordinal));

    [GeneratedRegex("`(?<kind>[A-Z][A-Za-z0-9]+(Tests|Contract))\\.(?<test>[A-Z][A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Name();

    [GeneratedRegex("^\\| (?<module>(oidcc|fapi2)-[A-Za-z0-9_-]+) \\| (?<by>.+) \\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Row();

    // The head of a table, the line under it, and a group's name in bold.
    [GeneratedRegex("^\\| (---|requirement|recommendation|module|\\*\\*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Heading();
}
