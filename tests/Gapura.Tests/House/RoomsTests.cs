using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.House;

/// <summary>The one list of rooms and of who may know whom. A room that is not here may not exist.</summary>
public sealed class RoomsTests
{
    private static readonly string[] Grounds = ["Kernel", "Storage", "Audit", "Accounts", "Platforms", "Tokens", "Devices"];

    private static readonly Dictionary<string, string[]> MayName = new(StringComparer.Ordinal)
    {
        ["Kernel"] = [],
        ["Storage"] = ["Kernel"],
        ["Audit"] = ["Kernel", "Storage"],
        ["Accounts"] = ["Kernel", "Storage", "Audit"],
        ["Platforms"] = ["Kernel", "Storage", "Audit"],
        ["Tokens"] = ["Kernel", "Storage", "Audit", "Accounts", "Platforms"],
        ["Devices"] = ["Kernel", "Storage", "Audit", "Accounts", "Tokens"],
        ["Sessions"] = Grounds,
        ["QrAuth"] = [.. Grounds, "Sessions"],
        ["SeamlessLogin"] = [.. Grounds, "Sessions"],
        ["OpenId"] = [.. Grounds, "Sessions"],
        ["Authenticator"] = [.. Grounds, "Sessions"],
        ["Developers"] = [.. Grounds, "Sessions"],
        ["Console"] = [.. Grounds, "Sessions", "QrAuth", "SeamlessLogin", "OpenId", "Authenticator", "Developers"],
        ["Hosting"] = [.. Grounds, "Sessions", "QrAuth", "SeamlessLogin", "OpenId", "Authenticator", "Developers", "Console"],
    };

    private static string Gapura => typeof(Gapura.Kernel.Secret).Assembly.Location;

    [Fact]
    public void Nobody_names_a_room_he_may_not() => NoTrespassers(Trespassers(AssemblyWalk.Of(Gapura, "Gapura"), MayName));

    [Fact]
    public void No_source_names_a_room_it_may_not_even_for_a_constant()
    {
        Assert.SkipWhen(Repository.Root is null, Repository.WhyNot);
        List<Naming> found = [];
        foreach (var path in Repository.Sources(".cs", ".razor").Where(p => p.StartsWith("src/Gapura/", StringComparison.Ordinal) && p.Split('/').Length > 3))
        {
            var from = path.Split('/')[2];
            foreach (var (i, line) in File.ReadLines(Path.Combine(Repository.Root!, path)).Index())
            {
                if (line.TrimStart().StartsWith("//", StringComparison.Ordinal)) continue;
                foreach (Match match in Regex.Matches(line, @"(?<![\w.])Gapura\.(\w+)"))
                    if (match.Groups[1].Value != from) found.Add(new Naming(from, match.Groups[1].Value, path, line.Trim(), $"{path}:{i + 1}"));
            }
        }

        NoTrespassers(Trespassers(found, MayName));
    }

    [Fact]
    public void A_stricter_list_finds_its_trespassers_with_file_and_line()
    {
        var stricter = new Dictionary<string, string[]>(MayName, StringComparer.Ordinal) { ["Storage"] = [] };
        var trespassers = Trespassers(AssemblyWalk.Of(Gapura, "Gapura"), stricter);
        Assert.Contains(trespassers, t => t is { From: "Storage", To: "Kernel", By: "Gapura.Storage.HandleKeys", Named: "Gapura.Kernel.HandleKey" });
        Assert.All(trespassers, t => Assert.Equal("Storage", t.From));
        if (Repository.Root is not null) Assert.Contains(trespassers, t => Regex.IsMatch(t.Place ?? "", @"^src/Gapura/Storage/HandleKeys\.cs:\d+$"));
    }

    [Fact]
    public void A_room_that_is_not_in_the_list_is_a_trespasser()
    {
        Naming unknown = new("Attic", "Kernel", "Gapura.Attic.Box", "Gapura.Kernel.Secret", null), toUnknown = new("Hosting", "Attic", "Gapura.Hosting.X", "Gapura.Attic.Box", null);
        Assert.Equal([unknown, toUnknown], Trespassers([unknown, toUnknown], MayName));
    }

    [Fact]
    public void Every_way_of_naming_is_noticed()
    {
        var assembly = typeof(Trespass.Below.ByField).Assembly;
        var found = AssemblyWalk.Of(assembly.Location, "Gapura.Tests.House.Trespass").ToList();
        var below = assembly.GetTypes().Where(t => t.Namespace == typeof(Trespass.Below.ByField).Namespace && !t.IsNested).Select(t => t.FullName!).ToList();
        Assert.Equal(below.Where(t => t.Contains(".By", StringComparison.Ordinal)).Order(), found.Where(n => n.From == "Below").Select(n => n.By).Distinct().Order());
        Assert.DoesNotContain(found, n => n.From == "Above");
        Assert.All(found, n => Assert.Matches(@"Trespass/Below\.cs", n.Place ?? "Trespass/Below.cs"));
    }

    private static List<Naming> Trespassers(IEnumerable<Naming> found, Dictionary<string, string[]> mayName) =>
        [.. found.Where(n => n.To != "Protocol" && !(mayName.TryGetValue(n.From, out var allowed) && mayName.ContainsKey(n.To) && allowed.Contains(n.To)))];

    private static void NoTrespassers(List<Naming> trespassers) =>
        Assert.True(trespassers.Count == 0, "A room names one it may not (the list is in RoomsTests.cs):\n" + string.Join('\n', trespassers));
}
