using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.Docs;

/// <summary>A proof that is named and does not exist is worse than none.</summary>
public sealed partial class ThreatsDocumentTests
{
    [Fact]
    public void Every_test_the_document_of_threats_names_exists()
    {
        var document = Repository.Find("docs/threats.md");
        Assert.SkipWhen(document is null, "the sources are not beside the tests");
        var sources = string.Join('\n', Directory.EnumerateFiles(Repository.Find("tests")!, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));
        var named = Name().Matches(File.ReadAllText(document)).Select(m => m.Groups).ToList();
        Assert.True(named.Count > 30);
        Assert.Empty(named.Where(n =>
            !sources.Contains($"class {n["kind"].Value}", StringComparison.Ordinal)
            || (n["test"].Success && !sources.Contains($" {n["test"].Value}(", StringComparison.Ordinal))).Select(n => n[0].Value));
    }

    [GeneratedRegex("`(?<kind>[A-Z][A-Za-z]+(Tests|Contract|Races|InTime|OnPostgres))(\\.(?<test>[A-Z][A-Za-z0-9_]+))?`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Name();
}
