using System.CommandLine;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura platform set-addresses</c></summary>
internal static class SetAddressesCommand
{
    public static Command Build(TimeProvider time)
    {
        Option<string?> domain = new("--domain") { Description = "The one origin tokens of the popup are handed to", HelpName = "ORIGIN" };
        Option<string[]> origins = new("--origin") { Description = "A further origin whose pages may call the QR endpoints, in the place of those there are; may be repeated; empty: none", HelpName = "ORIGIN" };
        Option<string[]> redirectUris = new("--redirect-uri") { Description = "Compared as an exact string, in the place of those there are; may be repeated; empty: none", HelpName = "URI" };
        var command = new Command("set-addresses", "Change where a platform's pages are. What is not said stays.") { domain, origins, redirectUris };
        var subject = new Subject(command, "CLIENT-ID", "--client-id", "Which platform");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var platform = await PlatformCommands.Find(here, subject.Of(said), ct);
            var changed = platform with
            {
                Domain = said.GetValue(domain) is { } origin ? Given.Origin(origin) : platform.Domain,
                Origins = said.GetResult(origins) is null ? platform.Origins : [.. Said(said.GetValue(origins)).Select(Given.Origin).Distinct()],
                RedirectUris = said.GetResult(redirectUris) is null ? platform.RedirectUris : [.. Said(said.GetValue(redirectUris)).Select(Given.RedirectUri).Distinct()],
            };
            if (changed == platform) throw new RefusedException("Say what to change. See `gapura platform set-addresses --help`.") { IsUsage = true };
            if (ClientSettingsRules.Fault(changed) is { } fault) throw new RefusedException($"{fault.Member} {fault.Sentence} Nothing was changed.");
            await here.Get<PlatformRegister>().Update(changed, ct);
            PlatformCommands.Print(said, await PlatformCommands.Find(here, platform.ClientId, ct), "Platform changed.");
        });
        return command;
    }

    private static IEnumerable<string> Said(string[]? values) => (values ?? []).Where(v => v.Length > 0);
}
