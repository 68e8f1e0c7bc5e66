using System.IO.Compression;
using System.Xml.Linq;
using Gapura.Client.Tests.Running;

namespace Gapura.Client.Tests.Package;

/// <summary>What a partner installs: what is in it, what is promised, and that it is enough.</summary>
public sealed class PackageTests
{
    private static readonly string Folder = Path.Combine(BuiltGapura.Tree, "src", "Gapura.Client", "bin", BuiltGapura.Configuration);

    // Of this build: one of an older version may lie beside it.
    private static string File => Path.Combine(Folder, $"Gapura.Client.{typeof(GapuraClient).Assembly.GetName().Version!.ToString(3)}.nupkg");

    [Fact]
    public async Task It_holds_two_assemblies_their_documentation_and_a_readme_and_nothing_else()
    {
        await using var package = await ZipFile.OpenReadAsync(File);

        // The rest is the format's own.
        Assert.Equal(
            ["Gapura.Client.nuspec", "README.md", "[Content_Types].xml", "_rels/.rels", "lib/net10.0/Gapura.Client.dll", "lib/net10.0/Gapura.Client.xml", "lib/net10.0/Gapura.Protocol.dll"],
            package.Entries.Select(e => e.FullName).Where(n => !n.EndsWith(".psmdcp", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(package.Entries, e => Assert.InRange(e.Length, 1, 300_000));
    }

    [Fact]
    public async Task It_says_its_licence_and_needs_one_package_and_the_framework()
    {
        await using var package = await ZipFile.OpenReadAsync(File);
        await using var stream = await package.GetEntry("Gapura.Client.nuspec")!.OpenAsync();
        var said = (await XDocument.LoadAsync(stream, LoadOptions.None, default)).Root!.Elements().Single();
        string Text(string name) => said.Elements().Single(e => e.Name.LocalName == name).Value;
        Assert.Equal(("Gapura.Client", "Apache-2.0", "README.md"), (Text("id"), Text("license"), Text("readme")));
        Assert.Equal("expression", said.Elements().Single(e => e.Name.LocalName == "license").Attribute("type")!.Value);
        Assert.Equal(["Microsoft.IdentityModel.JsonWebTokens"], said.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value));
        Assert.Equal(["Microsoft.AspNetCore.App"], said.Descendants().Where(e => e.Name.LocalName == "frameworkReference").Select(e => e.Attribute("name")!.Value));
    }

    [Fact]
    public async Task What_it_promises_is_what_was_approved()
    {
        var path = Path.Combine(BuiltGapura.Tree, "tests", "Gapura.Client.Tests", "Package", "approved-api.txt");
        var api = PublicApi.Of(typeof(GapuraClient).Assembly);
        if (Environment.GetEnvironmentVariable("GAPURA_TEST_WRITE") == "1") await System.IO.File.WriteAllTextAsync(path, api);
        Assert.Equal(await System.IO.File.ReadAllTextAsync(path), api);
    }

    [Fact]
    public async Task Everything_public_has_its_sentence()
    {
        var documented = XDocument.Parse(await System.IO.File.ReadAllTextAsync(Path.Combine(Folder, "net10.0", "Gapura.Client.xml"))).Descendants("member").Select(m => m.Attribute("name")!.Value).ToHashSet();
        Assert.Equal([], typeof(GapuraClient).Assembly.GetExportedTypes().Where(t => !documented.Contains("T:" + t.FullName)));
    }

    [Theory]
    [InlineData("aspnetcore")]
    [InlineData("resource-api-dotnet")]
    public async Task A_sample_is_short_and_builds_from_the_package_alone(string sample)
    {
        var scratch = Directory.CreateTempSubdirectory("gapura-sample-");
        try
        {
            // As on the partner's disk: outside this repository, with a folder that holds one package.
            var from = Path.Combine(BuiltGapura.Tree, "samples", sample);
            foreach (var file in Directory.GetFiles(from)) System.IO.File.Copy(file, Path.Combine(scratch.FullName, Path.GetFileName(file)));
            var packages = scratch.CreateSubdirectory("packages");
            System.IO.File.Copy(File, Path.Combine(packages.FullName, Path.GetFileName(File)));
            Assert.False(Directory.Exists(Path.Combine(Restored(), "gapura.client")), "An older Gapura.Client lies among this machine's packages.");
            Assert.InRange(Directory.GetFiles(from, "*.cs").Sum(f => System.IO.File.ReadLines(f).Count()), 5, 79);

            // Other people's packages come from where this machine has them, so that no network is needed.
            var start = BuiltGapura.Dotnet("build", Path.Combine(scratch.FullName, sample + ".csproj"), "-v", "q", "-o", Path.Combine(scratch.FullName, "out"), "-nodeReuse:false",
                "-p:UseSharedCompilation=false", "-p:RestoreSources=" + packages.FullName, "-p:RestorePackagesPath=" + Path.Combine(scratch.FullName, "restored"), "-p:RestoreFallbackFolders=" + Restored());
            await BuiltGapura.Run(start, TimeSpan.FromMinutes(4));
            Assert.True(System.IO.File.Exists(Path.Combine(scratch.FullName, "out", "Gapura.Protocol.dll")));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static string Restored() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } said ? said : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
