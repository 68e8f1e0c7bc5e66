using System.CommandLine;

namespace Gapura.Hosting.Commands.Sandboxes;

/// <summary><c>gapura platform promote</c></summary>
internal static class PromoteCommand
{
    public static Command Build(TimeProvider time)
    {
        Option<string?> domain = new("--domain") { Description = "Its real origin, when it was tried out at another", HelpName = "ORIGIN" };
        Option<string[]> origins = new("--origin") { Description = "Its real further origins, in the place of those it was tried out at; may be repeated", HelpName = "ORIGIN" };
        Option<string[]> redirectUris = new("--redirect-uri") { Description = "Its real redirect URIs, in the place of those it was tried out at; may be repeated", HelpName = "URI" };
        var command = new Command("promote", "Make a sandbox a platform for real people, in one step: test people's sign-ins there end, its keys are revoked, a live one is issued.") { domain, origins, redirectUris };
        var subject = new Subject(command, "CLIENT-ID", "--client-id", "Which sandbox");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var sandbox = await PlatformCommands.Find(here, subject.Of(said), ct);
            if (!sandbox.IsSandbox) throw Promotion.NoSandbox(sandbox.ClientId);
            var promoted = await Promotion.Of(here, sandbox with
            {
                Domain = said.GetValue(domain) is { } origin ? Given.Origin(origin) : sandbox.Domain,
                Origins = said.GetValue(origins) is { Length: > 0 } further ? [.. further.Select(Given.Origin).Distinct()] : sandbox.Origins,
                RedirectUris = said.GetValue(redirectUris) is { Length: > 0 } uris ? [.. uris.Select(Given.RedirectUri).Distinct()] : sandbox.RedirectUris,
            }, time, ct);
            said.Answer().One(promoted, CommandJson.Plain.PromotedShown, "Promoted: real people sign in to it from now on. The key is shown this once; those of the sandbox are dead.",
            [
                ("Client id", promoted.ClientId), ("API key", promoted.ApiKey), ("Test sign-ins ended", promoted.EndedSignIns.ToString()), ("Domain", promoted.Platform.Domain),
                ("Look again", Local(promoted.Platform) is { Count: > 0 } local ? $"only this machine can reach {string.Join(", ", local)}" : null),
            ]);
        });
        return command;
    }

    private static IReadOnlyList<string> Local(PlatformShown platform) =>
        [.. platform.Origins.Prepend(platform.Domain).Concat(platform.RedirectUris).Where(a => a.StartsWith("http:", StringComparison.Ordinal))];
}
