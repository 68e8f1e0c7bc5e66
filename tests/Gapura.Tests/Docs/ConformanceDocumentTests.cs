using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.Docs;

/// <summary>
/// What docs/openid-conformance.md says is shown is shown, by a test of that name in that class, and no module is passed over
/// in silence. What docs/openid.md says of it is counted from there.
/// </summary>
public sealed partial class ConformanceDocumentTests
{
    private const string InFull = "docs/openid-conformance.md";
    private const string InShort = "docs/openid.md";

    [Theory]
    [InlineData(InFull, 100)]
    [InlineData(InShort, 20)]
    public void Every_test_it_names_exists_in_the_class_it_names(string document, int least)
    {
        var text = Read(document);
        var named = Name().Matches(text).Select(m => (Kind: m.Groups["kind"].Value, Test: m.Groups["test"].Value))
            .Concat(Stranger().Matches(text).Select(m => (Kind: "StrangerClientsTests", Test: m.Groups["test"].Value))).Distinct().ToList();
        var sources = Directory.EnumerateFiles(Repository.Find("tests")!, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        Assert.True(named.Count > least, $"{named.Count}");
        Assert.DoesNotContain(named, n => !sources.Any(s => Regex.IsMatch(s, $@"\bclass {n.Kind}\b", RegexOptions.None, TimeSpan.FromSeconds(5)) && s.Contains($" {n.Test}(", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_module_of_the_suite_is_shown_or_said_not_to_be()
    {
        var rows = Row().Matches(Read(InFull)).GroupBy(m => m.Groups["module"].Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Assert.Single(g.Select(m => m.Groups["by"].Value).Distinct()), StringComparer.Ordinal);
        var modules = File.ReadAllLines(Repository.Find("tests/Gapura.Tests/Docs/conformance-modules.txt")!).Where(line => line.Length > 0).ToList();
        Assert.Equal(154, modules.Count);
        Assert.Empty(modules.Except(rows.Keys));
        Assert.Empty(rows.Keys.Except(modules));
        Assert.Empty(rows.Where(row => !Name().IsMatch(row.Value) && !row.Value.StartsWith("not: ", StringComparison.Ordinal) && !row.Value.StartsWith("not ours: ", StringComparison.Ordinal)).Select(row => row.Key));
    }

    [Fact]
    public void Every_requirement_has_a_test_or_a_reason() =>
        Assert.DoesNotContain(Read(InFull).Split('\n'), line => IsRow(line) && !Name().IsMatch(line) && !IsNotMet(line));

    [Fact]
    public void What_is_met_and_what_is_not_is_counted_from_the_full_table()
    {
        var sections = Read(InFull).Split("\n## ").Skip(1).Where(s => s.Split('\n').Any(line => line.StartsWith("| requirement |", StringComparison.Ordinal) || line.StartsWith("| recommendation |", StringComparison.Ordinal)));
        var expected = sections.Select(section =>
        {
            var (title, rows) = (section.Split('\n')[0], section.Split('\n').Where(IsRow).ToList());
            var notMet = rows.Count(IsNotMet);
            return (title, rows.Count - notMet, notMet, notMet, Name().Matches(section).Select(m => m.Value).Distinct().Count(), Anchor(title));
        });
        Assert.Equal(expected, Count().Matches(Read(InShort)).Select(m => (
            m.Groups["title"].Value, Number(m.Groups["met"]), Number(m.Groups["not"]), m.Groups["which"].Value.Split(';', StringSplitOptions.RemoveEmptyEntries).Length, Number(m.Groups["tests"]), m.Groups["anchor"].Value)));
    }

    private static string Read(string document)
    {
        var path = Repository.Find(document);
        Assert.SkipWhen(path is null, "the sources are not beside the tests");
        return File.ReadAllText(path);
    }

    private static bool IsRow(string line) => line.StartsWith("| ", StringComparison.Ordinal) && !Heading().IsMatch(line);

    private static bool IsNotMet(string line) => line.Contains("| not", StringComparison.Ordinal);

    private static int Number(Group digits) => int.Parse(digits.Value, System.Globalization.CultureInfo.InvariantCulture);

    // As the forges make it of a heading.
    private static string Anchor(string title) => string.Concat(title.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-')).Replace(' ', '-');

    [GeneratedRegex("`(?<kind>[A-Z][A-Za-z0-9]+(Tests|Contract))\\.(?<test>[A-Z][A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Name();

    // Without its class, as docs/openid.md says of those.
    [GeneratedRegex("`(?<test>With_[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Stranger();

    [GeneratedRegex("^\\| (?<module>(oidcc|fapi2)-[A-Za-z0-9_-]+) \\| (?<by>.+) \\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Row();

    [GeneratedRegex("^\\| (?<title>[^|]+) \\| (?<met>[0-9]+) \\| (?<not>[0-9]+)(: (?<which>[^|]+))? \\| \\[(?<tests>[0-9]+) tests\\]\\(openid-conformance\\.md#(?<anchor>[a-z0-9-]+)\\) \\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Count();

    // The head of a table, the line under it, and a group's name in bold.
    [GeneratedRegex("^\\| (---|requirement|recommendation|module|\\*\\*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Heading();
}
