using System.CommandLine;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura platform …</c></summary>
internal static class PlatformCommands
{
    public static Command Build(TimeProvider time) => new("platform", "Partners that sign people in through this server.")
    {
        Add(time), List(time), Show(time), Switch(time, "disable", "Stop a platform: its keys, tickets and codes are refused within a second.", disabled: true),
        Switch(time, "enable", "Let a disabled platform work again.", disabled: false), SetPhonePolicy(time),
    };

    /// <exception cref="RefusedException">There is none with this client id.</exception>
    public static async Task<Platform> Find(OpenInstallation here, string clientId, CancellationToken ct) =>
        (await here.Get<PlatformRegister>().List(ct)).FirstOrDefault(p => p.ClientId == clientId)
        ?? throw new RefusedException($"There is no platform '{Given.ClientId(clientId)}'. `gapura platform list` shows all.");

    private static Command Add(TimeProvider time)
    {
        Option<string> clientId = new("--client-id") { Description = "Its name in programs: 1 to 64 letters, digits, . _ -", HelpName = "ID", Required = true };
        Option<string> name = new("--name") { Description = "namaPlatform: what people call it", HelpName = "NAME", Required = true };
        Option<string> company = new("--company") { Description = "namaPerusahaan: whose it is", HelpName = "COMPANY", Required = true };
        Option<string?> description = new("--description") { Description = "deskripsi: what it does", HelpName = "TEXT" };
        Option<string> domain = new("--domain") { Description = "The one origin tokens of the popup are handed to, such as https://tautauberes.id", HelpName = "ORIGIN", Required = true };
        Option<string[]> origins = new("--origin") { Description = "A further origin whose pages may call the QR endpoints; may be repeated", HelpName = "ORIGIN" };
        Option<string[]> redirectUris = new("--redirect-uri") { Description = "Compared as an exact string; may be repeated", HelpName = "URI" };
        Option<bool> resourceApi = new("--resource-api") { Description = "It may ask about tokens of other platforms (introspection)" };
        var phonePolicy = Policy();

        var command = new Command("add", "Register a platform. Next: `gapura api-key issue`.") { clientId, name, company, description, domain, origins, redirectUris, resourceApi, phonePolicy };
        command.SetAction(async (said, ct) =>
        {
            var platform = new Platform
            {
                ClientId = Given.ClientId(said.GetRequiredValue(clientId)),
                Name = Given.Line("The name", said.GetRequiredValue(name), 100),
                Company = Given.Line("The company", said.GetRequiredValue(company), 100),
                Description = said.GetValue(description) is { } text ? Given.Line("The description", text, 300) : null,
                Domain = Given.Origin(said.GetRequiredValue(domain)),
                Origins = [.. (said.GetValue(origins) ?? []).Select(Given.Origin).Distinct()],
                RedirectUris = [.. (said.GetValue(redirectUris) ?? []).Select(Given.RedirectUri).Distinct()],
                IsResourceApi = said.GetValue(resourceApi),
                PhonePolicy = PlatformPolicies.Read(said.GetValue(phonePolicy)!),
                CreatedAt = time.GetUtcNow(),
            };
            await using var here = await OpenInstallation.ExistingOrNew(said.Settings(), time, ct);
            if (!await here.Get<PlatformRegister>().TryAdd(platform, ct))
                throw new RefusedException($"There is a platform '{platform.ClientId}' already; nothing was changed. `gapura platform show {platform.ClientId}` shows it.");
            Print(said, platform, "Platform added.");
        });
        return command;
    }

    private static Command List(TimeProvider time)
    {
        var command = new Command("list", "All platforms.");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            PlatformShown[] all = [.. (await here.Get<PlatformRegister>().List(ct)).Select(PlatformShown.Of)];
            said.Answer().Many(all, CommandJson.Plain.IReadOnlyListPlatformShown, "No platform yet. `gapura platform add --help` says how.",
                ["Client id", "Name", "Company", "Domain", "State"],
                p => [p.ClientId, p.NamaPlatform, p.NamaPerusahaan, p.Domain, State(p.DisabledAt)]);
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

    private static Option<string> Policy()
    {
        Option<string> policy = new("--phone-policy")
        {
            Description = "documented: the documented calls are enough; confirm: a number is compared, or typed where it is risky; type-code: it is always typed",
            HelpName = "POLICY", DefaultValueFactory = _ => PlatformPolicies.Name(PhonePolicy.Documented),
        };
        policy.AcceptOnlyFromAmong([.. PlatformPolicies.Names]);
        return policy;
    }

    private static void Print(ParseResult said, Platform platform, string heading)
    {
        var shown = PlatformShown.Of(platform);
        said.Answer().One(shown, CommandJson.Plain.PlatformShown, heading,
        [
            ("Client id", shown.ClientId), ("Name", shown.NamaPlatform), ("Company", shown.NamaPerusahaan), ("Description", shown.Deskripsi),
            ("Domain", shown.Domain), ("Further origins", Lines(shown.Origins)), ("Redirect URIs", Lines(shown.RedirectUris)),
            ("Resource API", shown.ResourceApi ? "yes" : null), ("Phone policy", shown.PhonePolicy), ("Added", Answer.Minute(shown.CreatedAt)), ("State", State(shown.DisabledAt)),
        ]);
    }

    private static string? Lines(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(", ", values);

    private static string State(DateTimeOffset? disabledAt) => disabledAt is null ? "active" : $"disabled {Answer.Minute(disabledAt)}";
}

internal sealed record PlatformShown(
    string ClientId, string NamaPlatform, string NamaPerusahaan, string? Deskripsi, string Domain, IReadOnlyList<string> Origins,
    IReadOnlyList<string> RedirectUris, bool ResourceApi, string PhonePolicy, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    public static PlatformShown Of(Platform p) => new(
        p.ClientId, p.Name, p.Company, p.Description, p.Domain.Text, [.. p.Origins.Select(o => o.Text)], p.RedirectUris, p.IsResourceApi, PlatformPolicies.Name(p.PhonePolicy), p.CreatedAt, p.DisabledAt);
}
