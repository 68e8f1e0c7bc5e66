using System.CommandLine;
using Gapura.Hosting.Commands.Sandboxes;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura platform …</c></summary>
internal static class PlatformCommands
{
    public static Command Build(TimeProvider time) => new("platform", "Partners that sign people in through this server.")
    {
        AddPlatformCommand.Build(time), List(time), Show(time), Switch(time, "disable", "Stop a platform: its keys, tickets and codes are refused within a second.", disabled: true),
        Switch(time, "enable", "Let a disabled platform work again.", disabled: false), SetPhonePolicy(time), SetClientCommand.Build(time), SetDoors(time), SetAddressesCommand.Build(time),
        PromoteCommand.Build(time), RefusalsCommand.Build(time),
    };

    /// <exception cref="RefusedException">There is none with this client id.</exception>
    public static async Task<Platform> Find(OpenInstallation here, string clientId, CancellationToken ct) =>
        (await here.Get<PlatformRegister>().List(ct)).FirstOrDefault(p => p.ClientId == clientId)
        ?? throw new RefusedException($"There is no platform '{Given.ClientId(clientId)}'. `gapura platform list` shows all.");

    private static Command List(TimeProvider time)
    {
        var command = new Command("list", "All platforms.");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            PlatformShown[] all = [.. (await here.Get<PlatformRegister>().List(ct)).Select(PlatformShown.Of)];
            said.Answer().Many(all, CommandJson.Plain.IReadOnlyListPlatformShown, "No platform yet. `gapura platform add --help` says how.",
                ["Client id", "Name", "Company", "Domain", "State"],
                p => [p.ClientId, p.NamaPlatform, p.NamaPerusahaan, p.Domain, p.Sandbox ? $"sandbox, {State(p.DisabledAt)}" : State(p.DisabledAt)]);
        });
        return command;
    }

    private static Command Show(TimeProvider time)
    {
        var command = new Command("show", "Everything about one platform.");
        var subject = new Subject(command, "CLIENT-ID", "--client-id", "Which platform");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            Print(said, await Find(here, subject.Of(said), ct), "Platform");
        });
        return command;
    }

    // Doing it twice is no mistake: the answer is the state, which is then the same.
    private static Command Switch(TimeProvider time, string verb, string description, bool disabled)
    {
        var command = new Command(verb, description);
        var subject = new Subject(command, "CLIENT-ID", "--client-id", "Which platform");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var platform = await Find(here, subject.Of(said), ct);
            if (platform.DisabledAt is not null != disabled)
            {
                await here.Get<PlatformRegister>().SetDisabled(platform.ClientId, disabled, ct);
                platform = await Find(here, platform.ClientId, ct);
            }

            Print(said, platform, $"Platform {verb}d.");
        });
        return command;
    }

    private static Command SetPhonePolicy(TimeProvider time)
    {
        var command = new Command("set-phone-policy", "What a phone must do before it signs somebody in to this platform.");
        var subject = new Subject(command, "CLIENT-ID", "--client-id", "Which platform");
        var policy = Policy();
        policy.Required = true;
        policy.DefaultValueFactory = null;
        command.Options.Add(policy);
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var platform = await Find(here, subject.Of(said), ct);
            await here.Get<PlatformRegister>().SetPhonePolicy(platform.ClientId, PlatformPolicies.Read(said.GetRequiredValue(policy)), ct);
            Print(said, await Find(here, platform.ClientId, ct), "Platform changed.");
        });
        return command;
    }

    private static Command SetDoors(TimeProvider time)
    {
        var command = new Command("set-doors", "Whether seamless login and QRAuth know a platform. One that registered itself is of OpenID Connect alone until this is said.");
        var subject = new Subject(command, "CLIENT-ID", "--client-id", "Which platform");
        Option<string> doors = new("--doors") { Description = "open: both doors know it; closed: OAuth and OpenID Connect only", HelpName = "STATE", Required = true };
        doors.AcceptOnlyFromAmong("open", "closed");
        command.Options.Add(doors);
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var platform = await Find(here, subject.Of(said), ct);
            await here.Get<PlatformRegister>().SetOAuthOnly(platform.ClientId, said.GetRequiredValue(doors) == "closed", ct);
            Print(said, await Find(here, platform.ClientId, ct), "Platform changed.");
        });
        return command;
    }

    public static Option<string> Policy()
    {
        Option<string> policy = new("--phone-policy")
        {
            Description = "documented: the documented calls are enough; confirm: a number is compared, or typed where it is risky; type-code: it is always typed",
            HelpName = "POLICY", DefaultValueFactory = _ => PlatformPolicies.Name(PhonePolicy.Documented),
        };
        policy.AcceptOnlyFromAmong([.. PlatformPolicies.Names]);
        return policy;
    }

    public static void Print(ParseResult said, Platform platform, string heading)
    {
        var shown = PlatformShown.Of(platform);
        said.Answer().One(shown, CommandJson.Plain.PlatformShown, heading,
        [
            ("Client id", shown.ClientId), ("Name", shown.NamaPlatform), ("Company", shown.NamaPerusahaan), ("Description", shown.Deskripsi),
            ("Domain", shown.Domain), ("Further origins", Lines(shown.Origins)), ("Redirect URIs", Lines(shown.RedirectUris)),
            ("For", shown.Sandbox ? "trying out: a sandbox, test people only" : null), ("Resource API", shown.ResourceApi ? "yes" : null), ("Phone policy", shown.PhonePolicy), ("Doors", shown.OauthOnly ? "closed: OAuth and OpenID Connect only" : null),
            .. shown.Client.EnumerateObject().Select(m => (m.Name, (string?)m.Value.ToString())), ("Added", Answer.Minute(shown.CreatedAt)), ("State", State(shown.DisabledAt)),
        ]);
    }

    private static string? Lines(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(", ", values);

    private static string State(DateTimeOffset? disabledAt) => disabledAt is null ? "active" : $"disabled {Answer.Minute(disabledAt)}";
}
