using System.CommandLine;
using Gapura.Hosting.Commands.Sandboxes;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura platform add</c></summary>
internal static class AddPlatformCommand
{
    public static Command Build(TimeProvider time)
    {
        Option<string?> clientId = new("--client-id") { Description = "Its name in programs: 1 to 64 letters, digits, . _ -. A sandbox gets one from its name", HelpName = "ID" };
        Option<string> name = new("--name") { Description = "namaPlatform: what people call it", HelpName = "NAME", Required = true };
        Option<string?> company = new("--company") { Description = "namaPerusahaan: whose it is. A sandbox's is its name, unless said", HelpName = "COMPANY" };
        Option<string?> description = new("--description") { Description = "deskripsi: what it does", HelpName = "TEXT" };
        Option<string> domain = new("--domain") { Description = "The one origin tokens of the popup are handed to, such as https://tautauberes.id", HelpName = "ORIGIN", Required = true };
        Option<string[]> origins = new("--origin") { Description = "A further origin whose pages may call the QR endpoints; may be repeated", HelpName = "ORIGIN" };
        Option<string[]> redirectUris = new("--redirect-uri") { Description = "Compared as an exact string; may be repeated", HelpName = "URI" };
        Option<bool> resourceApi = new("--resource-api") { Description = "It may ask about tokens of other platforms (introspection)" };
        Option<bool> sandbox = new("--sandbox") { Description = "For trying out: with an API key and three test people, who are the only ones to sign in to it" };
        var phonePolicy = PlatformCommands.Policy();

        var command = new Command("add", "Register a platform. Next: `gapura api-key issue`. With --sandbox everything for trying out is made at once.") { clientId, name, company, description, domain, origins, redirectUris, resourceApi, phonePolicy, sandbox };
        command.Validators.Add(result =>
        {
            if (result.GetValue(sandbox)) return;
            foreach (var needed in (Option<string?>[])[clientId, company])
                if (result.GetResult(needed) is null) result.AddError($"Option '{needed.Name}' is required.");
        });
        var client = new ClientOptions(command);
        command.SetAction(async (said, ct) =>
        {
            var platform = new Platform
            {
                ClientId = said.GetValue(clientId) is { } id ? Given.ClientId(id) : NewSandbox.ClientIdOf(said.GetRequiredValue(name)),
                Name = Given.Line("The name", said.GetRequiredValue(name), 100),
                Company = Given.Line("The company", said.GetValue(company) ?? said.GetRequiredValue(name), 100),
                Description = said.GetValue(description) is { } text ? Given.Line("The description", text, 300) : null,
                Domain = Given.Origin(said.GetRequiredValue(domain)),
                Origins = [.. (said.GetValue(origins) ?? []).Select(Given.Origin).Distinct()],
                RedirectUris = [.. (said.GetValue(redirectUris) ?? []).Select(Given.RedirectUri).Distinct()],
                IsResourceApi = said.GetValue(resourceApi),
                IsSandbox = said.GetValue(sandbox),
                PhonePolicy = PlatformPolicies.Read(said.GetValue(phonePolicy)!),
                CreatedAt = time.GetUtcNow(),
            };
            platform = platform with { Client = client.Applied(said, platform) };
            await using var here = await OpenInstallation.ExistingOrNew(said.Settings(), time, ct);
            if (platform.IsSandbox)
            {
                var made = await NewSandbox.Add(here, platform, isDerived: said.GetValue(clientId) is null, said.Settings(), time, ct);
                if (said.GetValue(Everywhere.Json)) said.Answer().Json(made, CommandJson.Plain.SandboxShown);
                else made.Print(said.InvocationConfiguration.Output);
                return;
            }

            if (!await here.Get<PlatformRegister>().TryAdd(platform, ct))
                throw new RefusedException($"There is a platform '{platform.ClientId}' already; nothing was changed. `gapura platform show {platform.ClientId}` shows it.");
            PlatformCommands.Print(said, platform, "Platform added.");
        });
        return command;
    }
}
