using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.House;

/// <summary>A message to another window names the one origin that may read it. Nowhere in the sources, and in no script that is served, does it go to everybody.</summary>
public sealed partial class TargetOriginTests
{
    private static readonly string[] Kinds = [".ts", ".js", ".mjs", ".cjs", ".html", ".cs", ".razor", ".php", ".py", ".md"];

    [Fact]
    public void No_source_sends_a_message_to_everybody()
    {
        Assert.SkipWhen(Repository.Root is null, Repository.WhyNot);
        var sources = Repository.Everything(Kinds).Where(p => !p.EndsWith("/TargetOriginTests.cs", StringComparison.Ordinal)).ToList();
        Assert.Contains("web/signin/src/deliver.ts", sources);
        Assert.DoesNotContain(sources, path => ToEverybody().IsMatch(File.ReadAllText(Path.Combine(Repository.Root!, path))));
    }

    [Fact]
    public void No_script_that_is_served_sends_a_message_to_everybody()
    {
        var assembly = typeof(Gapura.Kernel.Secret).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(n => Path.GetExtension(n) is ".js" or ".mjs" or ".html").ToDictionary(n => n, Text);
        Assert.Contains(scripts, s => s.Value.Contains("postMessage", StringComparison.Ordinal));
        Assert.DoesNotContain(scripts, s => ToEverybody().IsMatch(s.Value));

        string Text(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    [Theory]
    [InlineData("opener.postMessage(data, '*')")]
    [InlineData("opener.postMessage({ a: f(1), b: [2] }, \"*\")")]
    [InlineData("w.postMessage(x,`*`)")]
    [InlineData("w.postMessage(x, { targetOrigin: '*' })")]
    [InlineData("w.postMessage(\n  x,\n  '*',\n)")]
    public void Every_way_to_write_it_is_found(string source) => Assert.Matches(ToEverybody(), source);

    [Theory]
    [InlineData("opener.postMessage(envelope.message, envelope.target)")]
    [InlineData("channel.postMessage('look'); const all = '*'")]
    [InlineData("Access-Control-Allow-Origin: *")]
    public void What_names_its_reader_is_not(string source) => Assert.DoesNotMatch(ToEverybody(), source);

    [GeneratedRegex("""postMessage\s*\((?:[^();]|\((?:[^()]|\([^()]*\))*\))*?(?:,|targetOrigin["']?\s*:)\s*(?<quote>["'`])\*\k<quote>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ToEverybody();
}
