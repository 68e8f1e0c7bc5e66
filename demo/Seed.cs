namespace Gapura.Demo;

/// <summary>Brings the database to what the demo shows, once; a later start finds everything done.</summary>
internal sealed class Seed(DataDirectory data, GapuraCommands gapura)
{
    private const string Customs = "customs-api";

    private static readonly DemoAccount TheAccount = new("cobajualan", "gapura-demo-2026", "018263453454543");

    private readonly string _path = data.File("seed.json");

    /// <summary>Everything that is in the database now, with the secrets to use it.</summary>
    public sealed record Result(DemoAccount Account, DemoDevice Device, Caller Partner, Caller Customs);

    /// <summary>Somebody the server knows by an API key.</summary>
    public sealed record Caller(string ClientId, string ApiKey);

    public async Task<Result> RunAsync(DemoPorts ports, CancellationToken ct)
    {
        var seed = Read();
        var partner = await PlatformAsync(seed, PartnerId(seed, ports), ports.Partner,
            ["--name", "TauTauBeres.id", "--company", "TauTauBeres", "--description", "truck operator"], ct);
        var customs = await PlatformAsync(seed, Customs, ports.Customs,
            ["--name", "Customs API", "--company", "Bea Cukai Demo", "--resource-api"], ct);
        return new(await AccountAsync(seed, ct), await DeviceAsync(seed, ct), partner, customs);
    }

    private SeedFile Read()
    {
        var seed = PrivateFile.Read(_path, DemoJson.Default.SeedFile);
        return (seed, data.HasDatabase()) switch
        {
            (null, true) => throw new DemoTroubleException(
                $"{data.Path} holds a database this demo did not make (there is no seed.json): choose another directory with --data DIR."),
            (not null, false) => new SeedFile(), // the database was deleted, so its secrets open nothing
            _ => seed ?? new SeedFile(),
        };
    }

    // A platform's origin is fixed when it is registered, so other ports are another platform.
    private static string PartnerId(SeedFile seed, DemoPorts ports)
    {
        var others = seed.Platforms.Any(p => p.ClientId == "tautauberes" && p.Domain != ports.Partner);
        return others ? $"tautauberes-{ports.First + 1}" : "tautauberes";
    }

    private async Task<Caller> PlatformAsync(
        SeedFile seed, string clientId, string domain, string[] about, CancellationToken ct)
    {
        var platform = seed.Platforms.FirstOrDefault(p => p.ClientId == clientId);
        if (platform is null)
        {
            await gapura.RunAsync(ct, ["platform", "add", "--client-id", clientId, "--domain", domain, .. about]);
            seed.Platforms.Add(platform = new(clientId, domain, null));
            Save(seed);
        }

        if (platform.ApiKey is { } issuedBefore)
            return new(clientId, issuedBefore);

        var issued = await gapura.RunAsync(ct, "api-key", "issue", "--platform", clientId);
        var apiKey = issued.GetProperty("apiKey").GetString()!;
        seed.Platforms.Remove(platform);
        seed.Platforms.Add(platform with { ApiKey = apiKey });
        Save(seed);
        return new(clientId, apiKey);
    }

    private async Task<DemoAccount> AccountAsync(SeedFile seed, CancellationToken ct)
    {
        if (seed.Account is not null)
            return seed.Account;

        await gapura.RunAsync(ct, "account", "add", "--username", TheAccount.Username, "--name", "Coba Jualan",
            "--npwp", TheAccount.Npwp, "--password", TheAccount.Password);
        seed.Account = TheAccount;
        Save(seed);
        return seed.Account;
    }

    private async Task<DemoDevice> DeviceAsync(SeedFile seed, CancellationToken ct)
    {
        if (seed.Device is not null)
            return seed.Device;

        var device = DeviceKey.New();
        await gapura.RunAsync(ct, "device", "enrol", "--account", TheAccount.Username,
            "--public-key", device.PublicKey, "--name", "Demo phone");
        seed.Device = device;
        Save(seed);
        return seed.Device;
    }

    private void Save(SeedFile seed) => PrivateFile.Write(_path, seed, DemoJson.Default.SeedFile);
}
